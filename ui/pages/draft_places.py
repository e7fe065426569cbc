"""Where a form stands that was left half typed, and how it is opened again with what was typed in it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from sencoapp.services.drafts import KeptDraft
from sencoapp.services.observations import DRAFT as NEW_NOTE
from ui.pages.pupil import PupilPage
from ui.pages.register_add import open_add_pupil
from ui.room import Room
from ui.shell import Shell

_NEW_PUPIL = "new_pupil"
_OWN_FORM = "own_form"
_SECTIONS = {"school_details": "school", "staff_rate": "rates", "staff": "people"}
_TABS = {
    **dict.fromkeys(("contact", "letter"), "contacts"),
    **dict.fromkeys(("professional", "involvement", "report", "recommendation"), "contacts"),
    **dict.fromkeys(("start_cycle", "outcome_form", "review_date", "tie"), "plan"),
    **dict.fromkeys(("provision_form", "end_place"), "provision"),
    **dict.fromkeys(("document", "copy", "mark"), "documents"),
    **dict.fromkeys(("diagnosis", "prior_school", "attendance_year", "suspension"), "background"),
    "view": "views",
    **dict.fromkeys(("own_form_words", "request", "sentence"), "requests"),
}
"""The tab of the pupil's page, by the name that a form's draft begins with; all others are on the overview."""
_WORKING_WITH = ("professional", "involvement", "report", "recommendation")
_OPENS: dict[str, Callable[[Any], None]] = {
    "status": lambda tab: tab.status.open_sheet(),
    "need": lambda tab: tab.needs.open_sheet(),
    "flags": lambda tab: tab.flags.open_sheet(),
    "numbers": lambda tab: tab.facts.open_sheet(),
    "contact": lambda tab: tab.contacts.open_sheet(),
}
"""The form itself, on a tab that has shown its pupil, where the draft is the pupil's own and not of a thing that is there already."""


def leads_somewhere(draft: KeptDraft) -> bool:
    """Whether the form of a draft can be gone to."""
    return draft.form in (NEW_NOTE, _NEW_PUPIL) or _name(draft) in (*_SECTIONS, _OWN_FORM) or draft.pupil is not None


def go_to_draft(room: Room, owner: QWidget, draft: KeptDraft) -> None:
    """Opens the form with what was typed in it; where it is one of several on its page, the page."""
    name = _name(draft)
    if draft.form == NEW_NOTE:
        room.ways.new_observation()
    elif draft.form == _NEW_PUPIL:
        room.ways.go("pupils")
        open_add_pupil(room, owner)
    elif name == _OWN_FORM:
        room.ways.go("own_forms", own_form=draft.form.partition(".")[2])
    elif name in _SECTIONS:
        room.ways.go("settings", section=_SECTIONS[name])
    else:
        part = "professionals" if name in _WORKING_WITH else "contacts"
        tab = _TABS.get(name, "overview")
        room.ways.go("pupil", pupil=draft.pupil, tab=tab, **({"part": part} if tab == "contacts" else {}))
        if name in _OPENS and draft.form == f"{name}.{draft.pupil}":
            # Asked after what the tab has asked: by then it has been answered, and shown.
            room.ask(owner, lambda _: None, lambda _: _open_on(owner.window(), tab, name))


def _open_on(window: QWidget, tab: str, name: str) -> None:
    page = window.current_page() if isinstance(window, Shell) else None
    if isinstance(page, PupilPage):
        _OPENS[name](page.tab(tab))


def _name(draft: KeptDraft) -> str:
    return draft.form.partition(".")[0]
