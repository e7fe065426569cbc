"""Where a request leads: from a gap, or from something that it prints, to the place in the record where it is put right."""

from ui.room import Room

_TABS = {
    "pupil": "overview",
    "needs": "overview",
    "observations": "timeline",
    "cycles": "plan",
    "views": "views",
    "provision": "provision",
    "documents": "documents",
}
"""The tab of the pupil's page on which each thing stands."""


def go_to_place(room: Room, place: str, pupil: str) -> bool:
    """Opens the page for a ``fix.page`` of a form (``council_form.schema.json``); false where it is a step of the builder."""
    if place == "school":
        room.ways.go("settings", section="school")
    elif place == "timetable":
        room.ways.go("timetable", pupil=pupil)
    elif place in _TABS:
        room.ways.go("pupil", pupil=pupil, tab=_TABS[place])
    else:
        return False
    return True
