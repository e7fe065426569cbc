"""Which council's form a request is made on, and what two forms still ask about the same pupil."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sencoapp import reference
from sencoapp.domain.casework import Answer, Request
from sencoapp.domain.council_form import AskedQuestion, asked_questions, force_on
from sencoapp.domain.dates import full_date
from sencoapp.domain.people import Pupil
from sencoapp.domain.refusals import Refusal
from sencoapp.services.beginning import school
from sencoapp.services.changes import must_get
from sencoapp.services.first_drafts import answered_by_record
from sencoapp.services.ports import Record, Session

NEEDS_ASSESSMENT = "ehc_needs_assessment"
ANY_COUNCIL = "generic"


@dataclass(frozen=True)
class FormChoice:
    """A form that a request can be begun on."""

    council: str
    council_name: str
    form: str
    title: str
    kind: str


@dataclass(frozen=True)
class FormSide:
    """One of two forms that are compared, with what it asks and what of it the record answers already."""

    council: str
    title: str
    asked: tuple[AskedQuestion, ...]

    @property
    def still(self) -> tuple[AskedQuestion, ...]:
        """What nothing answers yet."""
        return tuple(each for each in self.asked if not each.answered)


def forms_of(council: str) -> tuple[FormChoice, ...]:
    """The forms of a council, the request for an assessment first. Raises ``Refusal("council_not_known")``."""
    if council not in reference.councils():
        raise Refusal("council_not_known", council=council)
    about = reference.council(council)
    found = [(each, reference.council_form(council, each)) for each in about["forms"]]
    return tuple(FormChoice(council, str(about["name"]), name, str(form["title"]), str(form["kind"])) for name, form in found)


@dataclass(frozen=True)
class FormShown:
    """A form as the settings list it. ``confirm`` says what about it is not known yet."""

    title: str
    version: str
    council_version: str | None
    confirm: str
    in_force: tuple[date | None, date | None] = (None, None)
    """The first and the last day on which the council takes this version, as far as they are known."""


@dataclass(frozen=True)
class CouncilShown:
    """A council as the settings list it."""

    id: str
    name: str
    added: bool
    """Its folder was added here, and did not come with the program."""
    confirm: str
    forms: tuple[FormShown, ...]


def councils_shown() -> tuple[CouncilShown, ...]:
    """Every council there is, those that a school added first."""
    added = reference.added_councils()
    names = [*added, *(each for each in reference.councils() if each not in added)]
    return tuple(_council_shown(each, added=each in added) for each in names)


def _council_shown(name: str, *, added: bool) -> CouncilShown:
    about = reference.council(name)
    forms = [reference.council_form(name, each) for each in about["forms"]]
    shown = [
        FormShown(
            str(each["title"]),
            str(each["version"]),
            each["council_version"],
            str(each.get("confirm", "")),
            (_day(each["in_force_from"]), _day(each["in_force_to"])),
        )
        for each in forms
    ]
    return CouncilShown(name, str(about["name"]), added, str(about.get("confirm", "")), tuple(shown))


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def forms_offered(council: str, day: date | None = None) -> list[FormChoice]:
    """Every form there is, those of the school's own council first, the form for any other council last.

    With a day, without those that are known not to be in force on it.
    """
    known = reference.councils()
    first = [council] if council in known and council != ANY_COUNCIL else []
    names = [*first, *(each for each in known if each not in (council, ANY_COUNCIL)), ANY_COUNCIL]
    found = [each for name in names for each in forms_of(name)]
    return [each for each in found if day is None or is_taken(reference.council_form(each.council, each.form), day)]


def is_taken(form: Mapping[str, Any], day: date) -> bool:
    """Whether the council takes a form on a day, or its dates are not known."""
    return force_on(form, day) in ("in_force", "not_known")


def must_be_in_force(form: Mapping[str, Any], day: date) -> None:
    """Raises ``Refusal``: ``form_not_in_force_yet``, ``form_no_longer_in_force``. A form whose dates are not known is allowed."""
    force, council = force_on(form, day), reference.council(form["council"])["name"]
    if force == "not_yet":
        raise Refusal("form_not_in_force_yet", title=form["title"], council=council, day=_in_words(form["in_force_from"]))
    if force == "ended":
        raise Refusal("form_no_longer_in_force", title=form["title"], council=council, day=_in_words(form["in_force_to"]))


def out_of_date(request: Request, day: date) -> tuple[str, ...]:
    """Why the form of a request is not the present one of its council, in words; empty as far as is known."""
    form = reference.council_form(request.council, request.form)
    if is_gone(form):
        return (reference.say("requests.form_gone"),)
    said = []
    if request.form_version != form["version"]:
        said.append(reference.say("requests.form_older", begun=request.form_version, newest=form["version"]))
    force = force_on(form, day)
    if force in ("not_yet", "ended"):
        said.append(reference.say(f"requests.form_{force}", day=_in_words(form["in_force_from" if force == "not_yet" else "in_force_to"])))
    return tuple(said)


def is_gone(form: Mapping[str, Any]) -> bool:
    """Whether the folder of the form is no longer on this computer, so that another form stands in for it."""
    return form["id"] not in reference.council(form["council"])["forms"]


def _in_words(iso: str) -> str:
    return full_date(date.fromisoformat(iso))


def council_for(record: Record, pupil: Pupil) -> str:
    """The council in whose area the pupil lives, as far as its form is known; else the one of the school.

    The council that has to assess is the one that is responsible for the child, wherever the school is (CFA 2014 s24).
    """
    if pupil.home_authority:
        named = {reference.council(each)["la_code"]: each for each in reference.councils()}
        return named.get(pupil.home_authority, ANY_COUNCIL)
    return school(record).council


def compare_forms(session: Session, pupil: str, forms: Sequence[tuple[str, str]]) -> tuple[FormSide, FormSide]:
    """What two forms, each a council and a form of it, ask about a pupil. An answer to a question that both ask counts for both.

    Raises ``Refusal``: ``council_not_known``, ``council_has_no_such_form``, ``no_longer_there``.
    """
    must_get(session.record, Pupil, pupil)
    first, second = (form_named(council, form) for council, form in forms)
    answered = frozenset({each.question for each in session.record.find(Answer, pupil=pupil)})
    sides = []
    for this, other in ((first, second), (second, first)):
        imagined = Request("", pupil, this["council"], this["id"], this["version"], session.clock.today())
        drafted = frozenset(answered_by_record(session, imagined, this))
        about = reference.council(this["council"])
        sides.append(FormSide(str(about["name"]), str(this["title"]), asked_questions(this, other, answered | drafted)))
    return sides[0], sides[1]


def earlier_answers(session: Session, request: Request) -> list[Answer]:
    """A person's own words for the same questions in the pupil's last request on another form, ready for this one."""
    asked = {each["id"] for section in reference.council_form(request.council, request.form)["sections"] for each in section["questions"]}
    newest: dict[str, Answer] = {}
    for each in session.record.find(Answer, pupil=request.pupil):
        if each.request != request.id and each.question in asked:
            newest[each.question] = each
    return [replace(each, id=session.ids.new(), request=request.id) for each in newest.values()]


def form_named(council: str, form: str) -> Mapping[str, Any]:
    """A form of a council. Raises ``Refusal``: ``council_not_known``, ``council_has_no_such_form``."""
    if council not in reference.councils():
        raise Refusal("council_not_known", council=council)
    if form not in reference.council(council)["forms"]:
        raise Refusal("council_has_no_such_form", council=reference.council(council)["name"])
    return reference.council_form(council, form)
