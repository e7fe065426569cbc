"""From "we should request" to "appeal won": one pupil, one council, told in the words of the people who do it.

The real window over the real record, and the real gateway in a process of its own on a loopback port.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from sencoapp.app import Workplace
from sencoapp.domain.cases import CouncilCase
from sencoapp.domain.casework import GapNote, Pack, Request, Submission
from sencoapp.domain.dates import full_date
from sencoapp.domain.plan import Outcome
from sencoapp.domain.professionals import Involvement, Recommendation
from sencoapp.domain.record import Amend
from sencoapp.domain.statement import StatementSentence
from sencoapp.services import documents, plans, professionals, provision
from sencoapp.services.cases import case_page
from sencoapp.services.pack_variants import bundles_of
from sencoapp.services.pupils import find_pupils
from sencoapp.sync.form_browser import signing_in
from tests.council.running import PASSWORD, RunningGateway, officer_at, running
from tests.documents.reading import page_texts
from tests.places import add_pupil, set_clock
from tests.ui.starting import shown_words
from ui.pages.case_bundle import BundleView
from ui.pages.cases import CasesPage
from ui.pages.pupil_documents import DocumentsTab
from ui.pages.record_sheet import RecordSheet
from ui.pages.request_builder import RequestBuilder
from ui.pages.requests import RequestsPage
from ui.tasks import Desk
from ui.widgets import Clock, GroupRow, Pick
from ui.widgets.table_model import CELL

from .plan_house import House

ADVICE = "Show Kian what comes next with a picture."


def a_year_of_support(place: Workplace) -> None:
    """What the record holds when the question comes up: a reviewed cycle, provision, a report."""
    session = place.session
    kian = add_pupil(place, strengths="Draws from memory", upn="A823432116001")
    cycle, _ = plans.start_cycle(session, kian.id, starts_on=date(2026, 4, 13))
    made, _ = plans.add_outcome(
        session, cycle.id, {"text": "Follows two steps", "baseline": "0 of 5", "target": "4 of 5", "measure": "Tally"}
    )
    session.record.save([Amend(Outcome, made.id, {"result": "1 of 5", "rating": "some"})], action="review", actor=session.actor)
    values = {
        "title": "Talk Boost", "delivered_by": "Mrs Lacey", "sessions_per_week": 3, "minutes": 30, "weeks": 12, "group_size": 4,
        "pence_per_hour": 1720, "starts_on": date(2026, 9, 7), "wave": "targeted",
    }  # fmt: skip
    provision.add_provision(session, values, [kian.id], cycle=cycle.id, outcome=made.id)
    paper, _ = documents.add_document(
        session, place.documents, kian.id, "report.pdf", report(), title="Speech and language report", document_on=date(2026, 9, 11)
    )
    person, _ = professionals.add_professional(session, {"name": "Ms Ellery", "role": "Speech and language therapist"})
    professionals.involve(session, kian.id, person.id, {})
    (work,) = session.record.find(Involvement, pupil=kian.id)
    professionals.link_report(session, work.id, paper.id)


def letter() -> bytes:
    return report("Dear Mrs Osei, we have decided not to assess Kian.")


def report(*lines: str) -> bytes:
    from io import BytesIO

    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    for line, words in enumerate(lines or ("Kian follows two words at a time.", ADVICE)):
        canvas.drawString(72, 760 - 30 * line, words)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.fixture
def house(qtbot: QtBot, desk: Desk, tmp_path: Path) -> Iterator[House]:
    made = House(qtbot, desk, tmp_path, a_year_of_support)
    yield made
    made.close()


@pytest.fixture
def gateway(tmp_path: Path) -> Iterator[RunningGateway]:
    with running(tmp_path / "gateway") as started:
        yield started


def test_from_we_should_request_to_appeal_won(house: House, gateway: RunningGateway) -> None:
    kian = house.record(lambda place: find_pupils(place.session.record, "osei")[0]).id
    should_we_request(house, kian)
    builder = what_is_missing_is_put_right_or_said_to_stay_open(house)
    the_report_is_marked(house, kian)
    builder = the_statement_is_taken_over_and_put_into_our_words(house)
    the_evidence_and_the_parents(house, builder)
    the_head_teacher_signs_and_the_pack_is_made(house, builder)
    received = it_goes_to_the_council_and_the_clock_runs_from_the_receipt(house, builder, gateway)
    decided = the_council_says_no(house, builder, gateway, received)
    case = the_appeal_has_its_own_date(house, builder, decided)
    the_papers_for_the_hearing_are_the_cases_own(house, kian, case)
    the_council_gives_way_and_a_new_clock_runs(house, kian, case)
    assert all(each.sound for each in house.record(lambda place: place.session.record.verify()))


def should_we_request(house: House, kian: str) -> None:
    """Nothing stands in the way: what the law asks is said, and what is no ground for refusing."""
    page = house.open("requests")
    assert isinstance(page, RequestsPage)
    page.start(Pick(kian, "Kian Osei", ""))
    assert page.sheet is not None
    click(house, page.sheet.button)
    words = shown_words(page.builder.missing)
    assert "You can send now; the council may ask for" in words
    assert "less than £6,000 spent" in words


def what_is_missing_is_put_right_or_said_to_stay_open(house: House) -> RequestBuilder:
    builder = of(house)
    rows = builder.missing.rows()
    click(house, rows["law_may_need_plan"].fix)
    house.qtbot.keyClicks(builder.section.fields["why_an_assessment"].area, "He needs more than the school can give by itself.")
    builder.next.setFocus()
    house.settle()
    assert builder.missing.rows()["law_may_need_plan"].accessibleName().startswith("There")
    gap = builder.missing.rows()["cycles"]
    click(house, gap.explain)
    gap.reason.text.set_words("He came to us in April.")
    click(house, gap.reason.save)
    assert [each.reason for each in house.record(lambda place: place.session.record.find(GapNote))] == ["He came to us in April."]
    return builder


def the_report_is_marked(house: House, kian: str) -> None:
    """The therapist's advice is picked with the keyboard and becomes a recommendation with its page."""
    paper = house.record(lambda place: documents.documents_of(place.session.record, kian)[0])
    tab = house.open("pupil", pupil=kian, tab="documents", document=paper.id).tab("documents")  # type: ignore[attr-defined]
    assert isinstance(tab, DocumentsTab)
    house.settle()
    click(house, tab.reader.mark)
    for key, shift in ((Qt.Key.Key_Down, False), (Qt.Key.Key_Down, False), (Qt.Key.Key_Home, False), (Qt.Key.Key_End, True)):
        held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
        house.qtbot.keyClick(tab.reader.preview.focusProxy(), key, held)
    click(house, tab.reader.marks.mark)
    click(house, sheet(house).save_button)
    (advice,) = house.record(lambda place: place.session.record.find(Recommendation, pupil=kian))
    assert advice.text == ADVICE
    house.record(lambda place: professionals.say_in_use(place.session, advice.id, "yes", by="Mrs Lacey"))


def the_statement_is_taken_over_and_put_into_our_words(house: House) -> RequestBuilder:
    builder = of(house, "statement")
    pane = builder.statement
    assert ADVICE.rstrip(".") in shown_words(pane)
    click(house, pane.take)
    kept = house.record(lambda place: place.session.record.find(StatementSentence))
    assert kept
    assert all(each.rests_on for each in kept)
    click(house, pane.parts["health"].add)
    sheet(house).form.controls["text"].set_words("He is tired by noon.")
    click(house, sheet(house).save_button)
    assert "Put into words by Mrs Ruth Adeyemi" in shown_words(pane)
    return builder


def the_evidence_and_the_parents(house: House, builder: RequestBuilder) -> None:
    assert builder.content is not None
    assert [each.title for each in builder.content.page.evidence] == ["Speech and language report"]
    builder.go_to("people")
    builder.people.told.edit.setFocus()
    house.qtbot.keyClicks(builder.people.told.edit, "2 11 2026")
    builder.people.requester.setFocus()
    house.settle()
    assert builder.missing.rows()["advice_used"].accessibleName().startswith("There") if "advice_used" in builder.missing.rows() else True


def the_head_teacher_signs_and_the_pack_is_made(house: House, builder: RequestBuilder) -> None:
    builder.go_to("sign_off")
    builder.sign_off.name.setText("Mr James Hall")
    builder.sign_off.day.edit.setText("23 11 2026")
    click(house, builder.sign_off.sign)
    builder.go_to("pack")
    click(house, builder.pack.make)
    pack = house.record(lambda place: place.session.record.find(Pack)[0])
    words = " ".join(" ".join(page_texts(house.record(lambda place: place.session.blobs.read(pack.pdf_blob)))).split())
    for wanted in ("Statement of the request", "He is tired by noon.", "He came to us in April.", "Mr James Hall"):
        assert wanted in words


def it_goes_to_the_council_and_the_clock_runs_from_the_receipt(house: House, builder: RequestBuilder, gateway: RunningGateway) -> date:
    builder.go_to("send")
    send = builder.send
    send.sending.open_url = signing_in("ashby", PASSWORD)
    send.gateway.setText(gateway.url)
    click(house, send.send)
    (sent,) = house.record(lambda place: place.session.record.find(Submission))
    assert sent.received_at is not None
    received = sent.received_at.astimezone().date()
    (clock,) = send.case.findChildren(Clock)
    assert full_date(received + timedelta(days=42)) in clock.accessibleName()
    assert "SEND Regulations 2014, reg 5(1)" in shown_words(send)
    return received


def the_council_says_no(house: House, builder: RequestBuilder, gateway: RunningGateway, received: date) -> date:
    (sent,) = house.record(lambda place: place.session.record.find(Submission))
    with officer_at(gateway) as officer:
        officer.fill(f"{gateway.url}/officer/submissions/{sent.id}", "decision", {"decision": "not_to_assess", "text": "Our reasons."})
    click(house, builder.send.case.look)
    assert house.record(lambda place: place.session.record.find(Request)[0]).state == "decided"
    assert "Appeal, counted from the decision letter" in shown_words(builder.send)
    return received


def the_appeal_has_its_own_date(house: House, builder: RequestBuilder, decided: date) -> str:
    """Two months from the letter, or one from the certificate, whichever is later; the right is the parents'."""
    click(house, builder.send.case.appeal)
    (case,) = house.record(lambda place: place.session.record.find(CouncilCase, kind="mediation_appeal"))
    page = cases(house, case.id)
    words = shown_words(page.view)
    assert "The parents contact the mediation adviser" in words
    assert step(house, case.id, "appeal").who == "parents"
    first = step(house, case.id, "appeal").due
    assert first is not None
    assert first >= decided + timedelta(days=59)
    click(house, page.view.dates)
    form = sheet(house).form
    form.controls["mediation_certificate"].set_value(first - timedelta(days=3))
    click(house, sheet(house).save_button)
    later = step(house, case.id, "appeal")
    assert later.due is not None
    assert later.due > first
    assert later.deadline is not None
    assert "the later of the two dates for an appeal" in later.deadline.how
    it_is(house, later.due)
    for id in ("mediation", "appeal", "evidence"):
        page = cases(house, case.id, id)
        click(house, page.view.side.done)
    return case.id


def the_papers_for_the_hearing_are_the_cases_own(house: House, kian: str, case: str) -> None:
    """In the practice direction's sections, oldest first, one count of pages; the request with its statement is what the school writes."""
    house.record(
        lambda place: documents.add_document(
            place.session,
            place.documents,
            kian,
            "letter.pdf",
            letter(),
            title="Decision letter",
            kind="letter",
            document_on=date(2026, 11, 24),
        )
    )
    page = cases(house, case, "bundle")
    click(house, page.view.bundle)
    papers = page.bundle
    assert papers.isVisible()
    papers.side.about.setCurrentIndex(papers.side.about.findData("refusal_to_assess"))
    house.settle()
    rows = rows_of(papers)
    assert rows[:2] == ["A. Core documents: 1 of 100 pages", "Decision letter"]
    assert rows[3:5] == ["What the school writes", "Speech and language report"]
    click(house, papers.make)
    (made,) = house.record(lambda place: bundles_of(place.session.record, case))
    pages = page_texts(house.record(lambda place: place.session.blobs.read(made.pdf_blob)))
    assert len(pages) == made.pages
    said = " ".join(" ".join(pages).split())
    for wanted in (
        "Statement of the request",
        "He is tired by noon.",
        ADVICE,
        "A. Core documents",
        "This is the school’s part of the papers",
    ):
        assert wanted in said
    assert "The council will not assess" in pages[0]
    page = cases(house, case, "bundle")
    assert "Papers for the tribunal made, version 1" in shown_words(page.view)
    click(house, page.view.side.done)


def the_council_gives_way_and_a_new_clock_runs(house: House, kian: str, case: str) -> None:
    page = cases(house, case)
    click(house, page.view.end)
    form = sheet(house)
    form.form.controls["ended_as"].choose("conceded")
    click(house, form.save_button)
    assert "Conceded by the council" in shown_words(page.view)
    click(house, page.view.follow)
    (after,) = house.record(lambda place: place.session.record.find(CouncilCase, kind="conceded_appeal"))
    assert (after.pupil, after.closed_on) == (kian, None)
    page = cases(house, after.id)
    told = house.record(lambda place: place.session.clock.today())
    click(house, page.view.dates)
    sheet(house).form.controls["assessment_appeal_conceded"].set_value(told)
    click(house, sheet(house).save_button)
    assert step(house, after.id, "assess").due == told + timedelta(weeks=2)
    assert step(house, after.id, "plan").due == told + timedelta(weeks=14)
    page = cases(house, after.id, "assess")
    assert "SEND Regulations 2014, reg 45(3)" in shown_words(page.view)
    assert "Day 0 of 14" in shown_words(page.view)
    click(house, page.view.side.done)
    won = house.record(lambda place: place.session.record.get(CouncilCase, case))
    assert (won.ended_as, won.closed_on) == ("conceded", told)


def rows_of(papers: BundleView) -> list[str]:
    """What the rows say first: the heads of the sections, and the titles."""
    model = papers.papers.model()
    found = [model.data(model.index(number, 0), CELL) for number in range(model.rowCount())]
    return [each.words if isinstance(each, GroupRow) else each.text for each in found]


# ---- hands -----------------------------------------------------------------------------------------------------------


def click(house: House, button) -> None:
    assert button.isVisible(), button.text()
    assert button.isEnabled(), button.text()
    house.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    house.settle()


def sheet(house: House) -> RecordSheet:
    return next(each for each in house.shell.findChildren(RecordSheet) if each.isVisible())


def of(house: House, at: str = "") -> RequestBuilder:
    request = house.record(lambda place: place.session.record.find(Request)[0])
    page = house.open("requests", request=request.id, step=at)
    assert isinstance(page, RequestsPage)
    return page.builder


def cases(house: House, case: str, at: str = "") -> CasesPage:
    page = house.open("cases", case=case, step=at)
    assert isinstance(page, CasesPage)
    return page


def step(house: House, case: str, id: str):
    shown = house.record(lambda place: case_page(place.session, case)).row.shown
    return next(each for each in shown.steps if each.id == id)


def it_is(house: House, day: date) -> None:
    house.record(lambda place: set_clock(place, datetime(day.year, day.month, day.day, 10, tzinfo=UTC)))
