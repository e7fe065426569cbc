"""A school in which everything that anybody could type has a mark, so that what leaks can be told from what does not."""

import dataclasses
import io
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from types import UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from PIL import Image

from sencoapp.app import Workplace
from sencoapp.domain.record import KINDS, Amend, Edit, New

TOKEN = "Quillwort"
"""In every mark. It is in no word of the program and of no library."""

UPN = "H801200001017"
PHONE = "07700900461"
MARKS = (TOKEN, "Zephyrine", UPN, PHONE)

_OF_OTHERS = {"author": "staff_member", "made_by": "staff_member", "by": "staff_member", "source": "observation", "corrects": "observation"}
_OF_OTHERS |= {"carried_from": "outcome"}
_SEALED = ("blob", "snapshot_blob", "pdf_blob", "manifest_blob")
_REAL: Mapping[str, object] = {
    "council": "leicestershire",
    "form": "ehc_needs_assessment",
    "phase": "primary",
    "source_kind": "observation",
}


def mark(field: str) -> str:
    return f"{TOKEN} {field.replace('_', ' ')}"


def one_of_every_kind(place: Workplace) -> dict[str, str]:
    """Saves one thing of every kind that the record knows, with a mark in each field that holds text; their ids by kind.

    The kinds and their fields are read from the record itself: what is added to it later is marked too.
    """
    record, ids = place.session.record, {}
    for kind in ("school", "staff_member"):
        ids[kind] = record.find(KINDS[kind])[0].id
    for kind, made_of in KINDS.items():
        values = {each.name: _value(place, kind, each.name, hint, ids) for each, hint in _fields(made_of)}
        edit: Edit
        if kind in ids:
            edit = Amend(made_of, ids[kind], values)
        else:
            ids[kind] = place.session.ids.new()
            edit = New(made_of(id=ids[kind], **values))
        record.save([edit], action=mark("action").replace(" ", "_"), actor=place.session.actor)
    return ids


def _fields(made_of: type) -> list[tuple[dataclasses.Field[Any], Any]]:
    hints = get_type_hints(made_of)
    return [(each, hints[each.name]) for each in dataclasses.fields(made_of) if each.name != "id"]


def _value(place: Workplace, kind: str, field: str, hint: Any, ids: Mapping[str, str]) -> Any:
    if field in _SEALED:
        return place.session.blobs.put(f"%PDF {mark(field)}".encode() * 40)
    if field in _REAL:
        return _REAL[field]
    other = _OF_OTHERS.get(field, field)
    if other in KINDS and kind != other:
        return ids.get(other)
    if field == "closed_on" or field in _OF_OTHERS:
        return None
    return _of_type(field, hint)


def _of_type(field: str, hint: Any) -> Any:
    origin = get_origin(hint)
    if origin is Literal:
        return get_args(hint)[0]
    if origin is tuple:
        inner = get_args(hint)[0]
        return (_of_type(field, inner),)
    if origin is not None or isinstance(hint, UnionType):
        return _of_type(field, next(each for each in get_args(hint) if each is not type(None)))
    if dataclasses.is_dataclass(hint):
        return hint(**{each.name: _of_type(each.name, get_type_hints(hint)[each.name]) for each in dataclasses.fields(hint)})
    usual: dict[Any, Any] = {
        str: {"upn": UPN, "phone": PHONE}.get(field, mark(field)),
        int: 1,
        bool: True,
        Decimal: Decimal(1),
        date: date(2026, 11, 24),
        datetime: datetime(2026, 11, 24, 9, tzinfo=UTC),
    }
    return usual[hint]


def photo_with_marks() -> bytes:
    """A photo whose camera, place and comment are marked."""
    exif = Image.Exif()
    exif[0x010E] = mark("description")
    exif[0x010F] = mark("camera")
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 38.0, 0.0), 29: mark("place")})
    out = io.BytesIO()
    Image.effect_noise((160, 120), 90).save(out, "JPEG", exif=exif, comment=mark("comment"))
    return out.getvalue()


def report_with_marks() -> bytes:
    """A PDF with marks on its page and in its notes about itself."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pageCompression=1)
    canvas.setAuthor(mark("author"))
    canvas.drawString(72, 700, mark("page"))
    canvas.save()
    return out.getvalue()
