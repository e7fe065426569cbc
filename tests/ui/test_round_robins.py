"""Questions to staff in the window: asked from the pupil, answered at home, overdue with a reminder, read back from forms."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from sencoapp.app import Workplace
from sencoapp.domain.casework import Disclosure
from sencoapp.domain.people import Pupil, StaffMember
from sencoapp.domain.plan import Cycle, EvidenceLink, Observation
from sencoapp.domain.record import Amend, New
from sencoapp.domain.round_robins import Question, QuestionSet, RoundRobin, RoundRobinAnswer, RoundRobinAsk
from sencoapp.services import round_robin_returns as returns
from sencoapp.services import round_robins as services
from tests.documents.test_round_robin_forms import filled_pdf
from tests.places import add_pupil, set_clock
from tests.services.people_of_the_school import TwoClasses
from tests.ui.starting import Program, shown_words
from ui.pages.ask_staff_sheet import ReturnedSheet
from ui.pages.columns import Columns
from ui.pages.record_sheet import RecordSheet
from ui.pages.round_robins import RoundRobinsPage
from ui.pages.teacher_home import TeacherHomePage
from ui.tasks import Desk
from ui.theme import theme

from .plan_house import House

DUE = date(2026, 12, 4)
QUESTIONS = (Question("What helps?", required=True), Question("How is it going?", ("Well", "Badly")))


def fill(place: Workplace) -> None:
    add_pupil(place, legal_forename="Ava", legal_surname="Bell")
    ben = add_pupil(place, legal_forename="Ben", legal_surname="Carr")
    record, ids = place.session.record, place.session.ids
    staff = [StaffMember(ids.new(), name, "teacher") for name in ("Mr Nowak", "Ms Okafor")]
    record.save([New(each) for each in staff], action="test", actor=place.session.actor)
    services.ask_staff(place.session, ben.id, {staff[0].id: "pdf"}, title="Annual review", questions=QUESTIONS, due_on=DUE)


@pytest.fixture
def house(qtbot: QtBot, desk: Desk, tmp_path: Path) -> Iterator[House]:
    made = House(qtbot, desk, tmp_path, fill)
    yield made
    made.close()


def pupil(house: House, forename: str) -> str:
    return str(house.record(lambda place: place.session.record.find(Pupil, legal_forename=forename)[0].id))


def page_of(house: House, **where: str) -> RoundRobinsPage:
    page = house.open("round_robins", **where)
    assert isinstance(page, RoundRobinsPage)
    return page


def of_ben(house: House) -> RoundRobinsPage:
    found = house.record(lambda place: place.session.record.find(RoundRobin)[0])
    return page_of(house, round_robin=found.id)


def sheet(house: House) -> RecordSheet:
    return next(each for each in house.shell.findChildren(RecordSheet) if each.isVisible())


def make_late(house: House) -> None:
    def late(place: Workplace) -> object:
        found = place.session.record.find(RoundRobin)[0]
        return place.session.record.save(
            [Amend(RoundRobin, found.id, {"due_on": date(2026, 11, 2)})], action="test", actor=place.session.actor
        )

    house.record(late)


def test_staff_are_asked_from_the_pupil_and_the_list_counts_their_answers(house: House) -> None:
    page = page_of(house, ask=pupil(house, "Ava"))
    assert page.list.isVisible()
    shown = sheet(house)
    assert "How is it going in your lessons?" in shown.form.controls["questions"].words()
    shown.save()
    house.settle()
    assert "Choose at least one member of staff" in shown.form.summary.accessibleName()
    staff = house.record(lambda place: place.session.record.find(StaffMember, name="Ms Okafor")[0].id)
    shown.form.controls["staff"].choose(staff)
    shown.form.controls["set"].choose("1")
    shown.form.controls["set"].chosen.emit("1")
    shown.form.controls["due_on"].edit.setText("4 12 2026")
    shown.save()
    house.settle()
    made = house.record(lambda place: place.session.record.find(RoundRobin)[-1])
    assert (made.pupil_name, made.title, made.due_on) == ("Ava Bell", "What you see in your lessons", DUE)
    assert page.table.count() == 1
    page_of(house)
    assert page.table.count() == 2


def test_nobody_is_asked_yet_says_where_to_begin(house: House) -> None:
    page = page_of(house, pupil=pupil(house, "Ava"))
    assert house.sees("Nobody is asked yet.", page)


def test_an_overdue_answer_is_named_and_the_reminder_is_copied(house: House) -> None:
    make_late(house)
    page = of_ben(house)
    assert house.sees("Overdue: Mr Nowak", page)
    page.view.table.choose_first()
    page.view.copy_reminder(page.view.table.current_key())
    house.settle()
    words = QGuiApplication.clipboard().text()
    assert "Dear Mr Nowak" in words
    assert "2 November 2026" in words
    QGuiApplication.clipboard().clear()


def test_a_form_is_saved_noted_sent_back_looked_at_and_kept(house: House, tmp_path: Path) -> None:
    page = of_ben(house)
    out = tmp_path / "out"
    out.mkdir()
    page.ask_for_folder = lambda owner, title, then: then(out)  # type: ignore[method-assign,assignment]
    page.view.send_forms()
    house.settle()
    (form,) = out.iterdir()
    assert form.name == "Annual review, Ben Carr, Mr Nowak.pdf"
    assert [each.recipient for each in house.record(lambda place: place.session.record.find(Disclosure))] == ["Mr Nowak"]
    back = tmp_path / "back.pdf"
    back.write_bytes(filled_pdf({"answer_0": "A quiet place", "answer_1": "Well"}, form.read_bytes()))
    page.take([back])
    house.settle()
    shown = next(each for each in house.shell.findChildren(ReturnedSheet) if each.isVisible())
    assert house.sees("A quiet place", shown)
    assert house.record(lambda place: place.session.record.find(RoundRobinAnswer)) == []
    shown.keep()
    house.settle()
    assert page.note.startswith("1 of 1 answered")
    assert house.sees("A quiet place", page)
    assert len(house.record(lambda place: place.session.record.find(RoundRobinAnswer))) == 1
    assert page.isAncestorOf(house.shell.focusWidget())
    assert house.shell.focusWidget().isVisible()
    house.shell._toast._undo.setFocus()
    house.shell._toast._undo.click()
    house.settle()
    assert house.record(lambda place: place.session.record.find(RoundRobinAnswer)) == []
    assert page.isAncestorOf(house.shell.focusWidget())
    assert house.shell.focusWidget().isVisible()


def test_a_form_about_another_pupil_is_a_sentence_and_nothing_is_kept(house: House, tmp_path: Path) -> None:
    def of_ava(place: Workplace) -> bytes:
        staff = place.session.record.find(StaffMember, name="Ms Okafor")[0]
        ava = place.session.record.find(Pupil, legal_forename="Ava")[0]
        made, _ = services.ask_staff(place.session, ava.id, {staff.id: "pdf"}, title="T", questions=QUESTIONS, due_on=DUE)
        ask = place.session.record.find(RoundRobinAsk, round_robin=made.id)[0]
        return returns.form_of(place.documents, returns.form_content(place.session, ask.id), "pdf")[1]

    wrong = tmp_path / "wrong.pdf"
    wrong.write_bytes(filled_pdf({"answer_0": "x"}, house.record(of_ava)))
    page = page_of(house, round_robin=house.record(lambda place: place.session.record.find(RoundRobin)[0].id))
    page.take([wrong])
    house.settle()
    shown = next(each for each in house.shell.findChildren(ReturnedSheet) if each.isVisible())
    assert house.sees("is about Ava Bell, not about Ben Carr", shown)
    assert not shown.keep_button.isVisible()


def test_an_answer_is_kept_as_a_note_and_as_evidence(house: House) -> None:
    def answer(place: Workplace) -> None:
        ask = place.session.record.find(RoundRobinAsk)[0]
        place.session.record.save(
            [
                New(services.made_answer(place.session, ask, ("A quiet place", "Well"), "pdf")),
                New(Cycle(place.session.ids.new(), ask.pupil, 1, date(2026, 9, 1))),
            ],
            action="test",
            actor=place.session.actor,
        )

    house.record(answer)
    page = of_ben(house)
    house.click("Use the answer of Mr Nowak to question 1 as evidence in the plan", page)
    assert len(house.record(lambda place: place.session.record.find(EvidenceLink))) == 1
    (note,) = house.record(lambda place: place.session.record.find(Observation))
    assert "A quiet place" in note.text


@pytest.mark.parametrize("size", [1.0, 2.0])
def test_every_control_has_a_name_and_fits(house: House, size: float) -> None:
    make_late(house)
    theme().use(text_size=size)
    page = of_ben(house)
    for each in page.findChildren(QWidget):
        if each.isVisible() and each.focusPolicy() & Qt.FocusPolicy.TabFocus:
            assert each.accessibleName(), each
    assert page.minimumSizeHint().width() <= house.shell.width()
    page_of(house)
    assert page.minimumSizeHint().width() <= house.shell.width()


@pytest.fixture
def program(qtbot, tmp_path):
    made = Program(qtbot, tmp_path)
    yield made
    made.leave()


def test_a_teacher_answers_from_their_home(program) -> None:
    def fill(place: Workplace) -> None:
        school = TwoClasses(place)
        services.ask_staff(
            school.session("senco"), school.other.id, {school.staff["teacher"].id: "here"}, title="Review", questions=QUESTIONS, due_on=DUE
        )
        place.profile.record.set_setting("me", school.staff["teacher"].id)

    program.unlocked(fill)
    page = program.shell.current_page()
    assert isinstance(page, TeacherHomePage)
    assert "Leila Shah, by Friday 4 December" in shown_words(page)
    button = next(
        each for each in page.findChildren(type(program.shell.header.new_button)) if each.accessibleName().startswith("Answer about")
    )
    button.click()
    program.settle()
    shown = next(each for each in program.shell.findChildren(RecordSheet) if each.isVisible())
    shown.form.controls["answer_0"].set_words("A quiet place")
    shown.form.controls["answer_1"].choose("Well")
    shown.save()
    program.settle()
    place = program.opened.place
    assert [each.answers for each in program.record(lambda _: place.session.record.find(RoundRobinAnswer))] == [("A quiet place", "Well")]
    assert "Done" in shown_words(page)


def test_a_teacher_is_told_that_an_answer_is_overdue(program) -> None:
    def fill(place: Workplace) -> None:
        school = TwoClasses(place)
        session = school.session("senco")
        asked = {school.staff["teacher"].id: "here"}
        services.ask_staff(session, school.other.id, asked, title="How is it going?", questions=QUESTIONS, due_on=DUE)
        set_clock(place, datetime(2026, 12, 7, 9, tzinfo=UTC))
        place.profile.record.set_setting("me", school.staff["teacher"].id)

    program.unlocked(fill)
    words = shown_words(program.shell.current_page())
    assert "Leila Shah, overdue since Friday 4 December 2026" in words
    assert "How is it going? · asked by" in words


def test_a_set_of_the_schools_own_is_removed_from_the_form_and_put_back(house: House) -> None:
    house.record(lambda place: services.keep_question_set(place.session, "Before transfer", QUESTIONS))
    page_of(house, ask=pupil(house, "Ava"))
    shown = sheet(house)
    assert not house.sees("Remove this set", shown)
    own = shown.form.controls["set"].findText("Before transfer")
    shown.form.controls["set"].choose(str(own))
    shown.form.controls["set"].chosen.emit(str(own))
    house.click("Remove the set Before transfer", shown)
    house.settle()
    assert shown.form.controls["set"].findText("Before transfer") < 0
    assert "How is it going in your lessons?" in shown.form.controls["questions"].words()
    assert house.record(lambda place: place.session.record.find(QuestionSet)) == []
    house.undo()
    assert len(house.record(lambda place: place.session.record.find(QuestionSet))) == 1


def test_answers_stand_side_by_side_where_there_is_room(house: House) -> None:
    def two_answers(place: Workplace) -> str:
        staff = place.session.record.find(StaffMember)[:3]
        ben = place.session.record.find(Pupil, legal_forename="Ben")[0]
        made, _ = services.ask_staff(place.session, ben.id, {each.id: "pdf" for each in staff}, title="T", questions=QUESTIONS, due_on=DUE)
        asks = place.session.record.find(RoundRobinAsk, round_robin=made.id)
        new = [New(services.made_answer(place.session, each, ("Calm", "Well"), "pdf")) for each in asks[:2]]
        place.session.record.save(new, action="test", actor=place.session.actor)
        return made.id

    page = page_of(house, round_robin=house.record(two_answers))
    beside = page.view.findChildren(Columns)
    assert len(beside) == len(QUESTIONS)
    left, right = beside[0]._parts
    assert left.y() == right.y()
    assert left.x() < right.x()
