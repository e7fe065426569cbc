"""Lists about councils' forms, for a spreadsheet: two forms beside each other, the councils' own files, what goes where in one."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from sencoapp.domain.council_form import AskedQuestion
from sencoapp.domain.lists import ListContent, Value
from sencoapp.domain.own_form import Filling, OwnForm
from sencoapp.reference import say
from sencoapp.services.council_forms import FormSide


def comparison_list(own: FormSide, other: FormSide, today: date) -> ListContent:
    """Every question of two forms once, those of the first in its order, with what each form makes of it."""
    mine, theirs = ({each.question: each for each in side.asked} for side in (own, other))
    asked = {**theirs, **mine}
    order = [*mine, *(each for each in theirs if each not in mine)]
    rows: list[list[Value]] = [[asked[each].label, asked[each].section, _state(mine.get(each)), _state(theirs.get(each))] for each in order]
    headings = [say("lists.column_question"), say("lists.column_section"), _form(own), _form(other)]
    return ListContent(say("lists.title_comparison"), headings, rows, today)


def own_forms_list(forms: Sequence[OwnForm], names: Mapping[tuple[str, str], str], today: date) -> ListContent:
    """The councils' own files, with how much of each is mapped. ``names`` has council and title of the forms of ours."""
    rows: list[list[Value]] = [
        [
            each.title,
            each.filename,
            names.get((each.council, each.form)) or each.council,
            sum(bool(mapped.source) for mapped in each.mapping),
            len(each.places),
            each.added_at.astimezone().date(),
        ]
        for each in forms
    ]
    columns = ("document", "file", "form", "mapped", "of", "added")
    return ListContent(say("lists.title_own_forms"), [say(f"lists.column_{each}") for each in columns], rows, today)


def filling_list(fillings: Sequence[Filling], state: Callable[[Filling], str], today: date) -> ListContent:
    """What is written into each place of a council's own form; ``state`` says in words what became of it."""
    rows: list[list[Value]] = [[each.place.label, each.place.section, _written(each), state(each)] for each in fillings]
    columns = ("place", "section", "written", "state")
    return ListContent(say("lists.title_filling"), [say(f"lists.column_{each}") for each in columns], rows, today)


def _form(side: FormSide) -> str:
    return say("request_page.council_and_form", council=side.council, form=side.title)


def _state(each: AskedQuestion | None) -> str:
    if each is None:
        return say("request_page.compare_not_asked")
    if each.answered:
        return say("request_page.compare_answered")
    return f"{say('request_page.compare_open')}, {say(f'request_page.compare_{each.required}').lower()}"


def _written(each: Filling) -> str:
    if each.value is True:
        return say("own_form.ticked")
    if isinstance(each.value, tuple):
        return say("own_form.rows_count", count=len(each.value)) if each.value else ""
    return each.words if each.outcome in ("filled", "not_offered") else ""
