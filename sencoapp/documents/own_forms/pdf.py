"""A council's own form as a PDF with form fields (ISO 32000-1, 12.7): its places in reading order, and the file with words in them."""

import warnings
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from sencoapp.documents.own_forms.pdf_boxes import Drawing, draw_all
from sencoapp.documents.own_forms.pdf_fields import Field, fields_of
from sencoapp.documents.own_forms.pdf_labels import labelled
from sencoapp.documents.own_forms.pdf_more import more_pages
from sencoapp.documents.own_forms.pdf_quiet import make_quiet
from sencoapp.domain.own_form import FormPlace, PlaceKind
from sencoapp.domain.refusals import Fault
from sencoapp.reference import say
from sencoapp.services.documents_port import FilledForm, TooLong


def places_of(filename: str, content: bytes) -> list[FormPlace]:
    """Every place of the form. Raises ``Fault``: ``own_form_is_locked``, ``own_form_has_xfa``, ``own_form_is_signed``; a damaged
    file raises whatever it trips over.
    """
    with _opened(filename, content) as pdf:
        fields = fields_of(pdf)
        words = labelled(content, fields)
        return [_place(each, words[each.name]) for each in fields]


def _place(each: Field, words: tuple[str, str, tuple[str, ...]]) -> FormPlace:
    label, section, options = words
    kind: PlaceKind = each.kind
    return FormPlace(each.name, kind, label, section, options, each.most)


def filled(filename: str, content: bytes, values: Mapping[str, Any], *, labels: Mapping[str, str], flat: bool) -> FilledForm:
    """The form with these values, each drawn so that every viewer shows it.

    Raises as ``places_of`` does, and ``Fault("own_form_is_damaged")`` where a value has no place.
    """
    import pikepdf

    with _opened(filename, content) as pdf:
        fields = {each.name: each for each in fields_of(pdf)}
        if set(values) - set(fields):
            raise Fault("own_form_is_damaged", file=filename)
        options = {name: words[2] for name, words in labelled(content, list(fields.values())).items()} if values else {}
        drawings: list[Drawing] = []
        for name, value in values.items():
            if value:
                drawings += _write(fields[name], value, options.get(name, ()), page=len(pdf.pages) + 1)
        if pdf.Root.AcroForm.get("/NeedAppearances"):  # what stood in the form before gets its looks, and ours are not made anew
            pdf.generate_appearance_streams()
        draw_all(pdf, drawings)
        rest = [(labels.get(each.name, ""), each.whole) for each in drawings if each.goes_on]
        if rest:
            with pikepdf.Pdf.open(BytesIO(more_pages(rest))) as more:
                pdf.pages.extend(more.pages)
        if flat:
            _flatten(pdf)
        make_quiet(pdf)
        out = BytesIO()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of boxes that belonged to no field before
            pdf.save(out, deterministic_id=True)
    long = tuple(TooLong(each.name, len(each.shown)) for each in drawings if each.goes_on)
    return FilledForm(out.getvalue(), long, tuple(dict.fromkeys(each.name for each in drawings if each.lacks_letters)))


def _flatten(pdf: Any) -> None:
    """What stands in the boxes becomes part of the pages, and the boxes go."""
    import pikepdf

    pdf.flatten_annotations("all")
    for page in pdf.pages:
        kept = [each for each in page.obj.get("/Annots", []) if str(each.get("/Subtype", "")) != "/Widget"]
        if "/Annots" in page.obj:
            page.obj.Annots = pikepdf.Array(kept)
    if "/AcroForm" in pdf.Root:
        del pdf.Root["/AcroForm"]


def _opened(filename: str, content: bytes) -> Any:
    import pikepdf

    try:
        pdf = pikepdf.Pdf.open(BytesIO(content))
    except pikepdf.PasswordError as locked:
        raise Fault("own_form_is_locked", file=filename) from locked
    if pdf.is_encrypted and not pdf.allow.modify_form:
        raise Fault("own_form_is_locked", file=filename)
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary):
        if "/XFA" in form:
            raise Fault("own_form_has_xfa", file=filename)
        if any(each.is_signed for each in fields_of(pdf)):
            raise Fault("own_form_is_signed", file=filename)
    return pdf


def _write(each: Field, value: Any, options: tuple[str, ...], *, page: int) -> list[Drawing]:
    import pikepdf

    if each.kind == "tick":
        each.switch_on()
        return []
    if each.kind == "choice" and each.switches:
        each.choose(options.index(str(value)))
        return []
    drawing = Drawing.of(each, str(value), goes_on=say("documents.own_form_goes_on", page=page))
    if each.kind == "choice":
        each.field["/V"] = pikepdf.String(each.exported(str(value)))
        if "/I" in each.field:
            del each.field["/I"]
    else:
        each.field["/V"] = pikepdf.String(drawing.shown)
    if "/RV" in each.field:  # the same words with their own look would be shown in place of these
        del each.field["/RV"]
    return [drawing]
