"""What a PDF could do where it is opened elsewhere. Here it is only ever drawn, and a pack takes nothing but its pages."""

from io import BytesIO
from typing import Any

from sencoapp.documents import evidence
from sencoapp.domain.refusals import Fault

_SCRIPTS = frozenset({"/JavaScript", "/Rendition"})
_STARTS = frozenset({"/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/GoToR"})
_MOST_OBJECTS = 400_000


def look_at(filename: str, content: bytes) -> tuple[int | None, tuple[str, ...]]:
    """How many pages can go in a pack, ``None`` where none can, and what a person should know before it is kept.

    Cautions: ``pdf_scripts``, ``pdf_starts``, ``pdf_attachments``, ``pdf_dynamic_form``, ``pdf_locked``, ``pdf_too_long``.
    Raises ``Fault("evidence_damaged")``.
    """
    try:
        _, pages = evidence.inspect(filename, content)
    except Fault as fault:
        if fault.key == "evidence_locked":
            return None, ("pdf_locked",)
        if fault.key != "evidence_too_long":
            raise
        return None, ("pdf_too_long", *dangers(content))
    return pages, dangers(content)


def dangers(content: bytes) -> tuple[str, ...]:
    """What it holds besides pages. A file that is too tangled to be looked through counts as holding scripts."""
    import pikepdf

    found: set[str] = set()
    try:
        with pikepdf.Pdf.open(BytesIO(content)) as opened:
            if len(opened.objects) > _MOST_OBJECTS:
                return ("pdf_scripts",)
            for each in opened.objects:
                _walk(each, found, 6)
            form = opened.Root.get("/AcroForm")
            if isinstance(form, pikepdf.Dictionary) and "/XFA" in form:
                found.add("pdf_dynamic_form")
    except Exception:  # hostile files raise anything; that they can be drawn was seen before
        found.add("pdf_scripts")
    return tuple(sorted(found))


def _walk(thing: Any, found: set[str], depth: int) -> None:
    """Through one object and what lies directly in it; what it refers to comes by itself."""
    import pikepdf

    if isinstance(thing, pikepdf.Stream | pikepdf.Dictionary):
        if "/JS" in thing:
            found.add("pdf_scripts")
        action = str(thing.get("/S", "")) if isinstance(thing.get("/S"), pikepdf.Name) else ""
        if action in _SCRIPTS:
            found.add("pdf_scripts")
        elif action in _STARTS:
            found.add("pdf_starts")
        if "/EF" in thing or thing.get("/Type") == "/EmbeddedFile":
            found.add("pdf_attachments")
        if depth:
            for key in thing.keys():  # noqa: SIM118 (a PDF's dictionary is not iterated by its keys)
                value = thing[key]
                if isinstance(value, pikepdf.Object) and not value.is_indirect:
                    _walk(value, found, depth - 1)
    elif isinstance(thing, pikepdf.Array) and depth:
        for value in thing:
            if isinstance(value, pikepdf.Object) and not value.is_indirect:
                _walk(value, found, depth - 1)
