"""The papers for the tribunal in the window: chosen with the keys, moved, left out, made, saved on the record."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from sencoapp.app import Workplace
from sencoapp.domain.appeal_bundle import WRITTEN
from sencoapp.domain.casework import Disclosure, Document, Pack
from sencoapp.services import cases, documents
from tests.documents.page_scans import pdf_of, scan
from tests.documents.test_redaction import written
from tests.places import add_pupil
from tests.ui.starting import shown_words
from ui.pages.case_bundle import BundleView
from ui.pages.cases import CasesPage
from ui.tasks import Desk
from ui.widgets import GroupRow
from ui.widgets.table_model import CELL

from .plan_house import House


def fill(place: Workplace) -> None:
    kian = add_pupil(place)
    for title, kind, content, day in (
        ("Decision letter", "letter", written("We will not assess."), date(2026, 9, 1)),
        ("Old report", "report", written("He is quiet."), date(2020, 5, 1)),
        ("A scan", "other", pdf_of(scan(200)), date(2026, 5, 1)),
    ):
        documents.add_document(place.session, place.documents, kian.id, "f.pdf", content, title=title, kind=kind, document_on=day)
    cases.open_case(place.session, kian.id, "mediation_appeal")


@pytest.fixture
def house(qtbot: QtBot, desk: Desk, tmp_path: Path) -> Iterator[House]:
    made = House(qtbot, desk, tmp_path, fill)
    yield made
    made.close()


def opened(house: House) -> BundleView:
    (row,) = house.record(lambda place: cases.case_list(place.session))
    page = house.open("cases", case=row.shown.case.id)
    assert isinstance(page, CasesPage)
    house.qtbot.mouseClick(page.view.bundle, Qt.MouseButton.LeftButton)
    house.settle()
    assert page.bundle.isVisible()
    return page.bundle


def rows(view: BundleView) -> list[str]:
    model = view.papers.model()
    found = [model.data(model.index(number, 0), CELL) for number in range(model.rowCount())]
    return [each.words if isinstance(each, GroupRow) else each.text for each in found]


def document(house: House, title: str) -> Document:
    return house.record(lambda place: place.session.record.find(Document, title=title)[0])


def test_the_page_says_whose_bundle_it_is_counts_pages_and_says_what_to_look_at(house: House) -> None:
    view = opened(house)
    said = shown_words(view)
    assert "The council prepares the bundle for the hearing" in said
    assert "“Old report” is more than 3 years old." in said
    assert "“A scan”: the words on page 1 cannot be searched" in said
    assert "Practice Direction No. 1 of 2025" in said
    assert "Several published accounts of the direction say this" in said
    found = rows(view)
    assert found[:2] == ["A. Core documents: 1 of 100 pages", "Decision letter"]
    assert any(each.startswith("D. Other evidence: ") and each.endswith("pages, 75 to 100 are allowed") for each in found)


def test_the_kind_of_appeal_changes_sections_and_limits(house: House) -> None:
    view = opened(house)
    about = view.side.about
    about.setFocus()
    house.qtbot.keyClick(about, Qt.Key.Key_Down)
    house.settle()
    assert [each[:2] for each in rows(view) if each[1:3] == ". "] == ["A.", "B."]
    assert any(each.endswith("of 75 pages") for each in rows(view))


def test_a_paper_is_moved_and_left_out_with_the_keys(house: House) -> None:
    view = opened(house)
    old = document(house, "Old report")
    view.papers.setFocus()
    view.papers.choose(old.id)
    view.side.section.setFocus()
    house.qtbot.keyClick(view.side.section, Qt.Key.Key_Home)
    house.settle()
    assert rows(view)[1] == "Old report"
    view.papers.choose(old.id)
    view.papers.setFocus()
    house.qtbot.keyClick(view.papers, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    house.settle()
    assert rows(view).index("Not in the papers") < rows(view).index("Old report")
    house.qtbot.mouseClick(view.side.turn, Qt.MouseButton.LeftButton)
    house.settle()
    assert rows(view)[1] == "Old report"


def test_the_papers_are_made_and_saved_and_it_is_noted_that_the_council_gets_them(house: House, tmp_path: Path) -> None:
    view = opened(house)
    assert not view.side.save.isVisible()
    view.turn_round(WRITTEN)
    house.settle()
    house.qtbot.mouseClick(view.make, Qt.MouseButton.LeftButton)
    house.settle()
    (pack,) = house.record(lambda place: place.session.record.find(Pack))
    assert pack.council_case
    out = tmp_path / "papers.pdf"
    view.ask_where = lambda *_: out  # type: ignore[method-assign]
    house.qtbot.mouseClick(view.side.save, Qt.MouseButton.LeftButton)
    house.settle()
    (noted,) = house.record(lambda place: place.session.record.find(Disclosure))
    assert noted.recipient == "Leicestershire County Council"
    assert out.read_bytes().startswith(b"%PDF")
    assert pack.pdf_sha256 in (tmp_path / "papers, list of files.csv").read_text("utf-8-sig")


def test_an_empty_bundle_says_what_to_do(house: House) -> None:
    view = opened(house)
    for each in ("Decision letter", "Old report", "A scan"):
        view.turn_round(document(house, each).id)
        house.settle()
    view.turn_round(WRITTEN)
    house.settle()
    house.qtbot.mouseClick(view.make, Qt.MouseButton.LeftButton)
    house.settle()
    assert view.notice.isVisible()
    assert "Put in a document, or what the school writes." in shown_words(view)
    assert view.make.isEnabled()
