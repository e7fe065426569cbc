"""The council's own form: finds where something is written in a Word or PDF file, and writes it there.

The places are found anew from the same bytes when it is filled, so a place is known by a key that follows from the file alone.
Nothing but the places is changed: the council's words stay as they are, and in a Word file every part that has no place stays
byte for byte.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sencoapp.documents.intake import office as office_files
from sencoapp.documents.intake import pdf as pdf_files
from sencoapp.documents.intake.kinds import Kind, kind_of
from sencoapp.domain.refusals import Fault, PlainMessage
from sencoapp.services.documents_port import FilledForm, ReadForm

MOST_PLACES = 2000


def read_own_form(filename: str, content: bytes) -> ReadForm:
    """Raises ``Fault``: those of ``intake.kinds.kind_of``, ``office.look_at`` and ``pdf.look_at``, ``own_form_not_a_form``,
    ``own_form_no_places``, ``own_form_has_xfa``, ``own_form_is_locked``, ``own_form_is_signed``, ``own_form_is_damaged``.
    """
    kind = _looked_at(filename, content)
    if kind.id == "docx":
        from sencoapp.documents.own_forms import word

        with _damage_is_told(filename):
            places = word.places_of(content)
    else:
        from sencoapp.documents.own_forms import pdf

        with _damage_is_told(filename):
            places = pdf.places_of(filename, content)
    if not places:
        raise Fault("own_form_no_places", file=filename)
    if len(places) > MOST_PLACES:
        raise Fault("own_form_is_damaged", file=filename)
    return ReadForm(kind.media_type, tuple(places))


def fill_own_form(filename: str, content: bytes, values: Mapping[str, Any], *, labels: Mapping[str, str], flat: bool) -> FilledForm:
    """The same file with ``values`` in its places, by their keys: words, True for a tick, rows of cells.

    Words that a box of a PDF has no room for begin there and stand whole on a page at the end, under ``labels``. ``flat``: a PDF
    whose boxes can no longer be typed in. Raises ``Fault`` as ``read_own_form`` does.
    """
    if _looked_at(filename, content).id == "docx":
        from sencoapp.documents.own_forms.word import filled

        with _damage_is_told(filename):
            return filled(filename, content, values)
    from sencoapp.documents.own_forms.pdf import filled as filled_pdf

    with _damage_is_told(filename):
        return filled_pdf(filename, content, values, labels=labels, flat=flat)


def _looked_at(filename: str, content: bytes) -> Kind:
    kind = kind_of(filename, content)
    if kind.id == "docx":
        office_files.look_at(filename, content)
    elif kind.id == "pdf":
        _, cautions = pdf_files.look_at(filename, content)
        if "pdf_locked" in cautions:
            raise Fault("own_form_is_locked", file=filename)
        if "pdf_dynamic_form" in cautions:
            raise Fault("own_form_has_xfa", file=filename)
    else:
        raise Fault("own_form_not_a_form", file=filename)
    return kind


@contextmanager
def _damage_is_told(filename: str) -> Iterator[None]:
    """Whatever a broken or hostile file trips over is one sentence."""
    try:
        yield
    except PlainMessage:
        raise
    except Exception as damage:
        raise Fault("own_form_is_damaged", file=filename) from damage
