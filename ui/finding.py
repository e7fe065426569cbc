"""What the palette finds in the record. Runs on the record's thread."""

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.dates import full_date
from sencoapp.domain.words import shortened
from sencoapp.services.pupils import find_pupils
from sencoapp.services.today import place_words
from ui.page import Place
from ui.widgets import Suggestion

_MOST_PUPILS = 6
_MOST_NOTES = 5
_MOST_LETTERS = 80


def pupils_found(place: Workplace, text: str) -> list[Suggestion]:
    """Pupils whose name or UPN has words that begin so."""
    rows = find_pupils(place.session.record, text, limit=_MOST_PUPILS)
    return [
        Suggestion(
            each.id,
            each.name,
            " · ".join(filter(None, (place_words(each.year, each.reg_group), reference.codes("SENprovision").get(each.status)))),
            icon="users-round",
            carries=Place("pupil", {"pupil": each.id}),
        )
        for each in rows
    ]


def notes_found(place: Workplace, text: str) -> list[Suggestion]:
    """Observations that hold these words; each leads to the pupil's timeline."""
    found = place.session.record.find_notes(text, limit=_MOST_NOTES)
    return [
        Suggestion(
            each.id,
            shortened(each.text, _MOST_LETTERS),
            f"{each.pupil_name} · {full_date(each.happened_on)}",
            icon="notebook-pen",
            carries=Place("pupil", {"pupil": each.pupil, "tab": "timeline"}),
        )
        for each in found
    ]
