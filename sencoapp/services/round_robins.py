"""The SENCO asks staff about a pupil; they answer here or on a form; the answers stand side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sencoapp import reference
from sencoapp.domain.dates import full_date
from sencoapp.domain.lists import ListContent
from sencoapp.domain.people import Pupil, StaffMember
from sencoapp.domain.plan import Cycle, EvidenceLink, Observation
from sencoapp.domain.record import Amend, Edit, New, Remove, Saved
from sencoapp.domain.refusals import Refusal
from sencoapp.domain.round_robins import (
    MOST_ANSWER,
    MOST_QUESTION,
    MOST_QUESTIONS,
    Question,
    QuestionSet,
    RoundRobin,
    RoundRobinAnswer,
    RoundRobinAsk,
    Way,
    is_late,
    token_of,
    unanswered,
)
from sencoapp.services.beginning import school
from sencoapp.services.changes import filled, must_get
from sencoapp.services.documents import went_out
from sencoapp.services.permissions import must_be_allowed
from sencoapp.services.ports import Session


@dataclass(frozen=True)
class SetShown:
    """A set of questions to start from; ``own`` is the id of one that the school keeps."""

    title: str
    questions: tuple[Question, ...]
    own: str | None = None


@dataclass(frozen=True)
class Asked:
    """One person who is asked, and what they answered."""

    ask: RoundRobinAsk
    answer: RoundRobinAnswer | None


@dataclass(frozen=True)
class RoundRobinShown:
    """One round-robin with everybody who is asked, by name."""

    round_robin: RoundRobin
    asked: tuple[Asked, ...]
    late: bool

    @property
    def answered(self) -> int:
        return sum(each.answer is not None for each in self.asked)

    @property
    def waiting(self) -> tuple[Asked, ...]:
        return tuple(each for each in self.asked if each.answer is None)


def question_sets(session: Session) -> list[SetShown]:
    """Those that come with the program, then the school's own."""
    shipped = [SetShown(each["title"], questions_from(each["questions"])) for each in reference.question_sets()]
    return shipped + [SetShown(each.title, each.questions, each.id) for each in session.record.find(QuestionSet)]


def questions_from(plain: Sequence[Mapping[str, object]]) -> tuple[Question, ...]:
    """Questions of a data file, which its schema has checked."""
    return tuple(Question(str(each["text"]), tuple(each.get("scale", ())), bool(each.get("required"))) for each in plain)  # type: ignore[arg-type]


def keep_question_set(session: Session, title: str, questions: Sequence[Question]) -> Saved:
    """Keeps the questions to be asked again; a set of the same title is written over. Raises as ``ask_staff``."""
    name = filled(title)
    if name is None:
        raise Refusal("round_robin_needs_title", field="title")
    there = [each for each in session.record.find(QuestionSet) if each.title == name]
    asked = _checked_questions(questions)
    edit: Edit = Amend(QuestionSet, there[0].id, {"questions": asked}) if there else New(QuestionSet(session.ids.new(), name, asked))
    return session.record.save([edit], action="keep_question_set", actor=session.actor)


def remove_question_set(session: Session, own: str) -> Saved:
    return session.record.save([Remove(QuestionSet, own)], action="remove_question_set", actor=session.actor)


def ask_staff(
    session: Session, pupil: str, staff: Mapping[str, Way], *, title: str, questions: Sequence[Question], due_on: date
) -> tuple[RoundRobin, Saved]:
    """Asks each member of staff, by their id, in their way. Those asked here see it on Today; the others need their form sent.

    Raises ``Refusal``: ``round_robin_needs_title``, ``round_robin_needs_staff``, ``round_robin_needs_question``,
    ``round_robin_too_many_questions``, ``round_robin_question_too_long``, ``round_robin_due_past``.
    """
    person, today = must_get(session.record, Pupil, pupil), session.clock.today()
    name = filled(title)
    if not staff:
        raise Refusal("round_robin_needs_staff", field="staff")
    if name is None:
        raise Refusal("round_robin_needs_title", field="title")
    asked = _checked_questions(questions)
    if due_on < today:
        raise Refusal("round_robin_due_past", field="due_on")
    made = RoundRobin(session.ids.new(), pupil, person.name, name, today, due_on, session.actor.id, session.actor.name, asked)
    edits: list[Edit] = [New(made), *(New(each) for each in _asks(session, made, staff))]
    return made, session.record.save(edits, action="ask_staff", actor=session.actor)


def ask_more(session: Session, round_robin: str, staff: Mapping[str, Way]) -> Saved:
    """Asks further staff the same. Who is asked already stays as they are. Raises ``Refusal("round_robin_is_closed")``."""
    found = _open(session, round_robin)
    there = {each.staff_member for each in session.record.find(RoundRobinAsk, round_robin=round_robin)}
    new = {person: way for person, way in staff.items() if person not in there}
    if not new:
        raise Refusal("round_robin_needs_staff", field="staff")
    return session.record.save([New(each) for each in _asks(session, found, new)], action="ask_more_staff", actor=session.actor)


def move_due_day(session: Session, round_robin: str, due_on: date) -> Saved:
    """Raises ``Refusal``: ``round_robin_is_closed``, ``round_robin_due_past``."""
    _open(session, round_robin)
    if due_on < session.clock.today():
        raise Refusal("round_robin_due_past", field="due_on")
    return session.record.save([Amend(RoundRobin, round_robin, {"due_on": due_on})], action="move_round_robin", actor=session.actor)


def close_round_robin(session: Session, round_robin: str) -> Saved:
    """Nobody is waited for any more. What was answered stays."""
    _open(session, round_robin)
    values = {"closed_on": session.clock.today()}
    return session.record.save([Amend(RoundRobin, round_robin, values)], action="close_round_robin", actor=session.actor)


def reopen_round_robin(session: Session, round_robin: str) -> Saved:
    must_get(session.record, RoundRobin, round_robin)
    return session.record.save([Amend(RoundRobin, round_robin, {"closed_on": None})], action="reopen_round_robin", actor=session.actor)


def remove_round_robin(session: Session, round_robin: str) -> Saved:
    """Hides it with its answers; undoing shows them again."""
    record = session.record
    edits: list[Edit] = [Remove(RoundRobin, round_robin)]
    edits += [Remove(RoundRobinAsk, each.id) for each in record.find(RoundRobinAsk, round_robin=round_robin)]
    edits += [Remove(RoundRobinAnswer, each.id) for each in record.find(RoundRobinAnswer, round_robin=round_robin)]
    return record.save(edits, action="remove_round_robin", actor=session.actor)


def note_sent(session: Session, sent: Sequence[tuple[RoundRobinAsk, bytes]]) -> Saved:
    """These forms went out today: each is noted as given out, all in one save. Raises ``Refusal("not_for_your_role")``."""
    must_be_allowed(session, "print")
    what, purpose = reference.say("round_robins.form_title"), reference.say("round_robins.form_purpose")
    edits: list[Edit] = [went_out(session, what, form, recipient=ask.staff_name, purpose=purpose, pupil=ask.pupil) for ask, form in sent]
    edits += [Amend(RoundRobinAsk, ask.id, {"sent_on": session.clock.today()}) for ask, _ in sent]
    return session.record.save(edits, action="send_round_robin", actor=session.actor)


# ---- answering ------------------------------------------------------------------------------------------------------


def asked_of_me(session: Session) -> list[tuple[RoundRobin, Asked]]:
    """What is open, or was answered in the last week, of the person at the laptop: what is due first at the top."""
    record, today = session.record, session.clock.today()
    found = []
    for ask in record.find(RoundRobinAsk, staff_member=session.actor.id):
        asked = record.get(RoundRobin, ask.round_robin)
        if asked is None or asked.closed_on is not None:
            continue
        answer = _answer_of(session, ask.id)
        if answer is None or (today - answer.answered_on).days < 7:
            found.append((asked, Asked(ask, answer)))
    return sorted(found, key=lambda each: (each[0].due_on, each[0].pupil_name))


def read_ask(session: Session, ask: str) -> tuple[RoundRobin, Asked]:
    """One, to be answered. Raises ``Refusal("no_longer_there")``."""
    found = must_get(session.record, RoundRobinAsk, ask)
    return must_get(session.record, RoundRobin, found.round_robin), Asked(found, _answer_of(session, ask))


def answer_ask(session: Session, ask: str, answers: Sequence[str]) -> Saved:
    """Keeps the answers of the person at the laptop; a second time they write over what they answered before.

    Raises ``Refusal``: ``round_robin_is_closed``, ``round_robin_answer_missing``, ``round_robin_answer_too_long``,
    ``round_robin_asks_another``.
    """
    found = must_get(session.record, RoundRobinAsk, ask)
    if found.staff_member != session.actor.id:
        raise Refusal("round_robin_asks_another", name=found.staff_name)
    given = checked_answers(_open(session, found.round_robin), answers)
    there = _answer_of(session, ask)
    if there is None:
        return session.record.save([New(made_answer(session, found, given, "here"))], action="answer_round_robin", actor=session.actor)
    values = {"answers": given, "answered_on": session.clock.today()}
    return session.record.save([Amend(RoundRobinAnswer, there.id, values)], action="change_round_robin_answer", actor=session.actor)


def take_back_answer(session: Session, ask: str) -> Saved:
    """Hides somebody's answer, so that another one, such as a corrected form, can be kept; undoing shows it again."""
    there = _answer_of(session, must_get(session.record, RoundRobinAsk, ask).id)
    edits: list[Edit] = [Remove(RoundRobinAnswer, there.id)] if there else []
    return session.record.save(edits, action="take_back_answer", actor=session.actor)


def checked_answers(round_robin: RoundRobin, answers: Sequence[str]) -> tuple[str, ...]:
    """One answer for each question, without space around it. Raises ``Refusal``: see ``answer_ask``."""
    given = tuple(each.strip() for each in answers)
    given = given[: len(round_robin.questions)] + ("",) * (len(round_robin.questions) - len(given))
    missing = unanswered(round_robin.questions, given)
    if missing:
        raise Refusal("round_robin_answer_missing", field=f"answer_{missing[0]}", question=round_robin.questions[missing[0]].text)
    if any(len(each) > MOST_ANSWER for each in given):
        raise Refusal("round_robin_answer_too_long", most=f"{MOST_ANSWER:,}")
    return given


def made_answer(session: Session, ask: RoundRobinAsk, answers: tuple[str, ...], way: Way) -> RoundRobinAnswer:
    day, actor = session.clock.today(), session.actor
    return RoundRobinAnswer(session.ids.new(), ask.pupil, ask.round_robin, ask.id, day, actor.id, actor.name, way, answers)


# ---- reading --------------------------------------------------------------------------------------------------------


def round_robins(session: Session, *, pupil: str | None = None) -> list[RoundRobinShown]:
    """Late ones first, then those still waited for, then those that are answered or closed; each by the day due."""
    only = {"pupil": pupil} if pupil else {}
    record = session.record
    asks: dict[str, list[RoundRobinAsk]] = {}
    for ask in record.find(RoundRobinAsk, **only):
        asks.setdefault(ask.round_robin, []).append(ask)
    answers = {each.ask: each for each in record.find(RoundRobinAnswer, **only)}
    shown = [_shown(session, each, asks.get(each.id, []), answers) for each in record.find(RoundRobin, **only)]
    return sorted(shown, key=_order)


def _order(shown: RoundRobinShown) -> tuple[bool, bool, int]:
    done = shown.round_robin.closed_on is not None or not shown.waiting
    days = shown.round_robin.due_on.toordinal()
    return done, not shown.late, -days if done else days


def read_round_robin(session: Session, round_robin: str) -> RoundRobinShown:
    """One with who answered and who did not. Raises ``Refusal("no_longer_there")``."""
    record = session.record
    found = must_get(record, RoundRobin, round_robin)
    answers = {each.ask: each for each in record.find(RoundRobinAnswer, round_robin=round_robin)}
    return _shown(session, found, record.find(RoundRobinAsk, round_robin=round_robin), answers)


def _shown(session: Session, found: RoundRobin, asks: Sequence[RoundRobinAsk], answers: Mapping[str, RoundRobinAnswer]) -> RoundRobinShown:
    asked = tuple(Asked(each, answers.get(each.id)) for each in sorted(asks, key=lambda each: each.staff_name.casefold()))
    late = is_late(found, session.clock.today()) and any(each.answer is None for each in asked)
    return RoundRobinShown(found, asked, late)


def late_round_robins(session: Session) -> list[RoundRobinShown]:
    """Those with an answer that is overdue."""
    return [each for each in round_robins(session) if each.late]


def reminder(session: Session, ask: str) -> str:
    """A polite reminder to one person, ready to be pasted in a message: with the pupil's initials only, since mail is read by others."""
    asked, found = read_ask(session, ask)
    pupil = must_get(session.record, Pupil, asked.pupil)
    late = is_late(asked, session.clock.today())
    how = found.ask.way
    return reference.say(
        "round_robins.reminder_late" if late else "round_robins.reminder",
        name=found.ask.staff_name,
        pupil=pupil.initials,
        title=asked.title,
        day=full_date(asked.due_on),
        how=reference.say(f"round_robins.reminder_{how}"),
        sender=session.actor.name,
    )


def answers_list(session: Session, round_robin: str) -> ListContent:
    """The answers side by side: a row for each question, a column for each person. Raises ``Refusal("not_for_your_role")``."""
    must_be_allowed(session, "export")
    shown = read_round_robin(session, round_robin)
    asked = shown.round_robin
    answered = [(each.ask.staff_name, each.answer) for each in shown.asked if each.answer]
    rows = [(question.text, *(answer.answers[number] for _, answer in answered)) for number, question in enumerate(asked.questions)]
    title = f"{asked.title}, {asked.pupil_name}"
    headings = (reference.say("round_robins.question"), *(name for name, _ in answered))
    return ListContent(title, headings, rows, session.clock.today())


def answers_content(session: Session, round_robin: str) -> dict[str, object]:
    """The same for paper, the answers below each question. Raises ``Refusal("not_for_your_role")``."""
    must_be_allowed(session, "print")
    shown, own = read_round_robin(session, round_robin), school(session.record)
    asked = shown.round_robin
    answered = [(each.ask.staff_name, each.answer) for each in shown.asked if each.answer]
    return {
        "school": own.name,
        "demo": own.demo,
        "title": asked.title,
        "pupil": asked.pupil_name,
        "asked": reference.say(
            "round_robins.asked_line", day=full_date(asked.asked_on), due=full_date(asked.due_on), name=asked.author_name
        ),
        "waiting": [each.ask.staff_name for each in shown.waiting],
        "questions": [
            {"text": each.text, "answers": [{"name": name, "text": answer.answers[number]} for name, answer in answered]}
            for number, each in enumerate(asked.questions)
        ],
        "made_by": session.actor.name,
        "made_on": session.clock.today().isoformat(),
    }


# ---- using an answer ------------------------------------------------------------------------------------------------


def keep_as_note(session: Session, answer: str, question: int, *, as_evidence: bool = False) -> tuple[str, Saved]:
    """One answer as a note about the pupil; ``as_evidence``: the pupil's open plan rests on it too. Returns the note's id.

    Raises ``Refusal``: ``round_robin_nothing_answered``, ``round_robin_no_plan``.
    """
    record = session.record
    found = must_get(record, RoundRobinAnswer, answer)
    asked, ask = must_get(record, RoundRobin, found.round_robin), must_get(record, RoundRobinAsk, found.ask)
    words = found.answers[question] if question < len(found.answers) else ""
    if not words:
        raise Refusal("round_robin_nothing_answered")
    text = reference.say("round_robins.as_note", name=ask.staff_name, question=asked.questions[question].text, answer=words)
    note = Observation(
        id=session.ids.new(),
        pupil=found.pupil,
        text=text,
        kind="note",
        happened_on=found.answered_on,
        noted_at=session.clock.now(),
        author=session.actor.id,
        author_name=session.actor.name,
        setting=None,
    )
    edits: list[Edit] = [New(note)]
    if as_evidence:
        cycles = [each for each in record.find(Cycle, pupil=found.pupil) if each.closed_on is None]
        if not cycles:
            raise Refusal("round_robin_no_plan", name=asked.pupil_name)
        edits.append(New(EvidenceLink(session.ids.new(), found.pupil, cycles[-1].id, "observation", note.id)))
    return note.id, record.save(edits, action="keep_answer_as_note", actor=session.actor)


# ---- within ---------------------------------------------------------------------------------------------------------


def _asks(session: Session, asked: RoundRobin, staff: Mapping[str, Way]) -> list[RoundRobinAsk]:
    made = []
    for person, way in staff.items():
        found, id = must_get(session.record, StaffMember, person), session.ids.new()
        made.append(RoundRobinAsk(id, asked.pupil, asked.id, person, found.name, way, token_of(id)))
    return made


def _open(session: Session, round_robin: str) -> RoundRobin:
    found = must_get(session.record, RoundRobin, round_robin)
    if found.closed_on is not None:
        raise Refusal("round_robin_is_closed", day=full_date(found.closed_on))
    return found


def _answer_of(session: Session, ask: str) -> RoundRobinAnswer | None:
    return next(iter(session.record.find(RoundRobinAnswer, ask=ask)), None)


def _checked_questions(questions: Sequence[Question]) -> tuple[Question, ...]:
    asked = tuple(replace(each, text=words) for each in questions if (words := each.text.strip()))
    if not asked:
        raise Refusal("round_robin_needs_question", field="questions")
    if len(asked) > MOST_QUESTIONS:
        raise Refusal("round_robin_too_many_questions", field="questions", most=MOST_QUESTIONS)
    if any(len(each.text) > MOST_QUESTION for each in asked):
        raise Refusal("round_robin_question_too_long", field="questions", most=MOST_QUESTION)
    return asked
