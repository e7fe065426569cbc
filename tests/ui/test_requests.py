"""Requests, as a SENCO writes them: the list, the builder, what's missing, evidence, the parents."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from sencoapp import council_files, reference
from sencoapp.domain.casework import Answer, Document, GapNote, Request, SignOff
from sencoapp.services import documents, pupils, requests
from sencoapp.services.confidential import set_readers
from sencoapp.services.ports import Session
from tests.ui.starting import shown_words
from ui.pages.export_sheet import ExportSheet
from ui.pages.request_answers import AnswerField
from ui.pages.requests import RequestsTab
from ui.preferences import Preferences
from ui.theme import theme
from ui.widgets import Button, Pick, RecordTable, TableRow

from .request_house import RequestHouse, request_house

WHY = "why_an_assessment"
WHO = "Fix: Enter who makes the request"


@pytest.fixture
def house(qtbot: QtBot, tmp_path: Path, preferences: Preferences) -> Iterator[RequestHouse]:
    with request_house(qtbot, tmp_path / "profile", preferences) as opened:
        yield opened


def answer_of(house: RequestHouse, request: Request, question: str) -> str | None:
    found = house.record(lambda place: place.session.record.find(Answer, request=request.id, question=question))
    return found[0].text if found else None


def field_of(house: RequestHouse, request: Request, section: str, question: str) -> AnswerField:
    return house.builder(request, section).section.fields[question]


def file_paper(session: Session, rooms: object, pupil: str, title: str, content: bytes, kind: str = "report") -> str:
    document, _ = documents.add_document(session, rooms, pupil, f"{title}.png", content, title=title, kind=kind)  # type: ignore[arg-type]
    return document.id


def picture(shade: int) -> bytes:
    """A small picture, another one for each shade."""
    from io import BytesIO

    from PIL import Image

    into = BytesIO()
    Image.new("L", (40, 40), shade).save(into, "PNG")
    return into.getvalue()


# ---- the list -------------------------------------------------------------------------------------------------------


def test_given_no_requests_one_sentence_and_one_button_lead_to_the_first(house: RequestHouse) -> None:
    pupil = house.pupil()
    page = house.open()
    button = page.first_focus()
    assert isinstance(button, QWidget)
    house.press(button)
    assert page.sheet is not None
    sheet = page.sheet
    house.type(sheet.picker.edit, "kia")
    house.settle()
    house.qtbot.keyClick(sheet.picker.edit, Qt.Key.Key_Return)
    house.press(sheet.button)
    assert page.builder.content is not None
    assert page.builder.content.page.pupil.id == pupil.id
    assert page.title == "Request for Kian Osei"
    assert not sheet.isVisible()


def test_a_form_for_funding_is_begun_from_the_same_sheet_and_says_how_it_goes(house: RequestHouse) -> None:
    pupil = house.pupil()
    page = house.open()
    page.start(Pick(pupil.id, pupil.name, ""))
    sheet = page.sheet
    assert sheet is not None
    sheet.which.choose("leicestershire/sen_intervention_funding")
    house.press(sheet.button)
    (request,) = house.record(lambda place: place.session.record.find(Request))
    assert (request.council, request.form) == ("leicestershire", "sen_intervention_funding")
    house.record(lambda place: requests.freeze(place.session, place.documents, request.id))
    send = house.builder(request, "send").send
    assert not send.send.isVisible()
    assert not send.gateway.isVisible()
    assert "does not go over the connection" in send._by_hand.accessibleName()
    assert "Special Educational Needs Assessment Service" in send._by_hand.accessibleName()


def test_a_filter_that_lets_nothing_through_says_so_and_leads_back(house: RequestHouse) -> None:
    house.request()
    page = house.open()
    house.press(page.list._filter.chip("sent"))
    assert not page.list.table.isVisible()
    back = page.first_focus()
    assert isinstance(back, Button)
    house.press(back)
    assert page.list.table.isVisible()
    assert page.list.table.hasFocus()


def test_given_no_pupil_is_chosen_the_sheet_says_so_and_stays(house: RequestHouse) -> None:
    page = house.open()
    page.start()
    assert page.sheet is not None
    house.press(page.sheet.button)
    assert page.sheet.isVisible()
    assert "Enter a pupil" in page.sheet.form.summary.accessibleName()


def test_a_second_request_for_the_same_pupil_is_refused_in_the_sheet(house: RequestHouse) -> None:
    house.request()
    page = house.open()
    page.start()
    sheet = page.sheet
    assert sheet is not None
    house.type(sheet.picker.edit, "osei")
    house.settle()
    house.qtbot.keyClick(sheet.picker.edit, Qt.Key.Key_Return)
    house.press(sheet.button)
    assert "request in progress for this pupil already" in sheet.form.summary.accessibleName()


def test_the_list_says_where_each_request_stands_and_enter_opens_it(house: RequestHouse) -> None:
    request = house.request()
    page = house.open()
    table = page.list.table
    assert table.count() == 1
    words = [table.model().index(0, column).data(Qt.ItemDataRole.AccessibleTextRole) for column in range(table.model().columnCount())]
    assert words[0].startswith("Kian Osei")
    assert "Leicestershire County Council, Request for an EHC needs assessment by a school" in words
    assert "In progress" in words
    table.setFocus()
    table.choose(request.id)
    house.qtbot.keyClick(table, Qt.Key.Key_Return)
    house.settle()
    assert house.went[-1] == ("requests", {"request": request.id})
    assert page.title == "Request for Kian Osei"


def test_the_tab_of_a_pupil_shows_that_pupils_requests_and_begins_one(house: RequestHouse) -> None:
    house.request(surname="Farouk", forename="Amir")
    pupil = house.pupil()
    tab = RequestsTab(house.room)
    house.qtbot.addWidget(tab)
    tab.show()
    tab.show_for(pupil=pupil.id)
    house.settle()
    assert tab.list.table.count() == 0
    house.press(tab.list.first_focus())
    assert house.went[-1][0] == "requests"
    tab.show_for(pupil=pupil.id, request=house.went[-1][1]["request"])
    house.settle()
    assert tab.list.table.count() == 1
    assert tab.list.table.current_key() == house.went[-1][1]["request"]
    assert not tab.list.start.isVisible()


# ---- answers --------------------------------------------------------------------------------------------------------


def test_a_question_begins_with_the_records_words_and_says_so(house: RequestHouse) -> None:
    request = house.request(strengths="Builds with care.")
    field = field_of(house, request, "one_page_profile", "profile_good_at")
    assert field.area.words() == "Builds with care."
    assert "From the pupil's record" in field._source.text()
    assert answer_of(house, request, "profile_good_at") is None


def test_what_is_typed_is_a_draft_after_a_pause_and_an_answer_when_the_field_is_left(house: RequestHouse) -> None:
    request = house.request()
    builder = house.builder(request, "reasons")
    field = builder.section.fields[WHY]
    with house.qtbot.waitSignal(field.draft_kept):
        house.type(field.area, "Two plans were not enough.")
    assert answer_of(house, request, WHY) is None
    assert builder.saved.words().startswith("Draft saved")
    builder.section.fields["beyond_ordinary"].area.setFocus()
    house.settle()
    assert answer_of(house, request, WHY) == "Two plans were not enough."
    assert builder.saved.words().startswith("Saved")
    assert house.record(lambda place: place.session.record.draft(f"answer {request.id} {WHY}")) is None


def test_a_draft_is_there_when_the_program_was_killed_and_started_again(
    qtbot: QtBot, tmp_path: Path, preferences: Preferences, house: RequestHouse
) -> None:
    request = house.request()
    field = field_of(house, request, "reasons", WHY)
    with qtbot.waitSignal(field.draft_kept):
        house.type(field.area, "Not lost.")
    # The window goes without any field being left, as when the process is killed.
    field._changed = False
    house.shell.hide()
    house.desk.shut_down(house.place.close)
    with request_house(qtbot, tmp_path / "profile", preferences) as again:
        assert field_of(again, request, "reasons", WHY).area.words() == "Not lost."


def test_words_being_typed_stay_when_the_record_changes_meanwhile(house: RequestHouse) -> None:
    request = house.request(strengths="Draws.")
    field = field_of(house, request, "one_page_profile", "profile_good_at")
    house.type(field.area, "Also: ")
    house.change(lambda place: pupils.add_need(place.session, request.pupil, "SEMH"))
    assert "Also: " in field.area.words()


def test_unchanged_words_go_on_following_the_record(house: RequestHouse) -> None:
    request = house.request(strengths="Draws.")
    field = field_of(house, request, "one_page_profile", "profile_good_at")

    def better(place: object) -> object:
        page = pupils.pupil_page(house.place.session.record, request.pupil, house.place.session.clock.today())
        return pupils.change_pupil(house.place.session, page.pupil, replace(page.pupil, strengths="Draws and sings."))

    house.change(better)
    assert field.area.words() == "Draws and sings."


def test_a_draft_says_what_is_asked_beside_it_until_a_person_has_written(house: RequestHouse) -> None:
    request = house.request()
    field = field_of(house, request, "cover_sheet", "requester_contact")
    assert "Also asked, and not in the record: the school's telephone number; an email address." in field.lacks.text()
    assert field.lacks.isVisible()
    builder = house.builder(request, "cover_sheet")
    assert "Completed" not in builder.next.text()
    house.type(field.area, " Telephone 0116 496 0100, r@example.org")
    builder.keep()
    house.settle()
    assert not field.lacks.isVisible()


def test_going_back_to_the_records_words_can_be_undone(house: RequestHouse) -> None:
    request = house.request(strengths="Draws.")
    house.record(lambda place: requests.write_answer(place.session, request.id, "profile_good_at", "My own words."))
    field = field_of(house, request, "one_page_profile", "profile_good_at")
    assert field.area.words() == "My own words."
    house.press(field._back)
    assert field.area.words() == "Draws."
    assert answer_of(house, request, "profile_good_at") is None
    assert house.shell._toast.press_undo()
    house.settle()
    assert answer_of(house, request, "profile_good_at") == "My own words."
    assert field.area.words() == "My own words."


def test_completed_makes_the_records_words_the_persons_own_and_goes_on(house: RequestHouse) -> None:
    request = house.request()
    builder = house.builder(request, "needs")
    assert builder.next.text() == "Completed, go to 6"
    house.press(builder.next)
    assert builder._here == "section:progress"
    assert (answer_of(house, request, "needs_by_area") or "").startswith("Speech, language and communication needs")
    states = [builder.steps.table.model().index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(6)]
    assert states[4] == "5. Needs, Completed"


def test_what_is_not_known_of_the_form_is_said_on_screen(house: RequestHouse) -> None:
    builder = house.builder(house.request(), "cover_sheet")
    assert builder.section._confirm.isVisible()
    assert "Check with SENA" in builder.section._confirm.accessibleName()


# ---- what's missing -------------------------------------------------------------------------------------------------


def test_caveats_of_the_form_and_its_council_stand_at_the_top_and_fold_away(house: RequestHouse) -> None:
    request = house.request()
    caveats = house.builder(request, "cover_sheet").caveats
    assert "own version number and date of this form are not known" in caveats.notice.accessibleName()
    assert "No postal address" in caveats.notice.accessibleName()
    house.press(caveats.turn)
    assert caveats.notice.accessibleName() == "Not everything about this form is confirmed."
    house.press(caveats.turn)
    house.builder(request, "pack")
    assert caveats.isVisible()
    assert "No postal address" in caveats.notice.accessibleName(), "who has opened it has it open"
    house.press(caveats.turn)
    assert caveats.notice.accessibleName() == "Not everything about this form is confirmed."


def test_a_gap_says_what_of_it_is_to_be_confirmed(house: RequestHouse) -> None:
    request = house.request()
    row = house.builder(request).missing.rows()["consent"]
    assert row.confirm.text().startswith("To be confirmed: Found for requests by parents.")
    assert "Found for requests by parents" in row.accessibleName()


def test_the_papers_that_go_with_a_form_stand_with_the_evidence_and_say_which_are_there(house: RequestHouse) -> None:
    request = house.request()
    said = shown_words(house.builder(request, "evidence").evidence.papers)
    assert "The SEND Support Plan, with its reviews" in said
    assert "Recommended · Still open" in said
    assert "Check with SENA" in said
    assert "The council asks for it" in said


def test_where_the_form_is_sent_stands_in_pack_and_send(house: RequestHouse) -> None:
    request = house.request()
    pack = house.builder(request, "pack").pack
    assert "cover sheet and the SEND Support Plan" in pack.goes_to.text()
    assert pack.reach.text() == "senaservice@leics.gov.uk · 0116 305 6600"
    house.record(lambda place: requests.freeze(place.session, place.documents, request.id))
    send = house.builder(request, "send").send
    assert "senaservice@leics.gov.uk · 0116 305 6600" in shown_words(send)


def test_a_request_whose_councils_folder_was_taken_away_says_so(house: RequestHouse, tmp_path: Path) -> None:
    folder = tmp_path / "councils"
    made = shutil.copytree(reference.path_of("councils", "staffordshire"), folder / "rutland")
    for file in (made / "council.json", made / "ehc_needs_assessment" / "form.json"):
        words = file.read_text("utf-8").replace('"staffordshire"', '"rutland"').replace("Staffordshire County", "Rutland County")
        file.write_text(words, "utf-8")
    try:
        assert council_files.use_added(folder).in_use == ("rutland",)
        pupil = house.pupil()
        request, _ = house.record(lambda place: requests.start_request(place.session, pupil.id, council="rutland"))
        council_files.remove_council("rutland", folder)
        builder = house.builder(request)
        assert "no longer on this computer" in builder.caveats.notice.accessibleName()
        assert not builder.caveats.turn.isVisible(), "what is gone is not folded away"
        assert "its folder is no longer on this computer" in builder.missing.rows()["current_form"].accessibleName()
    finally:
        reference.use_councils({})


def test_a_gap_is_closed_as_soon_as_it_is_put_right(house: RequestHouse) -> None:
    request = house.request()
    builder = house.builder(request)
    rows = builder.missing.rows()
    assert rows["law_may_need_plan"].accessibleName().startswith("Still open")
    house.press(rows["law_may_need_plan"].fix)
    field = builder.section.fields[WHY]
    assert field.area.hasFocus()
    house.qtbot.keyClicks(field.area, "Progress is slow.")
    builder.next.setFocus()
    house.settle()
    assert builder.missing.rows()["law_may_need_plan"].accessibleName().startswith("There")


@pytest.mark.parametrize(
    ("check", "page", "where"),
    [
        ("cycles", "pupil", {"tab": "plan"}),
        ("pupil_views", "pupil", {"tab": "views"}),
        ("advice_used", "pupil", {"tab": "documents"}),
        ("costs", "pupil", {"tab": "provision"}),
    ],
)
def test_fix_leads_to_the_place_in_the_record(house: RequestHouse, check: str, page: str, where: dict[str, str]) -> None:
    request = house.request()
    builder = house.builder(request)
    house.press(builder.missing.rows()[check].fix)
    assert house.went[-1] == (page, {"pupil": request.pupil, **where})


def test_why_a_gap_stays_open_needs_a_reason_and_is_kept(house: RequestHouse) -> None:
    request = house.request()
    builder = house.builder(request)
    found = builder.missing.rows()["cycles"]
    house.press(found.explain)
    house.press(found.reason.save)
    assert "Enter why it stays open" in found.reason.form.summary.accessibleName()
    house.type(found.reason.text, "The pupil came to us in September.")
    house.press(found.reason.save)
    notes = house.record(lambda place: place.session.record.find(GapNote, request=request.id))
    assert [each.reason for each in notes] == ["The pupil came to us in September."]
    found = builder.missing.rows()["cycles"]
    assert found.accessibleName().startswith("Explained")
    house.press(found.take_back)
    assert house.record(lambda place: place.session.record.find(GapNote, request=request.id)) == []
    assert house.shell._toast.press_undo()
    house.settle()
    assert len(house.record(lambda place: place.session.record.find(GapNote, request=request.id))) == 1


def test_each_gap_says_who_can_mend_it_and_the_law_says_what_is_no_ground_for_refusing(house: RequestHouse) -> None:
    request = house.request()
    panel = house.builder(request).missing
    words = shown_words(panel)
    assert "The SENCO can mend it." in words
    assert "A teacher can mend it." in words
    assert "No ground for refusing" in words
    assert "Too few cycles of support, less than £6,000 spent" in words
    assert "Children and Families Act 2014, s36(8); SEND Code of Practice 2015, 9.14" in words


def test_scans_are_looked_at_aside_when_a_request_is_opened_and_what_was_found_is_shown(house: RequestHouse) -> None:
    request = house.request()
    paper = house.change(lambda place: file_paper(place.session, place.documents, request.pupil, "Drawing", picture(200)))
    house.change(lambda place: requests.change_request(place.session, request, replace(request, evidence=(paper,))))
    row = house.builder(request).missing.rows()["readable_scans"]
    assert row.accessibleName().startswith("Still open")
    assert "“Drawing” is empty" in row.accessibleName()
    house.press(row.fix)
    assert house.went[-1] == ("pupil", {"pupil": request.pupil, "tab": "documents"})


def test_a_title_without_a_space_does_not_push_what_is_missing_out_of_sight(house: RequestHouse) -> None:
    request = house.request()
    title = "scan_of_the_drawing_2026_final_version_signed_copy_for_the_school_and_the_council"
    paper = house.change(lambda place: file_paper(place.session, place.documents, request.pupil, title, picture(200)))
    house.change(lambda place: requests.change_request(place.session, request, replace(request, evidence=(paper,))))
    panel = house.builder(request).missing
    inside = panel.pane.widget()
    assert title in panel.rows()["readable_scans"].accessibleName()
    assert inside.minimumSizeHint().width() <= panel.pane.viewport().width()


def test_where_the_timetable_differs_fix_leads_to_the_pupils_week(house: RequestHouse) -> None:
    request = house.request()
    builder = house.builder(request)
    assert builder.content is not None
    finding = next(each for each in builder.content.page.readiness.findings if each.check == "timetable_matches")
    builder.fix(finding)
    assert house.went[-1] == ("timetable", {"pupil": request.pupil})


def test_gaps_never_block_but_a_request_without_a_requester_does(house: RequestHouse) -> None:
    request = house.request()
    builder = house.builder(request, "pack")
    assert builder.content is not None
    assert builder.content.page.readiness.present < builder.content.page.readiness.total
    assert builder.pack.make.isEnabled()
    builder.go_to("people")
    builder.people.requester.setFocus()
    builder.people.requester.clear()
    builder.people.role.setFocus()
    house.settle()
    assert house.now(request).requester is None
    assert not builder.pack.make.isEnabled()
    builder.go_to("pack")
    house.settle()
    [fix] = [each for each in builder.missing.findChildren(Button) if each.isVisible() and each.accessibleName() == WHO]
    house.press(fix)
    assert builder.people.requester.hasFocus()


# ---- the parents and the evidence -----------------------------------------------------------------------------------


def test_what_the_parents_were_told_and_think_is_kept_field_by_field(house: RequestHouse) -> None:
    request = house.request()
    people = house.builder(request, "people").people
    house.type(people.told.edit, "20 11 2026")
    people.words.setFocus()
    house.settle()
    assert house.now(request).parents_told_on == date(2026, 11, 20)
    house.press(people.agree.chip("not"))
    assert house.now(request).parents_agree is False
    house.type(people.words, "Mrs Osei would rather wait until Easter.")
    people.role.setFocus()
    house.settle()
    assert house.now(request).parents_agree_note == "Mrs Osei would rather wait until Easter."


def test_a_day_that_does_not_exist_is_said_and_what_was_typed_stays(house: RequestHouse) -> None:
    request = house.request()
    people = house.builder(request, "people").people
    house.type(people.told.edit, "31 11 2026")
    people.words.setFocus()
    house.settle()
    assert "must be a real date" in people.form.summary.accessibleName()
    assert people.told.edit.text() == "31 11 2026"
    assert house.now(request).parents_told_on is None


def test_evidence_is_put_in_order_with_the_keys_and_the_meter_counts_it(house: RequestHouse) -> None:
    pupil = house.pupil()
    papers = [
        house.record(lambda place, n=n, title=title: file_paper(place.session, place.documents, pupil.id, title, picture(n)))
        for n, title in enumerate(("Letter", "Drawing", "Report"), start=40)
    ]
    request = house.record(lambda place: requests.start_request(place.session, pupil.id)[0])
    evidence = house.builder(request, "evidence").evidence
    before = house.now(request).evidence
    assert sorted(before) == sorted(papers)
    assert evidence._meter.text().startswith("3 documents, 3 pages")
    evidence.chosen.setFocus()
    evidence.chosen.choose(before[2])
    house.qtbot.keyClick(evidence.chosen, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    house.settle()
    assert house.now(request).evidence == (before[0], before[2], before[1])
    assert evidence.chosen.current_key() == before[2]
    house.press(evidence.up)
    assert house.now(request).evidence == (before[2], before[0], before[1])
    assert not evidence.up.isEnabled()
    house.press(evidence.take_out)
    assert house.now(request).evidence == (before[0], before[1])
    assert evidence.others.count() == 1
    assert house.shell._toast.press_undo()
    house.settle()
    assert house.now(request).evidence == (before[2], before[0], before[1])


def test_confidential_evidence_says_who_will_read_it_and_that_it_is_not_signed_for(house: RequestHouse) -> None:
    pupil = house.pupil()
    paper = house.record(lambda place: file_paper(place.session, place.documents, pupil.id, "Court letter", picture(40)))
    house.change(lambda place: set_readers(place.session, Document, paper, ()))
    request = house.record(lambda place: requests.start_request(place.session, pupil.id)[0])
    builder = house.builder(request, "evidence")
    assert builder.evidence.kept_apart.isHidden()
    assert builder.evidence.others.count() == 1
    builder.evidence.add(paper)
    house.settle()
    assert builder.evidence.kept_apart.isVisible()
    assert "“Court letter” is confidential. Whoever reads the pack will read it" in builder.evidence.kept_apart.accessibleName()
    builder.go_to("sign_off")
    house.settle()
    assert "Court letter" in builder.sign_off._left_out.text()
    assert "not covered" in builder.sign_off._left_out.text()
    builder.go_to("pack")
    house.settle()
    assert "The head teacher has not signed off this request." in shown_words(builder.pack)


def test_a_withdrawn_request_can_be_taken_up_again(house: RequestHouse) -> None:
    request = house.request()
    page = house.open(request=request.id)
    house.press(page._withdraw)
    assert house.now(request).state == "withdrawn"
    assert field_of(house, request, "reasons", WHY).area.isReadOnly()
    house.press(page._reopen)
    assert house.now(request).state == "draft"
    assert not field_of(house, request, "reasons", WHY).area.isReadOnly()


def test_tab_goes_from_answer_to_answer_then_to_the_buttons_then_to_what_is_missing(house: RequestHouse) -> None:
    builder = house.builder(house.request(), "one_page_profile")
    house.press(builder.previous)
    house.press(builder.next)
    first = next(iter(builder.section.fields.values()))
    first.area.setFocus()
    stops: list[QWidget] = []
    while builder.missing.rows()["law_may_need_plan"].fix not in stops and len(stops) < 30:
        here = QApplication.focusWidget()
        assert here is not None
        stops.append(here)
        house.qtbot.keyClick(here, Qt.Key.Key_Tab)
    areas = [each.area for each in builder.section.fields.values()]
    assert [each for each in stops if each in areas] == areas
    assert stops.index(areas[-1]) < stops.index(builder.previous) < stops.index(builder.next)
    assert stops[-1] is builder.missing.rows()["law_may_need_plan"].fix


# ---- for everyone ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["cover_sheet", "family", "consent", "people", "evidence", "pack", "send"])
@pytest.mark.parametrize("size", [1.0, 2.0])
def test_every_control_has_a_name_and_fits(house: RequestHouse, step: str, size: float) -> None:
    theme().use(text_size=size)
    builder = house.builder(house.request(surname="Wolstenholme-Featherstonehaugh", forename="Maximilian Bartholomew"), step)
    nameless = [
        type(each).__name__
        for each in builder.findChildren(QWidget)
        if each.isVisible() and each.focusPolicy() & Qt.FocusPolicy.TabFocus and not each.accessibleName()
    ]
    assert nameless == []
    frame = builder.parentWidget()
    assert frame is not None
    assert builder.minimumSizeHint().width() <= house.shell.width() - house.shell.rail.width()
    assert builder.width() <= house.shell.width() - house.shell.rail.width()


def test_the_senco_notes_the_heads_signature_and_sending_no_longer_warns(house):
    request = house.request()
    house.change(lambda place: requests.freeze(place.session, place.documents, request.id))
    builder = house.builder(request, "send")
    assert builder.send.unsigned.isVisible()
    assert builder.send.send.isEnabled()
    builder.go_to("sign_off")
    house.settle()
    pane = builder.sign_off
    house.press(pane.sign)
    assert house.record(lambda place: place.session.record.count(SignOff)) == 0, "a name is asked for"
    house.type(pane.name, "Mr J. Okafor")
    house.type(pane.day.edit, "20/11/2026")
    house.press(pane.sign)
    assert "Signed off by Mr J. Okafor, head teacher, on paper on 20 November 2026." in shown_words(pane)
    builder.go_to("send")
    house.settle()
    assert not builder.send.unsigned.isVisible()
    house.change(lambda place: requests.write_answer(place.session, request.id, "why_an_assessment", "He cannot follow."))
    house.settle()
    assert builder.send.unsigned.isVisible()
    builder.go_to("sign_off")
    assert "The request has changed since it was signed off." in shown_words(pane)


# ---- two forms, and who signs ---------------------------------------------------------------------------------------


def rows_of(table: RecordTable) -> list[TableRow]:
    model = table.model()
    found = [model.row_at(number) for number in range(model.rowCount())]
    return [each for each in found if isinstance(each, TableRow)]


def test_two_forms_are_compared_in_a_sheet_both_ways(house: RequestHouse) -> None:
    request = house.request()
    house.record(lambda place: requests.write_answer(place.session, request.id, WHY, "She needs speech therapy twice a week."))
    page = house.open(request=request.id)
    house.press(page.builder.steps.compare)
    sheet = page.comparison
    assert sheet is not None
    sheet.other.choose("staffordshire/ehc_needs_assessment")
    sheet.other.chosen.emit(sheet.other.value())
    house.settle()
    words = {each.key: [cell.in_words() for cell in each.cells[1:]] for each in rows_of(sheet.table)}
    assert words[WHY] == ["Answered", "Answered"]
    assert words["evidence_of_need"] == ["Not asked", "Still to answer, The council requires it"]
    assert words["profile_feel_safe"] == ["Still to answer, The council requires it", "Not asked"]
    assert "Staffordshire County Council: " in sheet.sum.text()
    found = house.record(sheet._list)
    told = {each[0]: list(each[2:]) for each in found.rows}
    assert len(told) == len(found.rows) == len(words)
    assert ["Not asked", "Still to answer, the council requires it"] in told.values()
    house.qtbot.keyClick(sheet.table, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    house.settle()
    assert [each for each in house.shell.findChildren(ExportSheet) if each.isVisible()]


def test_the_form_says_who_signs_and_whether_the_signed_page_is_there(house: RequestHouse) -> None:
    request = house.request()
    builder = house.builder(request, "people")
    assert "A parent or carer: by hand, on paper" in shown_words(builder.people)
    house.change(lambda place: file_paper(place.session, place.documents, request.pupil, "Consent", picture(30), kind="consent"))
    papers = house.record(lambda place: [each.id for each in place.session.record.find(Document, pupil=request.pupil)])
    now = house.now(request)
    house.change(lambda place: requests.change_request(place.session, now, replace(now, evidence=tuple(papers))))
    assert "A parent or carer: by hand; the signed page is among the evidence" in shown_words(house.builder(request, "people").people)


def test_a_question_says_that_the_council_requires_it(house: RequestHouse) -> None:
    request = house.request()
    field = field_of(house, request, "one_page_profile", "profile_feel_safe")
    assert "The council requires this answer." in shown_words(field)


def test_a_question_says_that_it_is_recommended_without_saying_by_the_council(house: RequestHouse) -> None:
    request = house.request()
    form = requests.form_of(request)
    section, question = next(
        (part["id"], each["id"])
        for part in form["sections"]
        for each in part["questions"]
        if each["required"] == "recommended" and not each["by_hand"]
    )
    words = shown_words(field_of(house, request, section, question))
    assert "Recommended" in words
    assert "The council requires" not in words


def test_what_was_saved_of_one_request_is_not_said_of_another(house: RequestHouse) -> None:
    first, second = house.request(), house.request(surname="Bell", forename="Ava")
    builder = house.builder(first, "people")
    house.type(builder.people.told.edit, "2 11 2026")
    builder.people.requester.setFocus()
    house.settle()
    assert builder.saved.words()
    assert not house.builder(second).saved.words()


def test_where_a_step_has_no_way_on_the_focus_goes_to_the_step(house: RequestHouse) -> None:
    builder = house.builder(house.request(), "sign_off")
    builder.next.setFocus()
    house.qtbot.keyClick(builder.next, Qt.Key.Key_Space)
    house.settle()
    now = QApplication.focusWidget()
    assert builder.send.isVisible()
    assert builder.send.isAncestorOf(now) or now is builder.previous
