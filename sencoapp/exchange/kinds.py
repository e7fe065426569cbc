"""What kind of file this is, by its content; its name says nothing that can be relied on."""

import io
import json
import zipfile
from typing import Literal

from sencoapp.domain.refusals import Fault
from sencoapp.exchange import limits

Kind = Literal["xml", "xlsx", "csv"]

_STARTS = (
    (b"%PDF", "what_pdf"),
    (b"\x89PNG", "what_picture"),
    (b"\xff\xd8\xff", "what_picture"),
    (b"GIF8", "what_picture"),
    (b"{\\rtf", "what_rtf"),
    (b"\x1f\x8b", "what_zip"),
    (b"7z\xbc\xaf", "what_zip"),
    (b"Rar!", "what_zip"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def kind_of(content: bytes) -> Kind:
    """XML, a workbook or a table of text. Raises ``Fault`` for everything that can hold no list of pupils."""
    if len(content) > limits.MOST_BYTES:
        raise Fault("pupil_file_too_large", most=limits.MOST_MEGABYTES)
    head = _beginning(content)
    if not head and not content.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise Fault("pupil_file_empty")
    for start, what in _STARTS:
        if content.startswith(start):
            raise Fault("pupil_file_other_kind", what=what)
    if content.startswith(_OLE):
        if _ENCRYPTED_PACKAGE in content:
            raise Fault("pupil_file_protected")
        raise Fault("pupil_file_other_kind", what="what_old_office")
    if content.startswith(b"PK\x03\x04"):
        return _kind_of_zip(content)
    if head.startswith("<"):
        return _kind_of_markup(head)
    if head[:1] in ("{", "[") and _is_json(content):
        raise Fault("pupil_file_other_kind", what="what_json")
    return "csv"


def _beginning(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) : 4098].decode(encoding, "ignore").strip(" \t\r\n\0")
    return content[:4096].decode("latin-1").strip(" \t\r\n\0")


def _kind_of_zip(content: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist()[: limits.MOST_PARTS_OF_A_WORKBOOK])
    except Exception as error:  # zipfile raises what the damage trips over
        raise Fault("pupil_workbook_damaged") from error
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "word/document.xml" in names:
        raise Fault("pupil_file_other_kind", what="what_word")
    raise Fault("pupil_file_other_kind", what="what_ods" if {"mimetype", "content.xml"} <= names else "what_zip")


def _kind_of_markup(head: str) -> Kind:
    lower = head[:1000].lower()
    if lower.startswith("<!doctype html") or "<html" in lower:
        raise Fault("pupil_file_other_kind", what="what_html")
    return "xml"


def _is_json(content: bytes) -> bool:
    try:
        json.loads(content)
    except (ValueError, RecursionError):
        return False
    return True
