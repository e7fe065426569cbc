"""One request goes to several readers: what each gets of it is data (``resources/packs/variants.json``), and a person may choose."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sencoapp.domain.casework import Document

COUNCIL = "council"
"""The variant that is sent, signed off and starts the clock. All others are copies for somebody else."""

LeftOut = Literal["confidential", "kind", "left_out"]


@dataclass(frozen=True)
class PackChoice:
    """What a person chose for one variant of a request beside what its rules say: ids of documents."""

    id: str
    pupil: str
    request: str
    variant: str
    put_in: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class ChosenPaper:
    """A document of the request, and why it is not in the variant; None where it is."""

    document: Document
    why_not: LeftOut | None


def papers_for(variant: Mapping[str, Any], papers: Iterable[Document], choice: PackChoice | None) -> list[ChosenPaper]:
    """What of the request's documents goes in a variant, in its order. What a person chose stands above the rules."""
    put_in = set(choice.put_in) if choice else set()
    left_out = set(choice.left_out) if choice else set()
    found = []
    for each in papers:
        why: LeftOut | None = None
        if each.id in left_out:
            why = "left_out"
        elif each.id not in put_in:
            if each.confidential and not variant["confidential"]:
                why = "confidential"
            elif each.kind in variant["kinds_left_out"]:
                why = "kind"
        found.append(ChosenPaper(each, why))
    if variant["order"] == "oldest_first":
        found.sort(key=lambda each: (each.document.document_on or each.document.added_at.date(), each.document.id))
    return found


def shown_sections(variant: Mapping[str, Any], sections: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The sections of the council's form that a variant has, in the form's order."""
    return [each for each in sections if each["shows"] not in variant["parts_left_out"]]
