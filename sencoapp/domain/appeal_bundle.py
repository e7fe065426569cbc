"""The school's papers for an appeal or a claim: which paper goes into which section of the bundle, and what to look at before it is made.

The council, or the responsible body, prepares the bundle for the hearing; this is the school's part of it. Sections, limits and the
words by which a paper finds its section are data (``resources/packs/bundles.json``), each with how sure it is. A person's choice
stands above all of it, and no limit keeps a bundle from being made.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, TypedDict

from sencoapp.domain.casework import Document
from sencoapp.domain.words import folded

TRIBUNAL = "tribunal"
"""The variant whose marks hold: what is withheld from a tribunal is withheld here."""
WRITTEN = "written"
"""The id, among the papers, of what the school writes itself from the record."""
SCHOOLS_OWN = "evidence"
"""The section that what the school writes itself is counted in."""

WhyNot = Literal["confidential", "kind", "not_for_requests", "twice", "left_out"]
CheckKind = Literal[
    "pages", "pages_most", "report_old", "report_long", "statement_long", "no_text", "hard_to_read", "slip", "undated", "no_core", "gone"
]


@dataclass(frozen=True)
class BundlePaper:
    """What a person chose for one paper of a case's bundle; what is None follows the rules."""

    id: str
    pupil: str
    council_case: str
    paper: str
    """The id of a document, or ``WRITTEN``."""
    section: str | None = None
    goes_in: bool | None = None


@dataclass(frozen=True)
class Section:
    """One section as a bundle has it. ``letter`` counts only the sections that this kind of appeal has."""

    id: str
    letter: str
    title: str
    hint: str
    limit: int
    limit_most: int | None
    """Where the limit depends on what is not known: the largest that it can be."""
    for_each_party: bool
    certainty: str
    papers: tuple[Document, ...] = ()

    @property
    def pages(self) -> int:
        return sum(each.pages or 1 for each in self.papers)

    @property
    def letters(self) -> tuple[str, ...]:
        """What each of its papers is called: A1, A2, ..."""
        return tuple(f"{self.letter}{number}" for number in range(1, len(self.papers) + 1))


@dataclass(frozen=True)
class Arranged:
    """The papers in their sections, oldest first, and those that stay out, each with why."""

    sections: tuple[Section, ...]
    out: tuple[tuple[Document, WhyNot], ...]

    @property
    def papers(self) -> tuple[Document, ...]:
        return tuple(paper for section in self.sections for paper in section.papers)


@dataclass(frozen=True)
class BundleCheck:
    """Something to look at before the bundle is made. It never stops it. ``count`` is pages or years, ``section`` an id."""

    what: CheckKind
    document: Document | None = None
    section: str = ""
    count: int = 0


class BundleSection(TypedDict):
    """One section of a bundle: its limit in pages, and the letters of the files in it."""

    id: str
    letter: str
    title: str
    limit: int
    limit_most: int | None
    for_each_party: bool
    files: list[str]


class BundleContent(TypedDict):
    """What makes a pack the school's papers for an appeal."""

    about: str
    """What the appeal is about, in words."""
    reference: str | None
    direction: str
    applies: str
    more_pages: str
    """The form on which more pages are asked for."""
    written_in: str
    """The section that the school's own pages are counted in; empty where there are none."""
    sections: list[BundleSection]


def direction_for(data: Mapping[str, Any], today: date) -> Mapping[str, Any]:
    """The last direction that has begun; the first one before any has."""
    begun = [each for each in data["directions"] if date.fromisoformat(each["from"]) <= today]
    found: Mapping[str, Any] = max(begun, key=lambda each: each["from"]) if begun else data["directions"][0]
    return found


def kind_of_appeal(direction: Mapping[str, Any], kind: str | None) -> Mapping[str, Any]:
    """What the appeal is about; the first kind where nobody has said, or where this direction does not know it."""
    found: Mapping[str, Any] = next((each for each in direction["kinds"] if each["id"] == kind), direction["kinds"][0])
    return found


def arrange(
    direction: Mapping[str, Any],
    kind: str | None,
    papers: Iterable[Document],
    of_case: Iterable[str],
    choices: Iterable[BundlePaper],
    kinds_left_out: Iterable[str] = ("consent",),
) -> Arranged:
    """Each paper in its section. A document of the case goes in even where it is not meant for requests."""
    sections = _sections(direction, kind_of_appeal(direction, kind))
    chosen = {each.paper: each for each in choices}
    case, left_kinds = set(of_case), set(kinds_left_out)
    inside: dict[str, list[Document]] = {each.id: [] for each in sections}
    out: list[tuple[Document, WhyNot]] = []
    seen: set[str] = set()
    for each in sorted(papers, key=_by_day):
        choice = chosen.get(each.id)
        why = _why_not(each, choice, each.id in case, left_kinds)
        if why is None and each.sha256 in seen and (choice is None or not choice.goes_in):
            why = "twice"
        if why:
            out.append((each, why))
            continue
        seen.add(each.sha256)
        wanted = choice.section if choice and choice.section in inside else None
        inside[wanted or section_by_title(direction, list(inside), each.title)].append(each)
    return Arranged(tuple(replace(each, papers=tuple(inside[each.id])) for each in sections), tuple(out))


def section_by_title(direction: Mapping[str, Any], sections: Sequence[str], title: str) -> str:
    """The section, of those that there are, whose words stand in a title: the longest words decide, and nothing found means the last."""
    words = f" {' '.join(folded(title).split())} "
    found = [
        (len(phrase), -place, section["id"])
        for place, section in enumerate(direction["sections"])
        if section["id"] in sections
        for phrase in section["words"]
        if phrase in words
    ]
    return str(max(found)[2]) if found else sections[-1]


def written_goes_in(choices: Iterable[BundlePaper]) -> bool:
    """Whether what the school writes from its record is in: it is until a person leaves it out."""
    return all(each.goes_in is not False for each in choices if each.paper == WRITTEN)


def checks(
    direction: Mapping[str, Any],
    arranged: Arranged,
    today: date,
    *,
    written_pages: int = 0,
    without_text: Mapping[str, Sequence[int]] | None = None,
    hard_to_read: Mapping[str, Sequence[int]] | None = None,
    gone: Iterable[str] = (),
) -> list[BundleCheck]:
    """What to look at: limits first, then each paper in its order. ``without_text`` and ``hard_to_read`` have pages by document."""
    found = [check for each in arranged.sections for check in _over(each, written_pages if each.id == SCHOOLS_OWN else 0)]
    lost = set(gone)
    for section in arranged.sections:
        for each in section.papers:
            about = [*_about(direction, each, today)]
            about += [("no_text", len((without_text or {}).get(each.id, ()))), ("hard_to_read", len((hard_to_read or {}).get(each.id, ())))]
            about += [("gone", 1)] if each.blob in lost else []
            found += [BundleCheck(what, each, section.id, count) for what, count in about if count]
    core = arranged.sections[0]
    if not core.papers:
        found.append(BundleCheck("no_core", section=core.id))
    return found


def _sections(direction: Mapping[str, Any], kind: Mapping[str, Any]) -> list[Section]:
    own = [each for each in direction["sections"] if each["id"] in kind["limits"]]
    made = []
    for number, each in enumerate(own):
        limit = kind["limits"][each["id"]]
        made.append(
            Section(
                each["id"],
                chr(ord("A") + number),
                each["title"],
                each["hint"],
                limit["pages"],
                limit.get("pages_most"),
                each["whose"] == "party",
                limit["certainty"],
            )
        )
    return made


def _by_day(document: Document) -> tuple[date, str]:
    return document.document_on or document.added_at.date(), document.id


def _why_not(document: Document, choice: BundlePaper | None, of_case: bool, left_kinds: set[str]) -> WhyNot | None:
    if choice is not None and choice.goes_in is not None:
        return None if choice.goes_in else "left_out"
    if document.confidential:
        return "confidential"
    if document.kind in left_kinds:
        return "kind"
    return None if document.for_requests or of_case else "not_for_requests"


def _over(section: Section, more: int) -> list[BundleCheck]:
    pages, most = section.pages + more, section.limit_most or section.limit
    if pages > most:
        return [BundleCheck("pages_most", section=section.id, count=pages)]
    return [BundleCheck("pages", section=section.id, count=pages)] if pages > section.limit else []


def _about(direction: Mapping[str, Any], paper: Document, today: date) -> list[tuple[CheckKind, int]]:
    pages = paper.pages or 1
    statement = any(words in folded(paper.title) for words in direction["statement_words"])
    report = paper.kind == "report" and not statement
    old = report and paper.document_on is not None and _years_between(paper.document_on, today) >= direction["report_years"]
    found: list[tuple[CheckKind, int]] = []
    if old and paper.document_on:
        found.append(("report_old", _years_between(paper.document_on, today)))
    found.append(("report_long", pages if report and pages > direction["report_pages"] else 0))
    found.append(("statement_long", pages if statement and pages > direction["statement_pages"] else 0))
    found.append(("slip", 1 if paper.pages is None else 0))
    found.append(("undated", 0 if paper.document_on else 1))
    return found


def _years_between(first: date, then: date) -> int:
    """Whole years: three on the third anniversary's day after. A report of that very day is three years old, and not older."""
    years = then.year - first.year - ((then.month, then.day) <= (first.month, first.day))
    return max(0, years)
