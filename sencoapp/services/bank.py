"""Finding in the bank of outcomes and strategies, and keeping in it what works in this school."""

from dataclasses import replace

from sencoapp import reference
from sencoapp.domain.bank import NAME, BankEntry, BankKind, BankLine
from sencoapp.domain.people import Area, Pupil
from sencoapp.domain.record import New, Remove, Saved
from sencoapp.domain.refusals import Refusal
from sencoapp.domain.renaming import Called, Renamed, renamed
from sencoapp.domain.words import search_words, typed_words
from sencoapp.services.changes import filled, must_get
from sencoapp.services.copying_plans import called
from sencoapp.services.ports import Record, Session

_PARTS: tuple[tuple[BankKind, str], ...] = (("outcome", "outcomes"), ("strategy", "strategies"))


def bank_lines(record: Record, kind: BankKind, *, area: Area | None = None, text: str = "") -> list[BankLine]:
    """What the bank has: the school's own first, then what is shipped; found by the beginnings of its words."""
    own = [BankLine(each.id, each.kind, each.text, each.area, each.measure, own=True) for each in record.find(BankEntry, kind=kind)]
    typed = typed_words(text)
    return [
        each
        for each in (*reversed(own), *shipped(kind))
        if area in (None, each.area) and all(any(word.startswith(one) for word in _words_of(each)) for one in typed)
    ]


def shipped(kind: BankKind) -> list[BankLine]:
    """What comes with the program, in the order of the areas."""
    part = dict(_PARTS)[kind]
    return [
        BankLine(each["id"], kind, each["text"], bank["area"], each.get("measure"), own=False)
        for bank in reference.banks()
        for each in bank[part]
    ]


def for_the_bank(pupil: Pupil, text: str) -> Renamed:
    """The words without the pupil: the name becomes ``{name}``, and pronouns are named as doubts, to be written otherwise."""
    nobody = Called((NAME,), (NAME,), None)
    return renamed(text, replace(called(pupil), sex=None), nobody, reference.name_rules())


def keep_in_bank(session: Session, kind: BankKind, text: str, *, area: Area | None = None, measure: str | None = None) -> Saved:
    """Keeps words in the school's own bank, where every plan can take them from.

    Raises ``Refusal``: ``bank_needs_words``, ``bank_has_it``.
    """
    words = filled(text)
    if words is None:
        raise Refusal("bank_needs_words", field="text")
    if any(search_words(each.text) == search_words(words) for each in bank_lines(session.record, kind)):
        raise Refusal("bank_has_it", field="text")
    entry = BankEntry(session.ids.new(), kind, words, area, filled(measure))
    return session.record.save([New(entry)], action="keep_in_bank", actor=session.actor)


def take_out_of_bank(session: Session, entry: str) -> Saved:
    """Takes one of the school's own lines out. Raises ``Refusal("no_longer_there")``."""
    must_get(session.record, BankEntry, entry)
    return session.record.save([Remove(BankEntry, entry)], action="take_out_of_bank", actor=session.actor)


def _words_of(line: BankLine) -> list[str]:
    return list(search_words(f"{line.text} {line.measure or ''}"))
