"""What would be forgotten: forms that were left with something typed in them, and what was removed."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.record import Saved
from sencoapp.services.drafts import KeptDraft, kept_drafts
from sencoapp.services.history import Deleted, bring_back, recently_deleted
from sencoapp.services.permissions import may
from sencoapp.services.record_words import kind_words
from ui.dates import clock, nearby
from ui.pages.draft_places import go_to_draft, leads_somewhere
from ui.pages.pupil_words import breakable, joined
from ui.room import Room
from ui.widgets import STRETCH, Button, Text, clear, col, heading, holder, note, panel, row

_NAMES_SHOWN = 3
AT_ONCE = 30


class KeptPart(QWidget):
    """Drafts above, removed things below; each with the way back to it."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room
        self._deleted: list[Deleted] = []
        self._most = AT_ONCE
        self._drafts, self._removed = col(gap=8), col(gap=8)
        self._no_drafts = Text(reference.say("history.no_drafts"), "body", "muted", wrap=True)
        self._nothing = Text(reference.say("history.nothing_removed"), "body", "muted", wrap=True)
        self.more = Button(reference.say("history.more"), press=self._show_more)
        drafts = panel(
            heading(reference.say("history.drafts")),
            Text(reference.say("history.drafts_why"), "ui", "muted", wrap=True),
            self._no_drafts,
            holder(self._drafts),
            gap=10,
            margins=20,
        )
        removed = panel(
            heading(reference.say("history.recently_deleted")),
            Text(reference.say("history.deleted_why"), "ui", "muted", wrap=True),
            self._nothing,
            holder(self._removed),
            row(self.more, STRETCH),
            gap=10,
            margins=20,
        )
        self.setLayout(col(drafts, removed, gap=16))

    def ask(self) -> None:
        self.room.ask(self, _read, lambda found: self._show(*found), replace="kept")

    def _show(self, drafts: Sequence[KeptDraft], deleted: list[Deleted]) -> None:
        clear(self._drafts)
        for each in drafts:
            self._drafts.addWidget(self._draft_row(each))
        self._no_drafts.setVisible(not drafts)
        self._deleted = deleted
        self._show_removed()

    def _show_more(self) -> None:
        self._most += AT_ONCE
        self._show_removed()

    def _show_removed(self) -> None:
        clear(self._removed)
        for each in self._deleted[: self._most]:
            self._removed.addWidget(self._deleted_row(each))
        self._nothing.setVisible(not self._deleted)
        self.more.setVisible(len(self._deleted) > self._most)

    def _draft_row(self, draft: KeptDraft) -> QWidget:
        when = self._when(draft.kept_at)
        go_name = reference.say("history.go_to_draft_named", what=draft.about)
        go = Button(reference.say("history.go_to_draft"), name=go_name, press=lambda: self._go(draft))
        discard = Button(
            reference.say("history.discard"),
            "quiet",
            name=reference.say("history.discard_named", what=draft.about),
            press=lambda: self._discard(draft),
        )
        words = col(Text(breakable(draft.about), "ui", weight=600, wrap=True), note(breakable(draft.words), wrap=True), note(when), gap=2)
        return panel(row((words, 1), go if leads_somewhere(draft) else None, discard, gap=8), kind="sunken")

    def _deleted_row(self, deleted: Deleted) -> QWidget:
        names = list(deleted.names[:_NAMES_SHOWN])
        rest = Counter(deleted.kinds[_NAMES_SHOWN:])
        if rest:
            counts = (reference.say("history.counted", kind=kind_words(kind), count=f"{count:,}") for kind, count in rest.items())
            names.append(reference.say("history.and_more", counts=", ".join(counts)))
        back = Button(
            reference.say("history.bring_back"),
            name=reference.say("history.bring_back_named", what=deleted.names[0]),
            press=lambda: self._bring_back(deleted),
        )
        whole = self._whole_button(deleted) if deleted.pupil else None
        lines = [Text(breakable(each), "ui", weight=500, wrap=True) for each in names]
        who = note(joined(reference.say("history.removed_by", name=deleted.by_name), self._when(deleted.at)), wrap=True)
        if not deleted.may_return:
            return panel(col(*lines, who, note(reference.say("history.ask_for_it"), wrap=True), gap=2), kind="sunken")
        return panel(row((col(*lines, who, gap=2), 1), back, whole, gap=8), kind="sunken")

    def _whole_button(self, deleted: Deleted) -> QWidget | None:
        """A pupil who was taken out of the lists is kept, or erased, like any other."""
        if not may(self.room.place.session.actor, "erase"):
            return None
        name = reference.say("history.keep_or_erase_named", what=deleted.names[0])
        return Button(
            reference.say("history.keep_or_erase"), "quiet", name=name, press=lambda: self.room.ways.go("leaving", pupil=deleted.pupil)
        )

    def _when(self, at: datetime) -> str:
        return f"{nearby(at.astimezone().date(), self.room.app.clock.today())}, {clock(at)}"

    def _go(self, draft: KeptDraft) -> None:
        go_to_draft(self.room, self, draft)

    def _discard(self, draft: KeptDraft) -> None:
        self.room.ask(self, lambda place: place.session.record.drop_draft(draft.form), lambda _: self.ask())

    def _bring_back(self, deleted: Deleted) -> None:
        def done(saved: Saved) -> None:
            self.room.ways.toast(reference.say("history.brought_back", what=deleted.names[0]), saved)

        self.room.do(self, lambda place: bring_back(place.session, deleted.save), done)


def _read(place: Workplace) -> tuple[list[KeptDraft], list[Deleted]]:
    record = place.session.record
    return kept_drafts(record), recently_deleted(record)
