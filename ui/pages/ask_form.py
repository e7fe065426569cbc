"""A form as data: what is asked, in which order, and which control fits the answer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.domain.dates import Towards, full_date
from sencoapp.domain.record import Actor
from sencoapp.domain.refusals import Refusal
from sencoapp.services.permissions import sees_field
from ui.widgets import ChipChoice, Choice, DateField, Field, Form, LineField, TextArea, heading, side_by_side

Options = Sequence[tuple[str, str]]

_ANSWERS = {"yes": True, "no": False, "": None}


@dataclass(frozen=True)
class Ask:
    """One question. ``name`` is the field of the record; ``what`` names a day in a refusal ("the last day").

    ``one`` of some chips is always chosen; of ``chips`` none need be.
    """

    name: str
    label: str
    kind: Literal["line", "words", "day", "number", "choice", "one", "chips", "several", "yes_no"] = "line"
    options: Options = ()
    hint: str = ""
    optional: bool = False
    what: str = ""
    towards: Towards = "nearest"
    past: bool = False
    """The day is today or earlier."""
    lines: int = 3


AskRow = Ask | tuple[Ask, ...] | str | QWidget
"""One question, some side by side, a heading, or something that is no question."""


class AskForm(Form):
    """``values()`` are what the record keeps; ``typed()`` is what stands in the controls, for a draft."""

    def __init__(self, rows: Sequence[AskRow], today: date, touched: Callable[[], object]) -> None:
        super().__init__()
        self._today, self._touched = today, touched
        self._asks: dict[str, Ask] = {}
        self.controls: dict[str, Any] = {}
        for each in rows:
            if isinstance(each, str):
                self.add_widget(heading(each))
            elif isinstance(each, QWidget):
                self.add_widget(each)
            elif isinstance(each, tuple):
                self.add_widget(side_by_side(*(self._ask(one) for one in each)))
            else:
                self.add_widget(self._ask(each))
        self._column.addStretch(1)  # where there is more room than the form needs, it stays below

    def values(self) -> dict[str, Any]:
        """Every answer as the record keeps it. Raises ``Refusal`` for a day or a number that cannot be read."""
        return {name: self._value(ask) for name, ask in self._asks.items()}

    def show_values(self, values: Mapping[str, Any]) -> None:
        """Shows what the record keeps."""
        self.show_typed({name: _typed(ask, values.get(name)) for name, ask in self._asks.items() if name in values})

    def typed(self) -> dict[str, Any]:
        return {name: self._read(ask) for name, ask in self._asks.items()}

    def show_typed(self, content: Mapping[str, Any]) -> None:
        for name, ask in self._asks.items():
            if name in content:
                self._write(ask, content[name])

    # ---- within -----------------------------------------------------------------------------------------------------

    def _ask(self, ask: Ask) -> QWidget:
        control = self._control(ask)
        self._asks[ask.name], self.controls[ask.name] = ask, control
        return self.add(ask.name, Field(ask.label, control, hint=ask.hint, optional=ask.optional), place=False)

    def _control(self, ask: Ask) -> QWidget:
        if ask.kind == "words":
            area = TextArea(lines=ask.lines)
            area.settled.connect(lambda _: self._touched())
            return area
        if ask.kind == "day":
            latest = self._today if ask.past else None
            day = DateField(today=self._today, what=ask.what, field=ask.name, towards=ask.towards, latest=latest)
            day.edit.textEdited.connect(lambda _: self._touched())
            return day
        if ask.kind == "choice":
            choice = Choice("", ask.options)
            choice.chosen.connect(lambda _: self._touched())
            return choice
        if ask.kind in ("one", "chips", "several", "yes_no"):
            options = [(each, reference.say(f"pupil.{each}")) for each in ("yes", "no")] if ask.kind == "yes_no" else ask.options
            chips = ChipChoice(ask.label, options, several=ask.kind == "several", none_allowed=ask.kind != "one")
            chips.chosen.connect(self._touched)
            return chips
        line = LineField(width=120 if ask.kind == "number" else 0)
        line.textEdited.connect(lambda _: self._touched())
        return line

    def _value(self, ask: Ask) -> Any:
        read = self._read(ask)
        if ask.kind == "day":
            return self.controls[ask.name].value()
        if ask.kind == "yes_no":
            return _ANSWERS[read]
        if ask.kind == "several":
            return tuple(read)
        words = read.strip()
        if ask.kind == "number" and words:
            if not words.isdecimal() or len(words) > 6:
                raise Refusal("number_not_understood", field=ask.name)
            return int(words)
        return words or None

    def _read(self, ask: Ask) -> Any:
        control = self.controls[ask.name]
        if isinstance(control, TextArea):
            return control.words()
        if isinstance(control, DateField):
            return control.edit.text()
        if isinstance(control, ChipChoice):
            return list(control.values()) if ask.kind == "several" else control.value()
        return control.value() if isinstance(control, Choice) else control.text()

    def _write(self, ask: Ask, typed: Any) -> None:
        control = self.controls[ask.name]
        if isinstance(control, TextArea):
            control.set_words(str(typed))
        elif isinstance(control, DateField):
            control.edit.setText(str(typed))
        elif isinstance(control, ChipChoice):
            control.choose(*(typed if isinstance(typed, list) else [typed]))
        elif isinstance(control, Choice):
            if typed and control.findData(typed) < 0:  # a code from elsewhere that the list does not know is shown as it came
                control.addItem(str(typed), typed)
            control.choose(str(typed))
        else:
            control.setText(str(typed))


def _typed(ask: Ask, value: Any) -> Any:
    """What stands in the control for a value of the record."""
    if ask.kind == "several":
        return list(value or ())
    if ask.kind == "yes_no":
        return {True: "yes", False: "no", None: ""}[value]
    if isinstance(value, date):
        return full_date(value)
    return "" if value is None else str(value)


def chosen_from(options: Mapping[str, str]) -> list[tuple[str, str]]:
    """Codes with their words, after "Not said"."""
    return [("", reference.say("pupil.not_said")), *options.items()]


def asked_of(actor: Actor, kind: type, rows: Sequence[AskRow]) -> list[AskRow]:
    """The rows of a form about things of this kind without the questions whose answers this person neither sees nor writes."""
    found: list[AskRow] = []
    for each in rows:
        if isinstance(each, tuple):
            seen = tuple(ask for ask in each if sees_field(actor, kind, ask.name))
            found += [seen] if seen else []
        elif not isinstance(each, Ask) or sees_field(actor, kind, each.name):
            found.append(each)
    return found


def asks_in(rows: Sequence[AskRow]) -> list[Ask]:
    """The questions of a form, in their order."""
    groups = [(each,) if isinstance(each, Ask) else each for each in rows if isinstance(each, Ask | tuple)]
    return [each for group in groups for each in group]
