"""A pupil's needs: the DfE types in their rank, what the census would say of them, and those that ended."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sencoapp import reference
from sencoapp.domain.census import CensusWarning
from sencoapp.domain.dates import full_date
from sencoapp.domain.people import Pupil, SenNeed
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import Refusal
from sencoapp.services import pupils
from sencoapp.services.permissions import may_save
from sencoapp.services.ports import Session
from ui.pages.ask_form import Ask, AskRow, asked_of
from ui.pages.entry_panel import EntryPanel, Line
from ui.pages.pupil_words import area_of, joined, need_words
from ui.pages.record_sheet import Entry, Removal, open_entry
from ui.room import Room
from ui.widgets import Notice, area_words, clear, col, holder

say = reference.say

_RANKS = 4


class NeedsPanel(EntryPanel):
    """Primary first, then those that ended. A need that no longer stands is ended, never thrown away."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._pupil: Pupil | None = None
        self._today = date.max
        self._position = 0
        self._count = 0
        self._needs: dict[str, SenNeed] = {}
        self._warned = col(gap=6)
        super().__init__(say("pupil.needs"), say("pupil.add_need"), self.open_sheet, say("pupil.no_needs"), self._act)
        actor = room.place.session.actor
        self.allow(add=may_save(actor, SenNeed), act=may_save(actor, SenNeed, "change"))
        self._warnings = holder(self._warned)
        layout = self.layout()
        assert layout is not None
        layout.addWidget(self._warnings)

    def show_needs(
        self,
        pupil: Pupil,
        needs: Sequence[SenNeed],
        ended: Sequence[SenNeed],
        warnings: Sequence[CensusWarning],
        today: date,
        position: int,
    ) -> None:
        self._pupil, self._today, self._position, self._count = pupil, today, position, len(needs)
        self._needs = {each.id: each for each in (*needs, *ended)}
        self.show_lines([*(_line(each, today) for each in needs), *(_line(each, today) for each in ended)])
        clear(self._warned)
        for each in warnings:
            number = say("pupil.census_check", number=each.number) if each.number else say("pupil.census_hint")
            self._warned.addWidget(Notice("warning", f"{number} {each.sentence}"))
        self._warnings.setVisible(bool(warnings))

    def open_sheet(self) -> None:
        """A further need."""
        pupil = self._pupil
        if pupil is None:
            return
        entry = Entry(
            title=say("pupil.need_of", name=pupil.name),
            save_words=say("pupil.save_need"),
            rows=self._asks(_rows(ends=False)),
            values={"rank": str(min(self._count + 1, _RANKS)), "starts_on": self._today},
            draft=f"need.{pupil.id}",
            write=lambda session, values: _add(session, pupil.id, values),
            said=lambda values: say("pupil.need_saved", need=need_words(values["sen_type"])),
        )
        open_entry(self._room, self, entry, self._today)

    def _asks(self, rows: list[AskRow]) -> list[AskRow]:
        """A description of a need is not the office's to write."""
        return asked_of(self._room.place.session.actor, SenNeed, rows)

    def _act(self, action: str, key: str) -> None:
        if action == "end":
            self._end(self._needs[key])
        else:
            self._change(self._needs[key])

    def _change(self, need: SenNeed) -> None:
        position, words = self._position, need_words(need.sen_type)
        entry = Entry(
            title=words,
            save_words=say("people_page.save"),
            rows=self._asks(_rows(ends=True, ranks=max(_RANKS, need.rank))),
            values={name: getattr(need, name) for name in ("sen_type", "rank", "starts_on", "ends_on", "description")},
            draft=f"need.{need.id}",
            past=("sen_need", need.id),
            write=lambda session, values: pupils.change_need(session, need, _changed(need, values), as_of=position),
            said=lambda _: say("people_page.saved", what=words),
            remove=Removal(
                say("people_page.entered_by_mistake"),
                say("people_page.removed", what=words),
                lambda session: pupils.remove_need(session, need.id),
            ),
        )
        open_entry(self._room, self, entry, self._today)

    def _end(self, need: SenNeed) -> None:
        today, words = self._today, need_words(need.sen_type)

        def told(saved: Saved) -> None:
            self._room.ways.toast(say("pupil.need_ended", need=words), saved)

        self._room.do(self, lambda place: pupils.end_need(place.session, need.id, today), told)


def _rows(*, ends: bool, ranks: int = _RANKS) -> list[AskRow]:
    types = [("", say("pupil.choose_need")), *reference.codes("SENtype").items()]
    words = [say(f"pupil.rank_{each}") for each in range(1, _RANKS + 1)]
    ranked = [(str(rank), words[rank - 1] if rank <= _RANKS else say("pupil.rank", rank=rank)) for rank in range(1, ranks + 1)]
    since = Ask("starts_on", say("pupil.since_label"), "day", what=say("pupil.need_day"), towards="past")
    until = Ask("ends_on", say("pupil.until_label"), "day", what=say("pupil.need_end_day"), optional=True)
    rank = Ask("rank", say("pupil.rank_label"), "choice", ranked)
    description = Ask("description", say("pupil.need_description"), "words", hint=say("pupil.need_hint"), optional=True)
    first = Ask("sen_type", say("pupil.need"), "choice", types)
    return [first, rank, (since, until), description] if ends else [first, (rank, since), description]


def _line(need: SenNeed, today: date) -> Line:
    dates = joined(
        say("pupil.rank", rank=need.rank) if need.rank > 1 else say("pupil.primary"),
        say("pupil.since", date=full_date(need.starts_on)) if need.starts_on else "",
        say("pupil.until", date=full_date(need.ends_on)) if need.ends_on else "",
    )
    area = area_of(need.sen_type)
    over = bool(need.ends_on and need.ends_on < today)
    chip = ("plain", say("pupil.need_over")) if over else (area, area_words(area)) if area else None
    actions = [("change", say("people_page.change"))]
    if not need.ends_on:
        actions.append(("end", say("pupil.end_need")))
    return Line(need.id, need_words(need.sen_type), dates, need.description or "", chip, tuple(actions))  # type: ignore[arg-type]


def _add(session: Session, pupil: str, values: Mapping[str, Any]) -> Saved:
    if not values["sen_type"]:
        raise Refusal("need_not_chosen", field="sen_type")
    return pupils.add_need(
        session, pupil, values["sen_type"], rank=int(values["rank"]), starts_on=values["starts_on"], description=values.get("description")
    )


def _changed(need: SenNeed, values: Mapping[str, Any]) -> SenNeed:
    if not values["sen_type"]:
        raise Refusal("need_not_chosen", field="sen_type")
    return replace(need, **{**values, "rank": int(values["rank"])})
