"""What headings and values mean, looked up whole in ``resources/exchange/headings.json`` and the DfE code sets."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sencoapp import reference

_YEAR = re.compile(r"(?:national curriculum )?(?:nc )?(?:year|yr|y)? ?(?:group)? ?0*([0-9]{1,2})")
_BETWEEN_NEEDS = re.compile(r"[;|\n]")
_WITHIN_LABELS_TOO = re.compile(r"[,/+]")


def bare(text: str) -> str:
    """A heading or a value as it is compared: small letters and digits only, with & as "and"."""
    return "".join(each for each in text.replace("&", "and").casefold() if each.isalnum())


@cache
def columns() -> Mapping[str, Mapping[str, Any]]:
    """Canonical name to what is known of such a column: the field of ``Pupil``, its kind, its headings."""
    found: Mapping[str, Mapping[str, Any]] = reference.data("exchange", "headings.json")["columns"]
    return found


def guess(headings: Sequence[str]) -> dict[int, str]:
    """Column number to canonical name, for the headings that are known. The better heading wins, then the earlier column."""
    places: dict[str, list[int]] = {}
    for number, heading in enumerate(headings):
        if key := bare(heading):
            places.setdefault(key, []).append(number)
    mapping: dict[int, str] = {}
    for name, column in columns().items():
        known = [number for heading in column["headings"] for number in places.get(bare(heading), ())]
        beginnings = tuple(bare(each) for each in column.get("beginnings", ()))
        if beginnings:
            known += [number for number, heading in enumerate(headings) if bare(heading).startswith(beginnings)]
        for number in known if column.get("several") else known[:1]:
            mapping.setdefault(number, name)
    return dict(sorted(mapping.items()))


def status(text: str) -> str | None:
    """N, K or E for a SEN status as any system writes it; None for what is none of them."""
    return _aliases("SENprovision").get(bare(text))


def status_is_old(text: str) -> bool:
    """Whether a SEN status is one from before 2014 that lives on in old files."""
    return bare(text) in _plain_set("SENprovision_old")


def needs(text: str) -> list[str]:
    """The SEN types that a cell names, by code or by label; empty if any part of it is neither."""
    known = _with_codes("SENtype", labels=True)
    if whole := known.get(bare(text)):
        return [whole]
    parts: list[str | None] = []
    for part in _BETWEEN_NEEDS.split(text):
        whole = known.get(bare(part))
        parts += [whole] if whole else [known.get(bare(each)) for each in _WITHIN_LABELS_TOO.split(part) if bare(each)]
    return list(dict.fromkeys(each for each in parts if each)) if all(parts) else []


def year(text: str) -> str | None:
    """The year group as CBDS writes it (``NCyearActual``): "Year  9" gives 9."""
    if known := _with_codes("ncYearActual", labels=False).get(bare(text)):
        return known
    found = _YEAR.fullmatch(" ".join(text.casefold().split()))
    return str(int(found[1])) if found and 1 <= int(found[1]) <= 14 else None


def sex(text: str) -> str | None:
    """M or F (CBDS ``Sex``)."""
    return _aliases("sex").get(bare(text))


def yes(text: str) -> bool | None:
    """True or false for the ways of writing yes and no; None for anything else."""
    key = bare(text)
    if key in _plain_set("yes"):
        return True
    return False if key in _plain_set("no") else None


def code(codes: str, text: str) -> str | None:
    """A code of a DfE code set, given as itself, as its label or as another name for it."""
    return _with_codes(codes, labels=True).get(bare(text))


@cache
def council_numbers() -> frozenset[str]:
    """The numbers of the councils in England, today's and the recent ones."""
    return frozenset(reference.data("codes", "la.json")["councils"])


@cache
def _aliases(name: str) -> dict[str, str]:
    values: Mapping[str, Iterable[str]] = reference.data("exchange", "headings.json")["values"].get(name, {})
    return {bare(alias): code for code, aliases in values.items() for alias in aliases}


@cache
def _with_codes(name: str, *, labels: bool) -> dict[str, str]:
    known: dict[str, str] = {}
    values = reference.codes(name) if labels else {}
    known.update({bare(label): code for code, label in values.items()})
    known.update(_aliases(name))
    known.update({bare(code): code for code in values})
    return known


@cache
def _plain_set(name: str) -> frozenset[str]:
    return frozenset(bare(each) for each in reference.data("exchange", "headings.json")["values"][name])
