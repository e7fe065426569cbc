"""Files that cannot be bound as they are: each gets a sheet that says so, and the rest of the pack is whole."""

import io
import re
import shutil
import signal
import subprocess
import threading
from contextlib import ExitStack
from datetime import date

import docx
import openpyxl
import pikepdf
import pytest
from PIL import Image

from sencoapp.documents import DocumentRoom, office_press
from sencoapp.documents.later import Later
from sencoapp.documents.pack_binding import bound
from sencoapp.domain.refusals import Fault
from sencoapp.services.files_port import OpenedFile
from tests.documents import samples
from tests.documents.packs import InMemory, made_pack
from tests.documents.reading import page_texts
from tests.documents.test_redaction import changed, is_in, written

GOOD = written("The good paper before and after.")
needs_office = pytest.mark.skipif(office_press.converter() is None, reason="LibreOffice is not on this computer")


def word(*lines: str) -> bytes:
    made, out = docx.Document(), io.BytesIO()
    for each in lines:
        made.add_paragraph(each)
    made.save(out)
    return out.getvalue()


def workbook() -> bytes:
    made, out = openpyxl.Workbook(), io.BytesIO()
    for number in range(5):
        made.active.append([f"Session {number}", number])
    made.save(out)
    return out.getvalue()


def locked() -> bytes:
    out = io.BytesIO()
    with pikepdf.Pdf.open(io.BytesIO(written("Zebedee"))) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


def long() -> bytes:
    out = io.BytesIO()
    with pikepdf.Pdf.new() as pdf:
        for _ in range(2_000):
            pdf.add_blank_page()
        pdf.save(out)
    return out.getvalue()


def adobes_own() -> bytes:
    def only_there(pdf: pikepdf.Pdf) -> None:
        pdf.Root.NeedsRendering = True
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(), XFA=pdf.make_stream(b"<xdp/>"))

    return changed(written("Please wait..."), only_there)


def huge() -> bytes:
    head = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + (60_000).to_bytes(4, "big") * 2 + b"\x08\x00\x00\x00\x00"
    return head + bytes(40)


def fax() -> bytes:
    out = io.BytesIO()
    Image.new("1", (1728, 2200), 1).save(out, "TIFF", compression="group4")
    return out.getvalue()


def pack_of(*contents: bytes, names=None, room=None, **more):
    files = []
    for number in range(len(contents)):
        letter = "ABCDEFG"[number]
        name = names[number] if names else f"{letter}.pdf"
        files.append({**samples.evidence_files()[0], "letter": letter, "id": letter, "title": f"Paper {letter}", "filename": name})
    small = samples.snapshot(evidence=files, cycles=[], provision=[], sections=[])
    return made_pack(room or DocumentRoom(), small, list(zip(files, contents, strict=True)), **more)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (locked(), "locked with a password"),
        (b"%PDF-1.7 broken", "damaged and cannot be read"),
        (GOOD[: len(GOOD) // 3], "damaged and cannot be read"),
        (b"", "a kind of file that has no pages"),
        (long(), "more pages than a document in a pack may have"),
        (adobes_own(), "only Adobe Reader can show"),
        (huge(), "more points than can be opened safely"),
        (fax(), "a kind of file that has no pages"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "a kind of file that has no pages"),
        (b"MZ\x90\x00 a program", "a kind of file that has no pages"),
        (b"Only words, called .pdf", "a kind of file that has no pages"),
        (word("Zebedee"), "a kind of file that has no pages"),
    ],
    ids=["locked", "broken", "cut short", "empty", "2,000 pages", "XFA", "huge picture", "fax", "heic", "program", "renamed", "no office"],
)
def test_a_file_that_cannot_be_bound_gets_a_sheet_and_the_rest_of_the_pack_is_whole(content, why):
    made = pack_of(GOOD, content, GOOD)
    pages = page_texts(made.pdf)
    sheet = " ".join(pages[-2].split())
    assert "Evidence B is not bound here" in sheet
    assert why in sheet
    assert samples.evidence_files()[0]["sha256"] in sheet.replace(" ", "")
    assert f"Bundle {made.pages - 1} of {made.pages}" in sheet
    for each in (pages[-3], pages[-1]):
        assert "The good paper before and after." in each
    assert "a slip sheet in its place" in " ".join(" ".join(pages).split())


def test_scripts_stay_behind_and_the_pages_are_bound():
    def script(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert('Zebedee')"))

    made = pack_of(changed(GOOD, script))
    assert "not bound" not in page_texts(made.pdf)[-1]
    assert not is_in("app.alert", made.pdf)


# ---- Office files -------------------------------------------------------------------------------------------------------
@needs_office
def test_word_and_excel_files_become_pages_and_nothing_of_them_is_left_on_the_disk(tmp_path):
    room = DocumentRoom(tmp_path / "paper")
    made = pack_of(GOOD, word("He was calm.", "Every day."), workbook(), names=["a.pdf", "log.docx", "sessions.xlsx"], room=room)
    pages = page_texts(made.pdf)
    assert "Every day." in pages[-2]
    assert "Session 4" in pages[-1]
    assert list(tmp_path.iterdir()) == []


@needs_office
def test_stopping_ends_the_conversion_and_wipes_what_lay_there(tmp_path):
    stop = threading.Event()

    def cancelled() -> bool:
        there = list(tmp_path.rglob("paper.docx"))
        if there:
            stop.set()
        return stop.is_set()

    with pytest.raises(Fault) as refused:
        office_press.as_pdf("A log", word("He was calm."), ".docx", tmp_path / "paper", cancelled)
    assert refused.value.key == "pack_stopped"
    assert list(tmp_path.iterdir()) == []


@needs_office
def test_a_conversion_that_takes_too_long_is_ended_and_a_sheet_stands_in_its_place(tmp_path, monkeypatch):
    monkeypatch.setattr(office_press, "MOST_SECONDS", 0.0)
    made = pack_of(word("He was calm."), names=["log.docx"], room=DocumentRoom(tmp_path / "paper"))
    assert "no program here could turn it into pages" in " ".join(page_texts(made.pdf)[-1].split())
    assert list(tmp_path.iterdir()) == []


def test_a_program_that_does_not_start_is_as_if_there_were_none(tmp_path, monkeypatch):
    monkeypatch.setattr(office_press, "converter", lambda: str(tmp_path / "uninstalled" / "soffice"))
    monkeypatch.setattr(office_press, "_without_network", tuple)
    made = pack_of(word("He was calm."), names=["log.docx"], room=DocumentRoom(tmp_path / "paper"))
    assert "no program here could turn it into pages" in " ".join(page_texts(made.pdf)[-1].split())
    assert list(tmp_path.iterdir()) == []


@needs_office
def test_an_office_file_that_could_run_something_is_not_opened(tmp_path, monkeypatch):
    import zipfile

    bad = io.BytesIO(word("He was calm."))
    with zipfile.ZipFile(bad, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    monkeypatch.setattr(office_press.subprocess, "Popen", lambda *_, **__: pytest.fail("it was opened"))
    made = pack_of(bad.getvalue(), names=["log.docm"], room=DocumentRoom(tmp_path / "paper"))
    assert "is not bound here" in page_texts(made.pdf)[-1]


@pytest.mark.skipif(not office_press.within_time(1), reason="only where the system has a tool that ends a command in time")
def test_a_conversion_ends_in_time_even_where_the_program_was_killed_meanwhile():
    asked = [*office_press.within_time(0.1), "sh", "-c", "sleep 600 & wait"]
    assert subprocess.run(asked, check=False).returncode in (-signal.SIGKILL, 128 + signal.SIGKILL, 124)


@needs_office
@pytest.mark.skipif(shutil.which("unshare") is None, reason="only where the system can take the network away")
def test_a_conversion_has_no_network(tmp_path):
    before = office_press._without_network()
    if not before:
        pytest.skip("this machine does not let a user take the network away")
    said = subprocess.run([*before, "cat", "/proc/net/dev"], capture_output=True, check=True).stdout.decode()
    assert re.findall(r"^\s*(\w+):", said, re.MULTILINE) == ["lo"]


def test_what_a_killed_program_left_is_wiped_at_the_next_start(tmp_path):
    left = tmp_path / "paper" / "abc" / "user"
    left.mkdir(parents=True)
    (left / "paper.docx").write_bytes(b"Zebedee")
    office_press.wipe_left_over(tmp_path / "paper")
    assert list(tmp_path.iterdir()) == []
    office_press.wipe_left_over(tmp_path / "paper")


@needs_office
def test_an_office_file_with_marks_gets_a_sheet_for_its_lines_may_break_elsewhere_than_where_they_were_marked(tmp_path):
    mark = {"page": 1, "left": 0, "top": 0, "right": 100, "bottom": 100, "reason": "about another child"}
    file = {**samples.evidence_files()[0], "letter": "A", "filename": "a.docx", "withheld": [mark]}
    source, later = OpenedFile(io.BytesIO(word("Zebedee"))), Later(InMemory(), ExitStack(), wanted=False)
    with bound(file, source, later, date(2026, 11, 25), workshop=tmp_path) as found:
        assert found.slip
        assert not found.converted
