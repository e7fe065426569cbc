"""A council's own form as a Word file: its places in the order in which they are read, and the file with words in them."""

from collections.abc import Mapping
from typing import Any

from sencoapp.documents.own_forms.word_spots import Spot
from sencoapp.documents.own_forms.word_walk import Walk
from sencoapp.documents.own_forms.word_xml import Element, parts_of, with_parts
from sencoapp.domain.own_form import FormPlace, PlaceKind
from sencoapp.domain.refusals import Fault
from sencoapp.services.documents_port import FilledForm, TooLong


def places_of(content: bytes) -> list[FormPlace]:
    """Every place of the form. A damaged file raises whatever it trips over."""
    return [_place(key, spot) for key, spot in _spots(parts_of(content)).items()]


def filled(filename: str, content: bytes, values: Mapping[str, Any]) -> FilledForm:
    """The form with these values. Raises ``Fault("own_form_is_damaged")`` where a value has no place."""
    parts = parts_of(content)
    spots = _spots(parts)
    if set(values) - set(spots):
        raise Fault("own_form_is_damaged", file=filename)
    long = []
    for key in reversed(spots):  # from the end, so that places within one piece of text stay where they are
        value = values.get(key)
        if not value:
            continue
        spot = spots[key]
        spot.write(value)
        if spot.most is not None and isinstance(value, str) and len(value) > spot.most:
            long.append(TooLong(key, spot.most))
    return FilledForm(with_parts(content, parts), tuple(reversed(long)))


def _spots(parts: Mapping[str, Element]) -> dict[str, Spot]:
    found: dict[str, Spot] = {}
    for name, part in parts.items():
        walk = Walk()
        body = part[0] if name == "word/document.xml" and len(part) else part
        walk.through(body)
        short = name.removeprefix("word/").removesuffix(".xml")
        found.update({f"{short}:{number}": spot for number, spot in enumerate(walk.spots, start=1)})
    return found


def _place(key: str, spot: Spot) -> FormPlace:
    kind: PlaceKind = spot.kind  # type: ignore[assignment]
    return FormPlace(key, kind, spot.label, spot.section, spot.options, spot.most)
