"""The words that a person's spell-check knows beside the dictionary: their own, and the names in the record."""

from collections.abc import Sequence

from sencoapp.domain.people import Pupil, StaffMember
from sencoapp.domain.refusals import Refusal
from sencoapp.services.ports import Session

_SETTING = "spelling.words"
MOST_WORDS = 2_000
_LONGEST = 60


def own_words(session: Session) -> list[str]:
    """The personal dictionary of this profile, in the order of the alphabet. It is kept in the encrypted record."""
    return sorted(session.record.setting(_SETTING) or (), key=str.casefold)


def add_word(session: Session, word: str) -> list[str]:
    """Keeps a word; one that is there stays. Returns the dictionary. Raises ``Refusal``: ``word_is_none``, ``too_many_words``."""
    plain = word.strip()
    if not plain or len(plain) > _LONGEST or len(plain.split()) != 1:
        raise Refusal("word_is_none", field="word")
    words = own_words(session)
    if plain in words:
        return words
    if len(words) >= MOST_WORDS:
        raise Refusal("too_many_words", field="word", most=MOST_WORDS)
    session.record.set_setting(_SETTING, [*words, plain])
    return own_words(session)


def remove_word(session: Session, word: str) -> list[str]:
    session.record.set_setting(_SETTING, [each for each in own_words(session) if each != word])
    return own_words(session)


def names_known(session: Session) -> Sequence[str]:
    """The parts of the names of pupils and staff that this person sees: they are no mistakes."""
    record = session.record
    names = [each.name for each in record.find(StaffMember)]
    for pupil in record.find(Pupil):
        names += [pupil.name, pupil.legal_name]
    return sorted({part for name in names for part in name.replace("-", " ").split()})
