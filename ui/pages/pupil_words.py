"""Pupils in words, as several pages say them."""

import re
import textwrap
from datetime import date

from sencoapp import reference
from sencoapp.domain.dates import full_date
from sencoapp.services.ports import RegisterRow
from sencoapp.services.today import place_words
from ui.widgets import Pick

_MOST_LETTERS = 24
_LONG = re.compile(rf"\S{{{_MOST_LETTERS + 1},}}")


def pick(found: RegisterRow) -> Pick:
    """A pupil for the picker, with what tells two of one name apart."""
    return Pick(found.id, found.name, place_words(found.year, found.reg_group))


def born_words(day: date | None) -> str:
    """ "born 19 May 2018", or nothing."""
    return reference.say("pupil.born", date=full_date(day)) if day else ""


def breakable(words: str) -> str:
    """The words with places to break where one of them is longer than any line: an address of the web, a slip of the keyboard."""
    return _LONG.sub(lambda found: "\u200b".join(textwrap.wrap(found[0], _MOST_LETTERS)), words)


def joined(*parts: str) -> str:
    """The parts that are there, with a dot between them."""
    return " · ".join(part for part in parts if part)


def need_words(sen_type: str | None) -> str:
    """The DfE's words for a SEN type; the code itself where it is not known."""
    return reference.codes("SENtype").get(sen_type or "", sen_type or "")


def area_of(sen_type: str | None) -> str:
    """The broad area of a SEN type (Code of Practice 6.28 to 6.35), or nothing."""
    return reference.codes("SENtype_area").get(sen_type or "", "")
