"""Forms that go out to staff without the program, and what comes back: looked at first, kept only then, nothing written over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sencoapp import reference
from sencoapp.domain.dates import full_date
from sencoapp.domain.people import Pupil
from sencoapp.domain.record import New, Saved
from sencoapp.domain.refusals import PlainMessage, Refusal
from sencoapp.domain.round_robins import RoundRobin, RoundRobinAnswer, RoundRobinAsk, plain_token, pupil_code
from sencoapp.services.beginning import school
from sencoapp.services.changes import must_get
from sencoapp.services.documents_port import ReturnedForm
from sencoapp.services.permissions import must_be_allowed
from sencoapp.services.ports import Documents, Session
from sencoapp.services.round_robins import checked_answers, made_answer, read_ask

State = Literal["ready", "same", "not_taken"]


@dataclass(frozen=True)
class Returned:
    """One file that came back. ``sentence`` says what it is, or why it is not taken; only a ``ready`` one is kept."""

    file: str
    state: State
    sentence: str
    ask: str = ""
    staff_name: str = ""
    pupil_name: str = ""
    answers: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    way: Literal["pdf", "xlsx"] = "pdf"


def form_content(session: Session, ask: str) -> dict[str, Any]:
    """What the form of one person says. Raises ``Refusal``: ``not_for_your_role``, ``no_longer_there``."""
    must_be_allowed(session, "print")
    asked, found = read_ask(session, ask)
    own = school(session.record)
    return {
        "school": own.name,
        "demo": own.demo,
        "title": asked.title,
        "pupil": asked.pupil_name,
        "pupil_code": pupil_code(asked.pupil),
        "name": found.ask.staff_name,
        "token": found.ask.token,
        "due": full_date(asked.due_on),
        "sender": asked.author_name,
        "made_on": asked.asked_on.isoformat(),
        "questions": [{"text": each.text, "scale": list(each.scale), "required": each.required} for each in asked.questions],
    }


def form_of(documents: Documents, content: Mapping[str, Any], way: str) -> tuple[str, bytes]:
    """The file's name and its bytes; ``way`` is ``pdf`` or ``xlsx``. Touches no record."""
    made = documents.round_robin_pdf(content) if way == "pdf" else documents.round_robin_xlsx(content)
    return f"{file_words(content['title'])}, {file_words(content['pupil'])}, {file_words(content['name'])}.{way}", made


def look_at_returns(session: Session, documents: Documents, files: Sequence[tuple[str, bytes]], *, of: str | None = None) -> list[Returned]:
    """What each file is; keeps nothing. ``of``: only forms of this round-robin are taken."""
    looked: list[Returned] = []
    for name, content in files:
        try:
            each = _looked_at(session, name, documents.returned_form(name, content), of)
            if each.state == "ready" and any(other.ask == each.ask and other.state == "ready" for other in looked):
                raise Refusal("round_robin_form_twice", file=name, name=each.staff_name)
        except PlainMessage as message:
            each = Returned(name, "not_taken", reference.explain(message))
        looked.append(each)
    return looked


def keep_returns(session: Session, returned: Sequence[Returned]) -> Saved:
    """Keeps the ready ones in one save. One that was answered meanwhile is left out, and nothing is written over.

    Raises ``Refusal("round_robin_nothing_to_keep")``.
    """
    record = session.record
    new = []
    for each in returned:
        ask = record.get(RoundRobinAsk, each.ask) if each.state == "ready" else None
        if ask is not None and not record.find(RoundRobinAnswer, ask=ask.id):
            asked = must_get(record, RoundRobin, ask.round_robin)
            new.append(made_answer(session, ask, checked_answers(asked, each.answers), each.way))
    if not new:
        raise Refusal("round_robin_nothing_to_keep")
    return record.save([New(each) for each in new], action="take_in_answers", actor=session.actor)


def _looked_at(session: Session, file: str, form: ReturnedForm, of: str | None) -> Returned:
    """Raises ``Refusal`` with the sentence for what is not taken."""
    record = session.record
    token = plain_token(form.token)
    if token is None:
        raise Refusal("round_robin_code_changed", file=file)
    asks = record.find(RoundRobinAsk, token=token)
    if not asks:
        raise Refusal("round_robin_code_not_known", file=file, code=token)
    ask = asks[0]
    asked = must_get(record, RoundRobin, ask.round_robin)
    if form.pupil != pupil_code(ask.pupil):
        raise Refusal("round_robin_of_another_pupil", file=file, name=asked.pupil_name)
    if of is not None and of != ask.round_robin:
        wanted = must_get(record, RoundRobin, of)
        key = "round_robin_form_of_other_pupil" if wanted.pupil != asked.pupil else "round_robin_form_of_other_questions"
        raise Refusal(key, file=file, name=asked.pupil_name, title=asked.title, wanted=wanted.pupil_name)
    must_get(record, Pupil, ask.pupil)
    if not any(each.strip() for each in form.answers):
        raise Refusal("round_robin_form_empty", file=file, name=ask.staff_name)
    if len(form.answers) != len(asked.questions):
        raise Refusal("round_robin_form_changed", file=file)
    there = record.find(RoundRobinAnswer, ask=ask.id)
    given = tuple(each.strip() for each in form.answers)
    if there and there[0].answers == given:
        return Returned(file, "same", reference.say("round_robins.same_again", name=ask.staff_name), ask.id, ask.staff_name)
    if there:
        raise Refusal("round_robin_answered_already", file=file, name=ask.staff_name, day=full_date(there[0].answered_on))
    if asked.closed_on is not None:
        raise Refusal("round_robin_is_closed", day=full_date(asked.closed_on))
    return Returned(
        file,
        "ready",
        reference.say("round_robins.ready", name=ask.staff_name, pupil=asked.pupil_name, title=asked.title),
        ask.id,
        ask.staff_name,
        asked.pupil_name,
        checked_answers(asked, given),
        tuple(each.text for each in asked.questions),
        form.way,
    )


def file_words(words: str) -> str:
    """Words as they can stand in a file's name: no folder, nothing that Windows refuses."""
    return "".join(each for each in words if each not in '\\/:*?"<>|' and each.isprintable())[:60].strip(" .")
