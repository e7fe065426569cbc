"""Copies of a request in the window: chosen with the keys, made, kept, saved on the record."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from sencoapp.domain.casework import Disclosure, Document, Pack, Request
from sencoapp.domain.redaction import Area
from sencoapp.services import documents, redactions, requests
from sencoapp.services.confidential import set_readers
from tests.documents.test_redaction import written
from tests.ui.starting import shown_words
from ui.pages.request_copies import CopiesPane
from ui.preferences import Preferences

from .request_house import RequestHouse, request_house


@pytest.fixture
def house(qtbot: QtBot, tmp_path: Path, preferences: Preferences) -> Iterator[RequestHouse]:
    with request_house(qtbot, tmp_path / "profile", preferences) as opened:
        yield opened


@pytest.fixture
def request_with_papers(house: RequestHouse) -> Request:
    pupil = house.pupil()
    for title, day in (("Old report", date(2020, 5, 1)), ("Court letter", date(2026, 5, 1))):
        paper = written(f"{title} about Kian.")
        house.change(
            lambda place, title=title, day=day, paper=paper: documents.add_document(
                place.session, place.documents, pupil.id, f"{title}.pdf", paper, title=title, document_on=day
            )[1]
        )
    request = house.record(lambda place: requests.start_request(place.session, pupil.id)[0])
    court = house.record(lambda place: place.session.record.find(Document, title="Court letter")[0])
    house.change(lambda place: set_readers(place.session, Document, court.id, []))
    return request


def opened(house: RequestHouse, request: Request, reader: str) -> CopiesPane:
    pane = house.builder(request, "copies").copies
    house.settle()
    house.press(pane.reader.chip(reader))
    return pane


def test_what_a_copy_withholds_is_told_before_it_is_made(house: RequestHouse, request_with_papers: Request) -> None:
    paper = house.record(lambda place: place.session.record.find(Document, title="Old report")[0])
    top = Area(1, 0, 0, 10_000, 1000)
    house.change(
        lambda place: redactions.withhold(
            place.session, paper.id, [top], "other_child", hidden_from=["parent"], words={top: "Old Zebedee"}
        )[1]
    )
    house.change(
        lambda place: requests.write_answer(place.session, request_with_papers.id, "why_an_assessment", "Zebedee sits beside him.")
    )
    pane = opened(house, request_with_papers, "parent")
    assert "The title, file name or author of document A would tell what is withheld" in shown_words(pane)
    assert "still stand in what the school wrote: Zebedee." in shown_words(pane)
    house.press(pane.reader.chip("panel"))
    assert not pane.withheld.isVisible()
    pack = house.builder(request_with_papers, "pack").pack
    assert "would tell what is withheld" not in shown_words(pack)
    house.change(lambda place: redactions.withhold(place.session, paper.id, [top], "other_child", words={top: "Old Zebedee"})[1])
    assert "would tell what is withheld" in shown_words(house.builder(request_with_papers, "pack").pack)


def test_the_parents_copy_is_made_and_saved_and_it_is_noted_who_got_it(
    house: RequestHouse, request_with_papers: Request, tmp_path: Path
) -> None:
    pane = opened(house, request_with_papers, "parent")
    assert pane._meter.text().startswith("1 document, 1 pages")
    assert not pane.limits.isVisible()
    assert not pane.save.isVisible()
    house.press(pane.make)
    [pack] = house.record(lambda place: place.session.record.find(Pack))
    assert pack.variant == "parent"
    assert house.now(request_with_papers).state == "draft"
    out = tmp_path / "copy.pdf"
    pane.ask_where = lambda *_: out  # type: ignore[method-assign]
    house.press(pane.save)
    [noted] = house.record(lambda place: place.session.record.find(Disclosure))
    assert noted.recipient == "The parents"
    assert out.read_bytes().startswith(b"%PDF")
    assert pack.pdf_sha256 in (tmp_path / "copy, list of files.csv").read_text("utf-8-sig")


def test_a_confidential_document_goes_in_with_the_keys_and_out_again(house: RequestHouse, request_with_papers: Request) -> None:
    pane = opened(house, request_with_papers, "parent")
    court = house.record(lambda place: place.session.record.find(Document, title="Court letter")[0])
    pane.papers.setFocus()
    pane.papers.choose(court.id)
    house.qtbot.keyClick(pane.papers, Qt.Key.Key_Return)
    house.settle()
    assert pane._meter.text().startswith("2 documents")
    house.qtbot.keyClick(pane.papers, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    house.settle()
    assert pane._meter.text().startswith("1 document,")


def test_the_tribunals_copy_says_how_far_it_is_from_the_limits(house: RequestHouse, request_with_papers: Request) -> None:
    pane = opened(house, request_with_papers, "tribunal")
    said = shown_words(pane)
    assert "Pages of evidence: 1. The limit is 75 to 100." in said
    assert "“Old report” is more than 3 years old." in said
    assert "Practice Direction No. 1 of 2025" in said
