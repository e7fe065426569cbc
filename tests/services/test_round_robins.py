"""The SENCO asks staff about a pupil; each answers what they are asked and sees no more; forms come back to the right place."""

from dataclasses import replace
from datetime import date

import pytest

from sencoapp import reference
from sencoapp.documents import DocumentRoom
from sencoapp.domain.people import Pupil
from sencoapp.domain.plan import Cycle, EvidenceLink, Observation
from sencoapp.domain.record import Amend, New, Remove
from sencoapp.domain.refusals import Refusal
from sencoapp.domain.round_robins import Question, RoundRobin, RoundRobinAnswer, RoundRobinAsk, token_of
from sencoapp.services import round_robin_returns as returns
from sencoapp.services import round_robins as services
from sencoapp.services import undoing
from sencoapp.services.today import today_page
from tests.documents.test_round_robin_forms import filled_pdf, filled_xlsx
from tests.services.people_of_the_school import TwoClasses

QUESTIONS = (Question("What helps?", required=True), Question("How is it going?", ("Well", "Badly")))
ROOM = DocumentRoom()


@pytest.fixture
def school(place):
    return TwoClasses(place)


@pytest.fixture
def senco(school):
    return school.session("senco")


def ask(school, senco, pupil, ways=None, due=date(2026, 12, 4), title="Annual review"):
    staff = {school.staff[role].id: way for role, way in (ways or {"teacher": "here"}).items()}
    made, _ = services.ask_staff(senco, pupil.id, staff, title=title, questions=QUESTIONS, due_on=due)
    return made, {
        each.way if ways and len(set(ways.values())) == len(ways) else each.staff_name: each
        for each in senco.record.find(RoundRobinAsk, round_robin=made.id)
    }


def test_a_teacher_answers_what_they_are_asked_also_of_another_class_and_sees_nothing_else(school, senco):
    mine, _ = ask(school, senco, school.other)
    ask(school, senco, school.other, {"teaching_assistant": "here"})
    teacher = school.session("teacher")
    ((asked, found),) = services.asked_of_me(teacher)
    assert (asked.id, asked.pupil_name, teacher.record.get(Pupil, school.other.id)) == (mine.id, "Leila Shah", None)
    services.answer_ask(teacher, found.ask.id, [" Sitting near the front ", "Well"])
    assert senco.record.find(RoundRobinAnswer)[0].answers == ("Sitting near the front", "Well")
    assert [len(teacher.record.find(each)) for each in (RoundRobin, RoundRobinAsk, RoundRobinAnswer)] == [1, 1, 1]
    assistant = school.session("teaching_assistant")
    assert assistant.record.find(RoundRobinAnswer) == []
    assert services.read_round_robin(senco, mine.id).answered == 1


def test_an_answer_can_be_put_right_and_taken_back_by_the_person_who_gave_it(school, senco):
    _, asks = ask(school, senco, school.own)
    (only,) = asks.values()
    teacher = school.session("teacher")
    saved = services.answer_ask(teacher, only.id, ["First", ""])
    again = services.answer_ask(teacher, only.id, ["Second", ""])
    assert [each.answers for each in senco.record.find(RoundRobinAnswer)] == [("Second", "")]
    undoing.undo(teacher, again.save)
    assert [each.answers[0] for each in senco.record.find(RoundRobinAnswer)] == ["First"]
    undoing.undo(teacher, saved.save)
    assert senco.record.find(RoundRobinAnswer) == []


def test_nobody_answers_for_somebody_else_or_writes_an_answer_elsewhere(school, senco):
    made, asks = ask(school, senco, school.own)
    (only,) = asks.values()
    assistant = school.session("teaching_assistant")
    with pytest.raises(Refusal, match="no_longer_there"):
        services.answer_ask(assistant, only.id, ["x", ""])
    forged = RoundRobinAnswer(
        assistant.ids.new(), made.pupil, made.id, only.id, date(2026, 11, 24), assistant.actor.id, assistant.actor.name, "here", ("x", "")
    )
    with pytest.raises(Refusal, match="no_longer_there"):
        assistant.record.save([New(forged)], action="try", actor=assistant.actor)
    teacher = school.session("teacher")
    services.answer_ask(teacher, only.id, ["mine", ""])
    (there,) = teacher.record.find(RoundRobinAnswer)
    for edit in (
        Amend(RoundRobinAnswer, there.id, {"ask": "other"}),
        Amend(RoundRobin, made.id, {"title": "x"}),
        Remove(RoundRobin, made.id),
    ):
        with pytest.raises(Refusal):
            teacher.record.save([edit], action="try", actor=teacher.actor)
    with pytest.raises(Refusal, match="round_robin_asks_another"):
        services.answer_ask(senco, only.id, ["for them", ""])


def test_late_ones_come_first_and_name_who_is_waited_for(place, school, senco):
    late, _ = ask(school, senco, school.own, {"teacher": "here", "teaching_assistant": "pdf"}, title="Late")
    ask(school, senco, school.own, title="Soon")
    _done, asks = ask(school, senco, school.own, title="Done")
    services.answer_ask(school.session("teacher"), next(iter(asks.values())).id, ["x", ""])
    school.record.save([Amend(RoundRobin, late.id, {"due_on": date(2026, 11, 1)})], action="move", actor=school.actor("senco"))
    shown = services.round_robins(senco)
    assert [each.round_robin.title for each in shown] == ["Late", "Soon", "Done"]
    assert [each.round_robin.title for each in services.late_round_robins(senco)] == ["Late"]
    assert [each.ask.staff_name for each in shown[0].waiting] == ["teacher at school", "teaching_assistant at school"]
    (task,) = [each for each in today_page(senco).tasks if each.kind == "round_robin"]
    assert (task.pupil_name, task.detail) == ("Kian Osei", "teacher at school, teaching_assistant at school")
    words = services.reminder(senco, shown[0].waiting[1].ask.id)
    assert words.startswith("Dear teaching_assistant at school,")
    assert "1 November 2026" in words
    assert "KO" in words
    assert "Osei" not in words
    assert "PDF" in words
    assert words.endswith(senco.actor.name)
    services.close_round_robin(senco, late.id)
    assert services.late_round_robins(senco) == []
    services.reopen_round_robin(senco, late.id)
    assert len(services.late_round_robins(senco)) == 1


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"title": " "}, "round_robin_needs_title"),
        ({"staff": {}}, "round_robin_needs_staff"),
        ({"questions": [Question("  ")]}, "round_robin_needs_question"),
        ({"questions": [Question("q")] * 21}, "round_robin_too_many_questions"),
        ({"questions": [Question("q" * 401)]}, "round_robin_question_too_long"),
        ({"due_on": date(2020, 1, 1)}, "round_robin_due_past"),
    ],
)
def test_what_cannot_be_asked_is_said(school, senco, change, key):
    given = {"staff": {school.staff["teacher"].id: "here"}, "title": "T", "questions": QUESTIONS, "due_on": date(2026, 12, 4), **change}
    with pytest.raises(Refusal) as told:
        services.ask_staff(senco, school.own.id, given.pop("staff"), **given)
    assert told.value.key == key
    assert reference.explain(told.value)


def form(session, ask, way):
    return returns.form_of(ROOM, returns.form_content(session, ask.id), way)


def test_forms_come_back_by_what_they_are_and_are_kept_once(school, senco):
    made, asks = ask(school, senco, school.own, {"teacher": "pdf", "teaching_assistant": "xlsx"})
    name, blank = form(senco, asks["pdf"], "pdf")
    assert name == "Annual review, Kian Osei, teacher at school.pdf"
    pdf = filled_pdf({"answer_0": "A quiet place", "answer_1": "Well"}, blank)
    xlsx = filled_xlsx({"C8": "=1+1 is not a sum here"}, form(senco, asks["xlsx"], "xlsx")[1])
    looked = returns.look_at_returns(senco, ROOM, [("a", pdf), ("b", xlsx)], of=made.id)
    assert [(each.state, each.staff_name) for each in looked] == [("ready", "teacher at school"), ("ready", "teaching_assistant at school")]
    assert senco.record.find(RoundRobinAnswer) == []
    saved = returns.keep_returns(senco, looked)
    assert {each.answers for each in senco.record.find(RoundRobinAnswer)} == {("A quiet place", "Well"), ("=1+1 is not a sum here", "")}
    assert [each.state for each in returns.look_at_returns(senco, ROOM, [("a", pdf), ("b", xlsx)])] == ["same", "same"]
    with pytest.raises(Refusal, match="round_robin_nothing_to_keep"):
        returns.keep_returns(senco, looked)
    undoing.undo(senco, saved.save)
    assert senco.record.find(RoundRobinAnswer) == []
    assert returns.look_at_returns(senco, ROOM, [("a", pdf)])[0].state == "ready"


def refused(session, files, of=None):
    (looked,) = returns.look_at_returns(session, ROOM, files, of=of)
    assert looked.state == "not_taken"
    assert "Refusal" not in looked.sentence
    return looked.sentence


def test_a_form_for_another_pupil_other_questions_a_changed_code_or_without_answers_is_a_sentence(school, senco):
    kian, kians = ask(school, senco, school.own, {"teacher": "pdf"})
    _leila, leilas = ask(school, senco, school.other, {"teacher": "pdf"})
    again, _ = ask(school, senco, school.own, {"teaching_assistant": "pdf"}, title="How is it going")
    blank = form(senco, kians["pdf"], "pdf")[1]
    of_leila = form(senco, leilas["pdf"], "pdf")[1]
    words = {"answer_0": "A quiet place"}
    assert "is about Leila Shah, not about Kian Osei" in refused(senco, [("f.pdf", filled_pdf(words, of_leila))], kian.id)
    assert "belongs to other questions" in refused(senco, [("f.pdf", filled_pdf(words, blank))], again.id)
    swapped = filled_pdf({**words, "token": leilas["pdf"].token}, blank)
    assert "made for another pupil" in refused(senco, [("f.pdf", swapped)])
    assert "code on f.pdf was changed" in refused(senco, [("f.pdf", filled_pdf({**words, "token": "ABCD-EFGH-IJ"}, blank))])
    assert "Nobody here was sent" in refused(senco, [("f.pdf", filled_pdf({**words, "token": token_of("elsewhere")}, blank))])
    assert "without an answer" in refused(senco, [("f.pdf", blank)])
    assert "needs an answer" in refused(senco, [("f.pdf", filled_pdf({"answer_1": "Well"}, blank))])
    assert "not a form from here" in refused(senco, [("f.txt", b"hello")])
    assert senco.record.find(RoundRobinAnswer) == []


def test_other_words_for_what_is_answered_change_nothing_and_two_forms_of_one_person_are_told(school, senco):
    _, asks = ask(school, senco, school.own, {"teacher": "pdf"})
    blank = form(senco, asks["pdf"], "pdf")[1]
    one, two = filled_pdf({"answer_0": "One"}, blank), filled_pdf({"answer_0": "Two"}, blank)
    looked = returns.look_at_returns(senco, ROOM, [("1.pdf", one), ("2.pdf", two)])
    assert [each.state for each in looked] == ["ready", "not_taken"]
    returns.keep_returns(senco, looked)
    assert "answered already" in refused(senco, [("2.pdf", two)])
    assert [each.answers[0] for each in senco.record.find(RoundRobinAnswer)] == ["One"]


def test_an_answer_becomes_a_note_and_evidence_of_the_open_plan(school, senco):
    _, asks = ask(school, senco, school.own)
    services.answer_ask(school.session("teacher"), next(iter(asks.values())).id, ["A quiet place", ""])
    (answer,) = senco.record.find(RoundRobinAnswer)
    with pytest.raises(Refusal, match="round_robin_no_plan"):
        services.keep_as_note(senco, answer.id, 0, as_evidence=True)
    assert senco.record.find(Observation) == []
    school.save(Cycle(senco.ids.new(), school.own.id, 1, date(2026, 9, 1)))
    note, _ = services.keep_as_note(senco, answer.id, 0, as_evidence=True)
    assert "A quiet place" in senco.record.get(Observation, note).text
    assert [each.source for each in senco.record.find(EvidenceLink)] == [note]
    with pytest.raises(Refusal, match="round_robin_nothing_answered"):
        services.keep_as_note(senco, answer.id, 1)


def test_answers_stand_side_by_side_in_a_list_and_on_paper(school, senco):
    made, asks = ask(school, senco, school.own, {"teacher": "here", "teaching_assistant": "here"})
    for role, words in (("teacher", "Maps"), ("teaching_assistant", "Music")):
        mine = next(each for each in asks.values() if each.staff_member == school.staff[role].id)
        services.answer_ask(school.session(role), mine.id, [words, ""])
    content = services.answers_list(senco, made.id)
    assert content.headings == ("Question", "teacher at school", "teaching_assistant at school")
    assert content.rows[0] == ("What helps?", "Maps", "Music")
    assert ROOM.round_robin_answers(services.answers_content(senco, made.id)).startswith(b"%PDF")
    with pytest.raises(Refusal, match="not_for_your_role"):
        services.answers_list(school.session("teacher"), made.id)


def test_the_schools_own_questions_are_kept_and_written_over_by_their_title(school, senco):
    services.keep_question_set(senco, "Ours", QUESTIONS)
    services.keep_question_set(senco, " Ours ", [replace(QUESTIONS[0], text="What else helps?")])
    own = [each for each in services.question_sets(senco) if each.own]
    assert [(each.title, each.questions[0].text) for each in own] == [("Ours", "What else helps?")]
    services.remove_question_set(senco, own[0].own)
    assert len(services.question_sets(senco)) == 3


def test_more_staff_can_be_asked_and_removing_takes_all_of_it_back(school, senco):
    made, _ = ask(school, senco, school.own)
    services.ask_more(senco, made.id, {school.staff["teacher"].id: "pdf", school.staff["teaching_assistant"].id: "pdf"})
    shown = services.read_round_robin(senco, made.id)
    assert [each.ask.way for each in shown.asked] == ["here", "pdf"]
    services.note_sent(senco, [(shown.asked[1].ask, b"the form")])
    assert services.read_round_robin(senco, made.id).asked[1].ask.sent_on is not None
    saved = services.remove_round_robin(senco, made.id)
    assert services.round_robins(senco) == []
    assert services.asked_of_me(school.session("teacher")) == []
    undoing.undo(senco, saved.save)
    assert len(services.round_robins(senco)) == 1


def test_an_answer_is_taken_back_alone_so_that_another_can_come_in_its_place(school, senco):
    made, _ = ask(school, senco, school.own, {"teacher": "here", "teaching_assistant": "here"})
    for role in ("teacher", "teaching_assistant"):
        session = school.session(role)
        ((_, found),) = services.asked_of_me(session)
        services.answer_ask(session, found.ask.id, [f"From the {role}", "Well"])
    first = next(each for each in services.read_round_robin(senco, made.id).asked if each.ask.staff_member == school.staff["teacher"].id)
    saved = services.take_back_answer(senco, first.ask.id)
    assert services.read_round_robin(senco, made.id).answered == 1
    services.answer_ask(school.session("teacher"), first.ask.id, ["Another", "Badly"])
    assert sorted(each.answers[0] for each in senco.record.find(RoundRobinAnswer)) == ["Another", "From the teaching_assistant"]
    assert saved.save
