"""Files taken in: known by their content, refused in one sentence, and kept without what tells of a place."""

import io
import os
import zipfile

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps

from sencoapp.documents import DocumentRoom
from sencoapp.domain.refusals import Fault
from sencoapp.reference import data, explain, say
from sencoapp.services.ports import TakenIn
from tests.documents.intake import arrivals
from tests.documents.paper_samples import drawing, photo, report

CALLS_HOME = arrivals.word(**{"word/_rels/settings.xml.rels": arrivals.relations(("attachedTemplate", "https://x/t.dotm"))})
CALLS_A_SHARE = arrivals.word(**{"word/_rels/document.xml.rels": arrivals.relations(("image", "\\\\10.0.0.1\\s\\x.png"))})
OFFICE = "application/vnd.openxmlformats-officedocument"


def take(content: bytes, name: str = "paper.pdf") -> TakenIn:
    return DocumentRoom().take_in(name, content)


# ---- what a file is ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "kept_as", "media_type", "pages"),
    [
        ("letter.docx", report(3, "R"), "letter.pdf", "application/pdf", 3),
        ("scan.PDF", report(1, "R"), "scan.pdf", "application/pdf", 1),
        ("scanned.pdf", b"\xef\xbb\xbf\n" + report(1, "R"), "scanned.pdf", "application/pdf", 1),
        ("work.png", photo(64, 48), "work.jpg", "image/jpeg", 1),
        ("IMG_1.JPEG", photo(64, 48), "IMG_1.jpeg", "image/jpeg", 1),
        ("work", drawing(), "work.png", "image/png", 1),
        ("plan.docm", arrivals.word(), "plan.docx", f"{OFFICE}.wordprocessingml.document", None),
        ("scores.xls", arrivals.excel(), "scores.xlsx", f"{OFFICE}.spreadsheetml.sheet", None),
        ("plan.zip", arrivals.open_document(), "plan.odt", "application/vnd.oasis.opendocument.text", None),
        ("what Zoë said.txt", b"She likes the cards.\n", "what Zoë said.txt", "text/plain", None),
        ("scores.csv", "Name,Score\nZoë,89\n".encode("cp1252"), "scores.csv", "text/plain", None),
        ("notes.doc", "Ünïcode".encode("utf-16"), "notes.txt", "text/plain", None),
        ("../../etc/passwd.pdf", b"plain words", "passwd.txt", "text/plain", None),
        ("C:\\Users\\x\\plan.docx", arrivals.word(), "plan.docx", f"{OFFICE}.wordprocessingml.document", None),
    ],
)
def test_a_file_is_taken_in_as_what_it_is_under_its_right_name(name, content, kept_as, media_type, pages):
    taken = take(content, name)
    assert (taken.filename, taken.media_type, taken.pages) == (kept_as, media_type, pages)


def test_a_very_long_name_is_shortened_and_keeps_its_ending():
    assert take(report(1, "R"), "x" * 300 + ".pdf").filename == "x" * 120 + ".pdf"


@pytest.mark.parametrize(
    ("key", "content", "name"),
    [
        ("file_is_empty", b"", "a.pdf"),
        ("file_is_a_program", b"MZ\x90\0", "report.pdf"),
        ("file_is_a_program", b"\x7fELF\2\1", "report.pdf"),
        ("file_is_a_program", b"#!/bin/sh\nrm -rf ~\n", "report.txt"),
        ("file_is_a_program", b"del *.*\r\n", "report.bat"),
        ("file_is_a_program", b"del *.*\r\n", "report.txt.cmd. "),
        ("file_is_old_office", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old.doc"),
        ("file_is_heic", b"\0\0\0\x18ftypheic\0\0\0\0", "IMG_2.heic"),
        ("file_is_sound_or_film", b"\0\0\0\x18ftypisom\0\0\0\0", "film.mp4"),
        ("file_is_other_picture", b"II*\0\x08\0\0\0", "scan.tif"),
        ("file_is_other_picture", b"GIF89a\1\0\1\0", "a.png"),
        ("file_is_rich_text", b"{\\rtf1\\ansi hello}", "a.rtf"),
        ("file_is_an_archive", arrivals.zipped({"a.pdf": b"x"}), "papers.zip"),
        ("file_is_an_archive", b"\x1f\x8b\x08\0", "a.pdf"),
        ("file_is_a_web_page", b"<!DOCTYPE html><html></html>", "a.txt"),
        ("file_is_a_web_page", b'<?xml version="1.0"?><svg/>', "a.png"),
        ("file_is_a_web_page", "\ufeff <svg onload='x()'>".encode("utf-16"), "a.txt"),
        ("file_is_a_web_page", b"  <script>1</script> %PDF-1.7", "a.pdf"),
        ("file_is_of_no_known_kind", bytes(range(256)), "a.pdf"),
        ("file_is_of_no_known_kind", b"words\0and more", "a.txt"),
        ("file_is_two_things", report(1, "R") + arrivals.zipped({"x.exe": b"MZ"}), "a.pdf"),
        ("file_is_two_things", arrivals.zipped({"a": b"%PDF-1.7"}, compress=zipfile.ZIP_STORED) + b"", "a.pdf"),
        ("file_has_macros", arrivals.word("application/vnd.ms-word.document.macroEnabled.main+xml"), "a.docx"),
        ("file_has_macros", arrivals.word(**{"word/vbaProject.bin": b"x"}), "a.docx"),
        ("file_has_macros", arrivals.word(**{"word/activeX/activeX1.xml": b"x"}), "a.docx"),
        ("file_has_macros", arrivals.open_document(**{"Basic/Standard/Module1.xml": b"x"}), "a.odt"),
        ("file_has_objects", arrivals.word(**{"word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"}), "a.docx"),
        ("file_has_objects", arrivals.word(**{"word/media/image1.png": b"MZ\x90"}), "a.docx"),
        ("file_has_macros", arrivals.word(**{"word/embeddings/a.xlsx": arrivals.word(**{"xl/vbaProject.bin": b"x"})}), "a.docx"),
        (
            "file_calls_out",
            CALLS_HOME,
            "a.docx",
        ),
        (
            "file_calls_out",
            CALLS_A_SHARE,
            "a.docx",
        ),
        ("file_is_protected", arrivals.open_document(**{"META-INF/manifest.xml": b"<manifest:encryption-data/>"}), "a.odt"),
        ("file_is_damaged", arrivals.word()[:-30], "a.docx"),
        ("file_is_damaged", arrivals.word(**{"../../evil": b"x"}), "a.docx"),
        ("file_is_damaged", arrivals.word(**{"word/_rels/a.rels": b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"}), "a.docx"),
        ("file_unpacks_too_large", arrivals.word(**{"word/media/x.bin": bytes(20_000_000)}), "a.docx"),
        ("file_unpacks_too_large", arrivals.word(**{f"word/{n}": b"" for n in range(4001)}), "a.docx"),
        (
            "file_unpacks_too_large",
            arrivals.word(**{"word/embeddings/a.docx": arrivals.word(**{"word/embeddings/b.docx": arrivals.word()})}),
            "a.docx",
        ),
        ("evidence_damaged", report(2, "Cut")[:400], "a.pdf"),
        ("evidence_damaged", photo(640, 480)[:900], "a.jpg"),
        ("evidence_damaged", drawing()[:60], "a.png"),
        ("evidence_picture_too_large", arrivals.picture_bomb(), "a.png"),
    ],
)
def test_what_is_not_taken_in_is_said_in_one_sentence_that_names_the_file(key, content, name):
    with pytest.raises(Fault) as fault:
        take(content, name)
    assert fault.value.key == key
    words = explain(fault.value)
    if key != "file_is_two_things":
        assert name in words
    assert words.endswith(".")


def test_a_file_that_is_too_large_is_not_looked_at():
    most = data("files", "kinds.json")["most_megabytes"]
    with pytest.raises(Fault, match="file_is_too_large"):
        take(b"%PDF-" + bytes(most * 1024 * 1024))


def test_every_refusal_of_the_list_has_its_sentence():
    for each in data("files", "kinds.json")["refused"]:
        assert "x.bin" in explain(Fault(each["why"], file="x.bin"))


@pytest.mark.parametrize(
    "target", ["file:///\\\\10.0.0.1\\s\\t.dotm", "file://///10.0.0.1/s/t.dotm", "file:///%5C%5Cx/t.dotm", "file:\\\\x\\t.dotm"]
)
def test_a_template_on_a_server_is_none_of_this_computer(target):
    asks = arrivals.word(**{"word/_rels/settings.xml.rels": arrivals.relations(("attachedTemplate", target))})
    with pytest.raises(Fault, match="file_calls_out"):
        take(asks, "a.docx")


def test_what_an_honest_office_file_has_is_let_in():
    chart = arrivals.word(**{"word/embeddings/Microsoft_Excel_Sheet.xlsx": arrivals.excel()})
    rows = (("attachedTemplate", "file:///C:/Users/ea/Normal.dotm"), ("relationships/hyperlink", "https://www.gov.uk"))
    linked = arrivals.word(**{"word/_rels/settings.xml.rels": arrivals.relations(*rows)})
    for content in (chart, linked):
        assert take(content, "a.docx").content == content
        assert take(content, "a.docx").cautions == ("not_in_packs",)


# ---- photos --------------------------------------------------------------------------------------------------------


def shown(content: bytes) -> Image.Image:
    with Image.open(io.BytesIO(content)) as found:
        return ImageOps.exif_transpose(found.convert("RGB") if found.mode == "P" else found).copy()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_loses_its_place_and_nothing_of_its_picture(orientation):
    content = photo(64, 48, orientation=orientation)
    taken = take(content, "a.jpg")
    assert taken.cautions == ("place_taken_out",)
    assert b"SecretCamera" not in taken.content
    with Image.open(io.BytesIO(taken.content)) as bare:
        exif = bare.getexif()
        assert set(exif) <= {0x0112}
        assert not exif.get_ifd(0x8825)
    assert shown(taken.content).tobytes() == shown(content).tobytes()


def test_words_and_films_behind_a_picture_are_left_out():
    for content, name in ((photo(64, 48, gps=False), "a.jpg"), (arrivals.png_with_words(), "a.png")):
        hung = content + arrivals.zipped({"x.exe": b"MZ"})
        taken = take(hung, name)
        assert not zipfile.is_zipfile(io.BytesIO(taken.content))
        assert take(content, name).content == taken.content
        assert shown(taken.content).tobytes() == shown(content).tobytes()
    for mark in (b"Orchard", b"GPS", b"Comment"):
        assert mark not in taken.content
    assert taken.cautions == ("place_taken_out",)


def test_a_progressive_photo_with_restarts_stays_whole():
    picture = Image.effect_noise((300, 200), 90).convert("RGB")
    out = io.BytesIO()
    picture.save(out, "JPEG", progressive=True, restart_marker_blocks=3, comment="Orchard Close", icc_profile=b"colours", quality=70)
    taken = take(out.getvalue(), "a.jpg")
    assert b"Orchard" not in taken.content
    assert b"colours" in taken.content
    assert taken.cautions == ()
    assert shown(taken.content).tobytes() == shown(out.getvalue()).tobytes()


def test_taking_in_what_was_taken_in_changes_nothing():
    for content in (photo(64, 48), arrivals.png_with_words()):
        once = take(content, "a").content
        assert take(once, "a").content == once


# ---- PDFs ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "cautions", "count"),
    [
        (report(2, "Plain"), (), 2),
        (arrivals.changed(report(1, "R"), arrivals.script), ("pdf_scripts",), 1),
        (arrivals.changed(report(1, "R"), arrivals.starts_a_program), ("pdf_starts",), 1),
        (arrivals.changed(report(1, "R"), arrivals.hides_a_file), ("pdf_attachments",), 1),
        (arrivals.changed(report(1, "R"), arrivals.dynamic_form), ("pdf_dynamic_form",), 1),
        (arrivals.changed(report(1, "R"), arrivals.form_only_shown_elsewhere), ("pdf_only_elsewhere",), None),
        (
            arrivals.changed(report(1, "R"), arrivals.script, object_stream_mode=pikepdf.ObjectStreamMode.generate),
            ("pdf_scripts",),
            1,
        ),
        (arrivals.locked(), ("pdf_locked",), None),
        (arrivals.pages(2000), ("pdf_too_long",), None),
    ],
    ids=["plain", "script", "launch", "attachment", "xfa", "xfa alone", "in an object stream", "locked", "2,000 pages"],
)
def test_what_a_pdf_could_do_elsewhere_is_said_and_its_bytes_are_kept(content, cautions, count):
    taken = take(content)
    assert taken.cautions == cautions
    assert taken.pages == count
    assert taken.content == content
    assert all(say(f"pupil.caution_{each}") for each in cautions)


@pytest.mark.parametrize("how", ["once", "twice", "locked with an empty password"])
def test_a_pdf_that_unpacks_to_gigabytes_is_refused_before_anything_draws_it(how):
    with pytest.raises(Fault, match="file_unpacks_too_large"):
        take(arrivals.pdf_bomb(how))


# ---- anything at all -----------------------------------------------------------------------------------------------

SAMPLES = [
    report(1, "R"),
    arrivals.changed(report(1, "R"), arrivals.script),
    photo(64, 48),
    arrivals.png_with_words(),
    arrivals.word(**{"word/_rels/document.xml.rels": arrivals.relations(("image", "media/a.png"))}),
    arrivals.excel(),
    arrivals.open_document(),
    b"She likes the cards.\n",
]


NOISE = st.sampled_from([b"", b"\0", b"\xff", b"\xff\xd8\xff", b"PK\x03\x04"]) | st.binary(max_size=12)


@settings(max_examples=int(os.environ.get("SENCOAPP_INTAKE_EXAMPLES", "150")), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(SAMPLES), st.lists(st.tuples(st.integers(0, 1 << 20), NOISE), max_size=6), st.none() | st.integers(0, 1 << 20))
def test_a_file_with_anything_in_it_is_taken_in_or_refused_in_words(content, changes, cut):
    for at, noise in changes:
        at %= len(content) + 1
        content = content[:at] + noise + content[at + len(noise) :]
    content = content if cut is None else content[: cut % (len(content) + 1)]
    assert "the paper" in name_or_sentence(content)


def name_or_sentence(content: bytes) -> str:
    try:
        return take(content, "the paper").filename
    except Fault as fault:
        return explain(fault)
