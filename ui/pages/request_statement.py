"""The statement of a request: what the record would say, what a person has made of it, and what is new since."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QWidget

from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage
from sencoapp.domain.statement import HEADINGS, Drafted, Heading, HeadingShown, SentenceShown, Source
from sencoapp.reference import explain, say
from sencoapp.services import statement as services
from sencoapp.services.pack_variants import variants
from sencoapp.services.ports import Session
from ui.pages.ask_form import Ask
from ui.pages.keyed import KeyedColumn
from ui.pages.pupil_words import breakable
from ui.pages.reading_column import ReadingColumn
from ui.pages.record_sheet import Entry, Removal, open_entry
from ui.pages.request_content import RequestContent
from ui.room import Room
from ui.widgets import STRETCH, Button, Notice, Scroll, Surface, Text, col, flow, heading, holder, note, row, title

Kept = tuple[SentenceShown, bool, str]
"""A kept sentence, whether it can be changed, and in whose packs a note stands in the place of words that it quotes."""


class StatementPane(QWidget):
    """One panel a heading of the SEND Code of Practice 2015, 9.14. Every sentence names what it rests on and leads there."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room
        self.content: RequestContent | None = None
        self._owner = note("", wrap=True)
        self.take = Button("", "primary", icon="check", press=lambda: self.do(self._take_all, say("statement.taken_over")))
        self._new = Notice("info", "")
        self._draft_note = Text(say("statement.draft_note"), "ui", wrap=True)
        self.parts = {each: HeadingPanel(self, each) for each in HEADINGS}
        head = (title(say("statement.title")), note(say("statement.note"), wrap=True), self._owner, self._draft_note, self._new)
        column = col(*head, row(self.take, STRETCH), *self.parts.values(), STRETCH, gap=12, margins=(24, 16, 24, 16))
        self.pane = Scroll(ReadingColumn(column), say("statement.title"))
        self.setLayout(col(self.pane, gap=0))
        for each in (self._new, self._owner):
            each.hide()

    def show_content(self, content: RequestContent) -> None:
        """Shows the statement of a request as it stands."""
        self.content = content
        page, open_ = content.statement, content.is_open
        self._owner.setText(say("statement.owned", owner=page.owner))
        self._owner.setVisible(bool(page.owner))
        self._draft_note.setVisible(page.kept == 0 and page.new > 0)
        told = _told(page.new if page.kept else 0, page.changed)
        if told and told != self._new.accessibleName():
            self._new.say(told)
        self._new.setVisible(bool(told))
        self.take.setText(say("statement.take_new" if page.kept else "statement.take_all", count=page.new))
        self.take.setAccessibleName(self.take.text())
        self.take.setVisible(page.new > 0 and open_)
        for each in page.headings:
            self.parts[each.heading].show_heading(each, open_=open_, withheld=page.withheld)

    def do(self, deed: Callable[[Session], Saved], words: str) -> None:
        """Saves, and says so with an Undo."""
        self.room.do(self, lambda place: deed(place.session), lambda saved: self.room.ways.toast(words, saved), self._refused)

    def go_to_source(self, source: Source) -> None:
        """Opens the place of the record that a sentence rests on."""
        if self.content is not None:
            where = {"document": source.document, "page": source.page} if source.document else {}
            self.room.ways.go("pupil", pupil=self.content.request.pupil, tab=source.tab, **where)

    def edit(self, shown: SentenceShown) -> None:
        """Opens a sentence for writing."""
        sentence, position = shown.sentence, self.content.statement.position if self.content else 0
        own = Removal(
            say("statement.take_away"), say("statement.taken_away"), lambda session: services.remove_sentence(session, sentence.id)
        )
        self._open(
            Entry(
                title=say("statement.sentence"),
                save_words=say("statement.keep"),
                rows=[Ask("text", say("statement.sentence"), "words", lines=7, hint=_rests_on(shown))],
                values={"text": sentence.text},
                draft=f"sentence.{sentence.id}",
                write=lambda session, values: services.write_sentence(session, sentence.id, str(values["text"] or ""), as_of=position),
                said=lambda _: say("statement.kept"),
                past=("statement_sentence", sentence.id),
                remove=own if shown.state == "own" else None,
            )
        )

    def add(self, part: Heading) -> None:
        """Opens a sheet for a sentence of one's own."""
        if self.content is None:
            return
        request = self.content.request.id
        self._open(
            Entry(
                title=say("statement.add_to", heading=say(f"requests.heading_{part}")),
                save_words=say("statement.keep"),
                rows=[Ask("text", say("statement.sentence"), "words", lines=7)],
                values={},
                draft=f"sentence.{request}.{part}",
                write=lambda session, values: services.add_sentence(session, request, part, str(values["text"] or ""))[1],
                said=lambda _: say("statement.kept"),
            )
        )

    def _open(self, entry: Entry) -> None:
        assert self.content is not None
        open_entry(self.room, self, entry, self.content.today)

    def _take_all(self, session: Session) -> Saved:
        assert self.content is not None
        return services.take_over(session, self.content.request.id)

    def _refused(self, message: PlainMessage) -> None:
        self.room.ways.toast(explain(message))


class HeadingPanel(Surface):
    """One heading: the sentences that are kept, then what the record has besides, then what was left out."""

    def __init__(self, pane: StatementPane, part: Heading) -> None:
        self._pane, self.part = pane, part
        self.add = Button(say("statement.add"), "link", icon="plus", press=lambda: pane.add(part))
        self.add.setAccessibleName(say("statement.add_to", heading=say(f"requests.heading_{part}")))
        self._nothing = Text(say("statement.nothing"), "ui", "muted", wrap=True)
        self.kept: KeyedColumn[Kept, KeptRow] = KeyedColumn(lambda value: KeptRow(pane, value), KeptRow.show_sentence, gap=14)
        self._new_head = Text("", "ui", weight=600, wrap=True)
        self.new: KeyedColumn[tuple[Drafted, bool], NewRow] = KeyedColumn(lambda value: NewRow(pane, value), NewRow.show_draft, gap=14)
        self._out_head = Text(say("statement.left_out"), "ui", weight=600, wrap=True)
        self.out: KeyedColumn[Kept, KeptRow] = KeyedColumn(lambda value: KeptRow(pane, value), KeptRow.show_sentence, gap=14)
        words = heading(say(f"requests.heading_{part}"))
        words.setWordWrap(True)
        column = col(
            row((words, 1), self.add, gap=8), self._nothing, self.kept, self._new_head, self.new, self._out_head, self.out,
            gap=10, margins=16,
        )  # fmt: skip
        super().__init__("panel", column)
        self.setAccessibleName(say(f"requests.heading_{part}"))

    def show_heading(self, shown: HeadingShown, *, open_: bool, withheld: Mapping[str, Sequence[str]]) -> None:
        self.add.setVisible(open_)
        ids = [each.sentence.id for each in shown.kept]
        told = {id: _withheld_words(withheld[id]) if id in withheld else "" for id in ids}
        self.kept.show_things((each.sentence.id, (each, open_, told[each.sentence.id])) for each in shown.kept)
        self.new.show_things((each.key, (each, open_)) for each in shown.new)
        self.out.show_things((each.sentence.id, (each, open_, "")) for each in shown.left_out)
        began = bool(shown.kept or shown.left_out)
        self._new_head.setText(say("statement.new_here" if began else "statement.draft_here"))
        self._new_head.setVisible(bool(shown.new))
        self._out_head.setVisible(bool(shown.left_out))
        self._nothing.setVisible(not (shown.kept or shown.new or shown.left_out))


class _Row(QWidget):
    """A sentence, and below it in quiet what it rests on and what can be done."""

    def __init__(self, pane: StatementPane) -> None:
        super().__init__()
        self._pane = pane
        self._source: Source | None = None
        self._text = Text("", "body", wrap=True, selectable=True)
        self.source = Button("", "link", icon="link", press=self._go_to_source)

    def _go_to_source(self) -> None:
        if self._source is not None:
            self._pane.go_to_source(self._source)

    def _say_source(self, words: str, source: Source | None, text: str) -> None:
        self._source = source
        self.source.setText(breakable(words[:1].upper() + words[1:]))
        self.source.setAccessibleName(say("statement.open_source", source=words, sentence=text))
        self.source.setVisible(source is not None)

    def _button(self, key: str, press: Callable[[], object], icon: str = "") -> Button:
        return Button(say(f"statement.{key}"), "link", icon=icon, press=press)

    def _name(self, text: str, *buttons: Button) -> None:
        for each in buttons:
            each.setAccessibleName(f"{each.text()}: {text}")


class KeptRow(_Row):
    """A sentence that somebody owns."""

    def __init__(self, pane: StatementPane, value: Kept) -> None:
        super().__init__(pane)
        self._shown = value[0]
        self.withheld = Text("", "ui", "warning", wrap=True)
        self._state = note("", wrap=True)
        self._record = Text("", "ui", "muted", wrap=True, selectable=True)
        self.edit = self._button("edit", lambda: pane.edit(self._shown))
        self.leave = self._button("leave_out", lambda: self._set_aside(aside=True))
        self.back = self._button("bring_back", lambda: self._set_aside(aside=False))
        self.up = self._button("up", lambda: self._move(-1))
        self.down = self._button("down", lambda: self._move(1))
        self.follow = self._button("follow_record", lambda: self._do(services.follow_record, "statement.follows"))
        self.mine = self._button("keep_mine", lambda: self._do(services.keep_mine, "statement.kept"))
        choice = flow(self.follow, self.mine, gap=14)
        self._choice = holder(col(self._record, choice, gap=2))
        deeds = flow(self.source, self.edit, self.leave, self.back, self.up, self.down, gap=14)
        self.setLayout(col(self._text, self.withheld, self._state, self._choice, deeds, gap=2))
        self.show_sentence(value)

    def show_sentence(self, value: Kept) -> None:
        self._shown, open_, withheld = value
        self.withheld.setText(withheld)
        self.withheld.setVisible(bool(withheld))
        shown, sentence = value[0], value[0].sentence
        self._text.setText(breakable(sentence.text))
        source = shown.drafted.source if shown.drafted else None
        self._say_source(source.words if source else "", source, sentence.text)
        self._state.setText(say(f"statement.state_{shown.state}"))
        self._state.setVisible(shown.state != "as_drafted")
        changed = shown.state == "record_changed" and shown.drafted is not None
        if shown.drafted is not None:
            self._record.setText(say("statement.record_says", text=breakable(shown.drafted.text)))
        self._record.setVisible(changed)
        self._choice.setVisible(changed)
        out = sentence.left_out
        for button, wanted in (
            (self.edit, not out), (self.leave, not out), (self.back, out), (self.up, not out), (self.down, not out),
            (self.follow, changed), (self.mine, changed),
        ):  # fmt: skip
            button.setVisible(wanted and open_)
        self._name(sentence.text, self.edit, self.leave, self.back, self.up, self.down, self.follow, self.mine)

    def _set_aside(self, *, aside: bool) -> None:
        id, words = self._shown.sentence.id, say("statement.is_left_out" if aside else "statement.is_back")
        self._pane.do(lambda session: services.set_aside(session, id, aside=aside), words)

    def _move(self, by: int) -> None:
        id = self._shown.sentence.id
        self._pane.do(lambda session: services.move_sentence(session, id, by), say("statement.moved"))

    def _do(self, deed: Callable[[Session, str], Saved], words: str) -> None:
        id = self._shown.sentence.id
        self._pane.do(lambda session: deed(session, id), say(words))


class NewRow(_Row):
    """A sentence that only the record says so far."""

    def __init__(self, pane: StatementPane, value: tuple[Drafted, bool]) -> None:
        super().__init__(pane)
        self._drafted = value[0]
        self.take = self._button("take", self._take, icon="check")
        self.leave = self._button("leave_out", self._leave)
        self.setLayout(col(self._text, flow(self.source, self.take, self.leave, gap=14), gap=2))
        self.show_draft(value)

    def show_draft(self, value: tuple[Drafted, bool]) -> None:
        self._drafted, open_ = value
        text, source = self._drafted.text, self._drafted.source
        self._text.setText(breakable(text))
        self._say_source(source.words, source, text)
        for each in (self.take, self.leave):
            each.setVisible(open_)
        self._name(text, self.take, self.leave)

    def _take(self) -> None:
        content, key = self._pane.content, self._drafted.key
        if content is not None:
            request = content.request.id
            self._pane.do(lambda session: services.take_over(session, request, [key]), say("statement.taken_over"))

    def _leave(self) -> None:
        content, key = self._pane.content, self._drafted.key
        if content is not None:
            request = content.request.id
            self._pane.do(lambda session: services.leave_out(session, request, key), say("statement.is_left_out"))


def _told(new: int, changed: int) -> str:
    words = [say("statement.new_one" if new == 1 else "statement.new_many", count=new)] if new else []
    words += [say("statement.changed_one" if changed == 1 else "statement.changed_many", count=changed)] if changed else []
    return " ".join(words)


def _rests_on(shown: SentenceShown) -> str:
    return say("statement.rests_on", source=shown.drafted.source.words) if shown.drafted else ""


def _withheld_words(readers: Sequence[str]) -> str:
    titles = {each["id"]: str(each["title"]).lower() for each in variants()}
    if set(readers) == set(titles):
        return say("statement.withheld_from_all")
    return say("statement.withheld", readers="; ".join(titles.get(each, each) for each in readers))
