"""The search can fail: it finds what is planted, however it is hidden, and nothing where nothing is."""

import base64
import gzip
import io
import os
import zipfile
import zlib
from urllib.parse import quote

import pytest

from tests.leaks.searching import leaks

MARK = "Zoë Quillwort"


def zipped(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/b.txt", content)
    return out.getvalue()


WAYS = {
    "as it is": MARK.encode(),
    "small": MARK.lower().encode(),
    "large": MARK.upper().encode(),
    "windows": MARK.encode("utf-16-le"),
    "network": MARK.encode("utf-16-be"),
    "western": MARK.encode("cp1252"),
    "hexadecimal": MARK.encode().hex().encode(),
    "large hexadecimal": MARK.encode().hex().upper().encode(),
    "address": quote(MARK).encode(),
    "json": b"Zo\\u00eb Quillwort",
    "base64": base64.b64encode(MARK.encode()),
    "base64 within": base64.b64encode(b"x" + MARK.encode() + b"yz"),
    "base64 further in": base64.b64encode(b"xy" + MARK.encode() + b"z"),
    "base64 utf-16": base64.b64encode(b"xy" + MARK.encode("utf-16-le") + b"z"),
    "base64 for addresses": base64.urlsafe_b64encode(b"\xff\xfe?" + MARK.encode()),
    "packed": zlib.compress(b"before " + MARK.encode() + b" after"),
    "gzip": gzip.compress(MARK.encode("utf-16-le")),
    "zip": zipped(MARK.encode()),
    "zip in a zip": zipped(zipped(base64.b64encode(MARK.encode()))),
    "zip without its directory": zipped(MARK.encode())[:-60],
    "cut off": zlib.compress(MARK.encode() * 50)[:-6],
}


@pytest.mark.parametrize("way", WAYS)
def test_a_planted_mark_is_found_in_the_middle_of_noise(tmp_path, way):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "cache.bin").write_bytes(os.urandom(5_000) + WAYS[way] + os.urandom(5_000))
    if way == "zip in a zip":
        (tmp_path / "deep" / "cache.bin").write_bytes(WAYS[way])
    assert [each.mark for each in leaks([MARK], tmp_path)][:1] == [MARK]


def test_a_mark_in_a_name_is_found(tmp_path):
    (tmp_path / "report about Zoë Quillwort").mkdir()
    assert [each.how for each in leaks([MARK], tmp_path)] == ["file name: utf-8"]


def test_nothing_is_found_where_nothing_is(tmp_path):
    (tmp_path / "a").write_bytes(os.urandom(3_000_000))
    (tmp_path / "b").write_bytes(zlib.compress(b"Somebody else's words" * 1000))
    assert leaks([MARK, "Quillwort", "H801200001017"], tmp_path) == []
