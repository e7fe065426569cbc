"""What a copy may not say because it is withheld from the evidence beside it: passages, titles, file names, names of authors."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import Any, TypeVar, cast

from sencoapp import reference
from sencoapp.domain.casework import Document
from sencoapp.domain.dates import full_date
from sencoapp.domain.people import Pupil
from sencoapp.domain.plain import texts_in
from sencoapp.domain.redaction import Redaction
from sencoapp.domain.report_marks import ReportMark
from sencoapp.domain.snapshot import EvidenceFile, PackSnapshot
from sencoapp.domain.withheld_words import Guard, Passage, guard_against, rows_of
from sencoapp.services.beginning import school
from sencoapp.services.chronology import document_kind
from sencoapp.services.ports import Record
from sencoapp.services.redactions import quotes_what_is_withheld

Plain = TypeVar("Plain")

_AUTHOR = ("author_name", "author_role", "organisation")
_NOT_OF_THE_PUPIL = ("evidence", "council", "form", "school", "request", "variant", "crest")
"""Parts of a snapshot in which no words about the pupil stand, or that are told otherwise already."""


@dataclass(frozen=True)
class Told:
    """What a person should know of a copy before it goes out."""

    renamed: tuple[str, ...] = ()
    """The letters of documents whose title, file name or author is not told."""
    passages: int = 0
    """How many places of what the school wrote say that words are withheld."""
    names: tuple[str, ...] = ()
    """Single words that are withheld from a document and still stand in what the school wrote."""
    unread: tuple[str, ...] = ()
    """The letters of documents with a mark over a picture: nobody knows which words it withholds, so nothing is held against them."""


def marks_for(record: Record, pupil: str, variant: str) -> list[Redaction]:
    """The marks on a pupil's documents that hold for a reader."""
    return [each for each in record.find(Redaction, pupil=pupil) if each.holds_for(variant)]


def guard_for(record: Record, pupil: str, variant: str) -> Guard:
    """What must not be said to a reader: the words beneath the marks, whoever quoted them, and what was quoted from there."""
    marks = marks_for(record, pupil, variant)
    if not marks:
        return Guard()
    passages = [Passage(each.words_beneath, each.document) for each in marks if each.words_beneath]
    quotes = [each for each in record.find(ReportMark, pupil=pupil) if quotes_what_is_withheld(record, each, variant)]
    passages += [Passage(each.quote, each.document, quoted=True) for each in quotes]
    person = record.get_hidden(Pupil, pupil)
    own = [school(record).name, *((person.name, person.legal_name) if person else ())]
    return guard_against(passages, known=own, plain=reference.data("packs", "plain_words.json")["words"])


def without_withheld(record: Record, pupil: str, variant: str, value: Plain) -> Plain:
    """A plain value with a note in the place of every passage that a variant does not show: advice that was made of one, or an answer
    that quotes one, would give the words away."""
    guard = guard_for(record, pupil, variant)
    if not guard:
        return value
    return cast(Plain, _without(guard, value, _told_elsewhere(record, pupil, guard)))


def guarded(record: Record, pupil: str, variant: str, snapshot: PackSnapshot) -> PackSnapshot:
    """The snapshot without what is withheld from the variant, and with other names for documents whose own would tell it."""
    guard = guard_for(record, pupil, variant)
    if not guard:
        return snapshot
    files = [_told_as(guard, each) for each in snapshot["evidence"]]
    rest: Any = {name: value for name, value in snapshot.items() if name != "evidence"}
    other = _told_elsewhere(record, pupil, guard)
    for before, after in zip(snapshot["evidence"], files, strict=True):
        other |= {before[name]: after[name] for name in ("title", "filename") if before[name] != after[name]}
    return cast(PackSnapshot, {**_without(guard, rest, other), "evidence": files})


def _told_elsewhere(record: Record, pupil: str, guard: Guard) -> dict[str, str]:
    """The titles of documents that would tell what is withheld, and what is said in their place where they are not bound."""
    titles = {each.title for each in record.find(Document, pupil=pupil) if guard.tells(each.title, each.id)}
    return dict.fromkeys(titles, reference.say("requests.title_elsewhere"))


def _without(guard: Guard, value: Any, names: Mapping[str, str]) -> Any:
    for before in sorted(names, key=len, reverse=True):
        value = rows_of([before]).without(value, names[before])
    return guard.without(value, reference.say("requests.passage_withheld"))


def told_of(record: Record, pupil: str, variant: str, snapshot: PackSnapshot) -> Told:
    """What is told otherwise in a copy, and what a person has to look through, of a snapshot that is guarded already."""
    marks, guard = marks_for(record, pupil, variant), guard_for(record, pupil, variant)
    if not marks:
        return Told()
    silent = {each.document for each in marks if each.words_beneath is None}
    notes = (reference.say("requests.passage_withheld"), reference.say("requests.statement_withheld"))
    texts = [text for name, part in snapshot.items() if name not in _NOT_OF_THE_PUPIL for text in texts_in(part)]
    names = {found for text in texts for found in guard.names_in(text)}
    renamed = tuple(each["letter"] for each in snapshot["evidence"] if each.get("told_otherwise"))
    unread = tuple(each["letter"] for each in snapshot["evidence"] if each["id"] in silent)
    return Told(renamed, sum(text.count(note) for text in texts for note in notes), tuple(sorted(names)), unread)


def told_words(told: Told) -> list[str]:
    """A sentence for each thing that a person should know of a copy; none where nothing is withheld."""
    lines = []
    if told.renamed:
        key = "told_renamed_one" if len(told.renamed) == 1 else "told_renamed"
        lines.append(reference.say(f"withhold.{key}", letters=", ".join(told.renamed)))
    if told.passages:
        lines.append(reference.say("withhold.told_passages_one" if told.passages == 1 else "withhold.told_passages", count=told.passages))
    if told.unread:
        key = "told_unread_one" if len(told.unread) == 1 else "told_unread"
        lines.append(reference.say(f"withhold.{key}", letters=", ".join(told.unread)))
    if told.names:
        lines.append(reference.say("withhold.told_names", names="; ".join(told.names)))
    return lines


def _told_as(guard: Guard, file: EvidenceFile) -> EvidenceFile:
    told: dict[str, Any] = dict(file)
    if guard.tells(file["title"], file["id"]):
        told["title"] = _neutral_title(file)
    if guard.tells(file["filename"], file["id"], one_word=True):
        told["filename"] = reference.say("requests.filename_withheld", letter=file["letter"]) + PurePath(file["filename"]).suffix
    if any(guard.tells(told[name] or "", file["id"]) for name in _AUTHOR):
        told |= {"author_name": reference.say("requests.author_withheld"), "author_role": None, "organisation": None}
    return file if told == file else cast(EvidenceFile, {**told, "told_otherwise": True})


def _neutral_title(file: EvidenceFile) -> str:
    """ "Document B: report, 3 March 2026 (its title is withheld)"."""
    kind = document_kind(file["kind"]).lower()
    on = full_date(date.fromisoformat(file["document_on"])) if file["document_on"] else ""
    return reference.say("requests.title_withheld", letter=file["letter"], what=", ".join(filter(None, (kind, on))))
