"""Large evidence that is read only when the pack is written: the pack is the same, and nothing that could not be read is passed over."""

import io
import re
import zlib
from contextlib import ExitStack

import pikepdf
import pytest

from sencoapp.documents import DocumentRoom, pack
from sencoapp.documents.later import Later
from sencoapp.domain.refusals import Fault
from tests.bench.pack_memory import scans
from tests.documents import samples
from tests.documents.packs import InMemory, made_pack
from tests.documents.test_redaction import changed
from tests.documents.test_turning import table

EXIF = b"Exif\0\0MM\0*\0\0\0\x08\0\0 Zebedee House"


def packed(content: bytes) -> bytes:
    """The same with its photos packed once more, a picture packed by itself, and one not packed at all."""

    def pack_again(pdf: pikepdf.Pdf) -> None:
        for each in list(pdf.objects):
            if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == pikepdf.Name.Image:
                ways = pikepdf.Array([pikepdf.Name.FlateDecode, pikepdf.Name.DCTDecode])
                each.write(zlib.compress(each.read_raw_bytes()), filter=ways)
        plain = pdf.make_stream(bytes(range(256)) * 300, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image)
        flat = pdf.make_stream(zlib.compress(bytes(range(256)) * 300, 0), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image)
        flat.Filter = pikepdf.Name.FlateDecode
        for each in (plain, flat):
            each.Width, each.Height, each.BitsPerComponent, each.ColorSpace = 320, 240, 8, pikepdf.Name.DeviceGray
            name = pdf.pages[0].add_resource(each, pikepdf.Name.XObject)
            pdf.pages[0].contents_add(f"q 200 0 0 150 100 100 cm {name} Do Q".encode())

    return changed(content, pack_again)


def with_owner(content: bytes) -> bytes:
    """The same, encrypted so that anyone may open it."""
    out = io.BytesIO()
    with pikepdf.Pdf.open(io.BytesIO(content)) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="o", user=""))
    return out.getvalue()


def cut_picture(content: bytes) -> bytes:
    def cut(pdf: pikepdf.Pdf) -> None:
        for each in list(pdf.objects):
            if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == pikepdf.Name.Image:
                each.write(each.read_raw_bytes()[:-40_000], filter=pikepdf.Name.DCTDecode)

    return changed(content, cut)


def repaired(content: bytes) -> bytes:
    """One whose table of places is wrong: it is read all the same."""
    return re.sub(rb"startxref\n\d+", b"startxref\n7", content)


EVIDENCE = {
    "scans": [scans("one", 3), scans("two", 2)],
    "photos with a place": [scans("three", 2, exif=EXIF)],
    "packed twice": [packed(scans("four", 2, exif=EXIF))],
    "encrypted": [with_owner(scans("five", 2, exif=EXIF))],
    "cut": [cut_picture(scans("six", 2))],
    "repaired": [repaired(scans("seven", 2))],
    "sideways": [table(90), scans("nine", 1)],
    "of all kinds": [samples.photo(2400, 1800), *samples.papers(), b"no document", scans("eight", 1)],
}


def pack_of(contents, monkeypatch, most: int) -> bytes:
    monkeypatch.setattr(pack, "_MOST_IN_MEMORY", most)
    files = [
        {**entry, "letter": chr(65 + number), "title": f"Paper {number}"}
        for number, entry in enumerate(samples.evidence_files()[:1] * len(contents))
    ]
    small = samples.snapshot(evidence=files, cycles=[], provision=[], sections=[])
    return made_pack(DocumentRoom(), small, list(zip(files, contents, strict=True))).pdf


def spelt_out(content: bytes) -> bytes:
    """Every object in the order in which one comes to it, whatever its number was."""
    out = io.BytesIO()
    with pikepdf.Pdf.open(io.BytesIO(content)) as pdf:
        pdf.save(
            out,
            qdf=True,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            static_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    said, _places = out.getvalue().rsplit(b"\nxref\n", 1)
    return re.sub(rb"%% Original object ID: .*\n", b"", said)


@pytest.mark.parametrize("contents", EVIDENCE.values(), ids=EVIDENCE)
def test_a_pack_whose_evidence_is_read_later_is_the_same_but_for_the_numbers_of_its_objects(contents, monkeypatch):
    in_memory = pack_of(contents, monkeypatch, 1 << 40)
    read_later = pack_of(contents, monkeypatch, 0)
    assert spelt_out(read_later) == spelt_out(in_memory)
    assert read_later == pack_of(contents, monkeypatch, 0)
    assert b"Zebedee" not in read_later


def with_part(later: Later, found: bytes) -> pikepdf.Pdf:
    pdf = pikepdf.Pdf.new()
    pdf.Root.Part = pikepdf.Stream(pdf, later.stands_for(b"x" * 30_000, lambda: found), Filter=pikepdf.Name.DCTDecode)
    return later.filled_in(pdf)


def test_what_gives_fewer_bytes_than_were_told_is_told():
    with ExitStack() as stack:
        later = Later(InMemory(), stack, wanted=True)
        whole = stack.enter_context(with_part(later, b"x" * 30_000))
        assert whole.Root.Part.read_raw_bytes() == b"x" * 30_000
        assert later.trouble() is None
        for other in (b"x" * 29_999, b"y" + b"x" * 29_999):
            with pytest.raises(Fault, match="file_damaged"):
                with_part(later, other)
        assert later.trouble() is not None


def test_nothing_large_is_no_other_file():
    with ExitStack() as stack, pikepdf.Pdf.new() as pdf:
        later = Later(InMemory(), stack, wanted=True)
        assert later.filled_in(pdf) is pdf
        assert not later.is_for(100)
        assert not Later(InMemory(), stack, wanted=False).is_for(1 << 30)
