"""Two councils' forms for one pupil beside each other: what carries over, and what each still asks."""

from collections.abc import Sequence

from sencoapp.app import Workplace
from sencoapp.domain.council_form import AskedQuestion
from sencoapp.domain.lists import ListContent
from sencoapp.reference import explain, say
from sencoapp.services.council_forms import FormChoice, FormSide, compare_forms
from sencoapp.services.permissions import must_be_allowed
from ui.pages.export_sheet import Export
from ui.pages.form_lists import comparison_list
from ui.pages.request_content import RequestContent
from ui.room import Room
from ui.theme import theme
from ui.widgets import STRETCH, Cell, Choice, Column, Field, GroupRow, RecordTable, Sheet, TableRow, Text, col, holder, row

_COLUMNS = (
    Column(say("request_page.compare_question")),
    Column(say("request_page.compare_this"), 150),
    Column(say("request_page.compare_other"), 150),
)


class CompareSheet(Sheet):
    """The form of a request at the left, another one to choose at the right. It reads, and changes nothing."""

    def __init__(self, room: Room, content: RequestContent, forms: Sequence[FormChoice]) -> None:
        self._room = room
        self._pupil = content.page.pupil.id
        self._own = (content.request.council, content.request.form)
        others = [each for each in forms if (each.council, each.form) != self._own]
        alike = [each for each in others if each.kind == content.page.form["kind"]]
        self._forms = [*alike, *(each for each in others if each not in alike)]
        options = [(f"{each.council}/{each.form}", form_words(each)) for each in self._forms]
        self.other = Choice(say("request_page.compare_with"), options)
        self.sum = Text("", "ui", wrap=True)
        self.table = RecordTable(say("request_page.compare_questions"), _COLUMNS, two_lines=True, lead=8)
        top = col(Field(say("request_page.compare_with"), self.other), self.sum, gap=12)
        body = holder(col(top, (self.table, 1), gap=12))
        body.setFocusProxy(self.other)
        self.export = Export(room, body, ("comparison",), content=self._list, pupil=lambda: self._pupil)
        top.addLayout(row(self.export.button, STRETCH))
        super().__init__(say("request_page.compare_title", name=content.page.pupil.name), body, width=860)
        self.other.chosen.connect(lambda _: self._compare())
        self.restyle()
        self._compare()

    def restyle(self) -> None:
        super().restyle()
        self.table.setMinimumHeight(theme().px(260))

    def _pair(self) -> list[tuple[str, str]]:
        council, _, form = self.other.value().partition("/")
        return [self._own, (council, form)]

    def _list(self, place: Workplace) -> ListContent:
        """The comparison in sight. Raises ``Refusal`` for who may not export."""
        must_be_allowed(place.session, "export")
        return comparison_list(*compare_forms(place.session, self._pupil, self._pair()), place.session.clock.today())

    def _compare(self) -> None:
        pair = self._pair()
        self._room.ask(
            self,
            lambda place: compare_forms(place.session, self._pupil, pair),
            lambda sides: self._show(*sides),
            lambda message: self.sum.setText(explain(message)),
            replace="compare",
        )

    def _show(self, own: FormSide, other: FormSide) -> None:
        carried = sum(each.answered and each.also_asked_by for each in other.asked)
        self.sum.setText(
            "\n".join(
                (
                    say("request_page.compare_sum", council=other.council, carried=carried, asked=len(other.asked), still=len(other.still)),
                    say("request_page.compare_sum_back", council=own.council, asked=len(own.asked), still=len(own.still)),
                )
            )
        )
        self.table.show_rows(_rows(own, other))


def _rows(own: FormSide, other: FormSide) -> list[TableRow | GroupRow]:
    theirs = {each.question: each for each in other.asked}
    both = [(each, theirs[each.question]) for each in own.asked if each.also_asked_by and each.question in theirs]
    groups: tuple[tuple[str, list[tuple[AskedQuestion | None, AskedQuestion | None]]], ...] = (
        (say("request_page.compare_still", council=other.council), [(None, each) for each in other.still if not each.also_asked_by]),
        (say("request_page.compare_both_open"), [pair for pair in both if not pair[0].answered]),
        (say("request_page.compare_carries"), [pair for pair in both if pair[0].answered]),
        (say("request_page.compare_from_record", council=other.council), [(None, each) for each in other.asked if _only_and_there(each)]),
        (say("request_page.compare_only", council=own.council), [(each, None) for each in own.asked if not each.also_asked_by]),
    )
    rows: list[TableRow | GroupRow] = []
    for words, pairs in groups:
        if pairs:
            rows.append(GroupRow(say("request_page.compare_group", what=words, count=len(pairs))))
            rows += [_row(*pair) for pair in pairs]
    return rows


def _only_and_there(each: AskedQuestion) -> bool:
    return each.answered and not each.also_asked_by


def _row(own: AskedQuestion | None, other: AskedQuestion | None) -> TableRow:
    shown = other or own
    assert shown is not None
    return TableRow(shown.question, (Cell(shown.label, sub=shown.section), _state(own), _state(other)))


def _state(each: AskedQuestion | None) -> Cell:
    if each is None:
        return Cell(say("request_page.compare_not_asked"), tone="muted")
    if each.answered:
        return Cell(say("request_page.compare_answered"), icon="check")
    return Cell(say("request_page.compare_open"), sub=say(f"request_page.compare_{each.required}"), bold=each.required == "mandatory")


def form_words(each: FormChoice) -> str:
    """The council and the title of its form."""
    return say("request_page.council_and_form", council=each.council_name, form=each.title)
