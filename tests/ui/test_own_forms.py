"""The council's own form in the window: added, mapped by the keys, filled and saved."""

import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document as Word
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from sencoapp import reference
from sencoapp.domain.casework import Disclosure, Request
from sencoapp.domain.own_form import OwnForm
from sencoapp.services import own_forms, requests
from tests.documents.own_forms import word_forms
from tests.documents.own_forms.pdf_forms import drawn_form
from tests.ui.request_house import RequestHouse, request_house
from tests.ui.starting import shown_words
from ui.pages.own_form_map import OwnFormMap
from ui.pages.own_forms import OwnFormsPage, make_own_forms_page
from ui.pages.request_own_form import OwnFormPane
from ui.pages.settings_councils import CouncilsPart
from ui.preferences import Preferences

SURNAME, VIEWS = "Legal surname", "What does the child say about school?"


@pytest.fixture
def house(qtbot: QtBot, tmp_path: Path, preferences: Preferences) -> Iterator[RequestHouse]:
    with request_house(qtbot, tmp_path / "profile", preferences) as opened:
        opened.shell.register("own_forms", "", "Own forms", lambda: make_own_forms_page(opened.room), rail=False, under="requests")
        yield opened


def page_of(house: RequestHouse, **args: Any) -> OwnFormsPage:
    page = house.shell.open("own_forms", args)
    house.settle()
    assert isinstance(page, OwnFormsPage)
    return page


def added(house: RequestHouse, tmp_path: Path, content: bytes, name: str) -> OwnFormsPage:
    """The page after a person chose this file."""
    path = tmp_path / name
    path.write_bytes(content)
    page = page_of(house)
    page.ask_for_file = lambda _window, _title, _kind, then: then(path)  # type: ignore[assignment]
    page.choose_file()
    house.settle()
    return page


def the_form(house: RequestHouse) -> OwnForm:
    return house.record(lambda place: own_forms.own_forms(place.session.record)[0])


def key_of(own: OwnForm, label: str) -> str:
    return next(each.key for each in own.places if each.label == label)


def press(house: RequestHouse, key: Qt.Key) -> None:
    focus = house.shell.focusWidget()
    assert focus is not None
    house.qtbot.keyClick(focus, key)
    house.settle()


def filled_pane(house: RequestHouse, request: Request) -> OwnFormPane:
    pane = house.builder(request, "own_form").own_form
    house.settle()
    return pane


def states(pane: OwnFormPane) -> dict[str, tuple[str, str]]:
    model: Any = pane.table.model()
    rows = [model.row_at(number) for number in range(model.rowCount())]
    return {each.cells[0].text: (each.cells[1].text, each.cells[2].text) for each in rows}


def test_a_form_is_added_mapped_by_the_keys_and_kept(house: RequestHouse, tmp_path: Path) -> None:
    page = added(house, tmp_path, word_forms.table_form(), "Request form.docx")
    assert page.title == "Request form"
    assert page.map.page is not None
    assert page.map.page.mapping == {}
    own = the_form(house)
    page.map.table.setFocus()
    page.map.table.choose(key_of(own, SURNAME))
    press(house, Qt.Key.Key_Space)
    page.map.table.choose(key_of(own, "UPN"))
    press(house, Qt.Key.Key_Return)
    assert house.shell.focusWidget() is page.map.chooser.search
    house.qtbot.keyClicks(page.map.chooser.search, "former")
    press(house, Qt.Key.Key_Return)
    page.map.save()
    house.settle()
    kept = {each.place: each.source for each in the_form(house).mapping}
    assert kept == {key_of(own, SURNAME): "fact:pupil.legal_surname", key_of(own, "UPN"): "fact:pupil.former_upn"}
    assert "2 of 18 places are decided" in page.map.sum.text()


def test_the_councils_own_forms_and_what_goes_where_go_out_as_lists(house: RequestHouse, tmp_path: Path) -> None:
    page = added(house, tmp_path, word_forms.table_form(), "Request form.docx")
    own = the_form(house)
    page.map.accept_all()
    page.map.save()
    house.settle()
    listed = house.record(page._as_list)
    assert [list(row[:2]) + list(row[3:5]) for row in listed.rows] == [["Request form", "Request form.docx", 18, 18]]
    pane = filled_pane(house, house.request())
    rows = {str(row[0]): list(row[2:]) for row in house.record(pane._list).rows}
    assert len(rows) == len(own.places)
    assert rows[SURNAME] == ["Osei", states(pane)[SURNAME][1]]


def test_what_was_chosen_and_not_saved_is_there_again(house: RequestHouse, tmp_path: Path) -> None:
    page = added(house, tmp_path, word_forms.table_form(), "Request form.docx")
    own = the_form(house)
    page.map.accept_all()
    assert page.map._draft is not None
    page.map._draft.keep()
    house.settle()
    fresh = OwnFormMap(house.room)
    house.qtbot.addWidget(fresh)
    fresh.show_form(own.id)
    house.settle()
    assert not fresh.restored.isHidden()
    assert "18 of 18" in fresh.sum.text()
    fresh.throw_away()
    house.settle()
    assert "0 of 18" in fresh.sum.text()
    assert the_form(house).mapping == ()


def test_a_file_that_is_no_form_is_refused_with_a_sentence_on_the_page(house: RequestHouse, tmp_path: Path) -> None:
    page = added(house, tmp_path, b"Dear colleague", "letter.docx")
    assert not page.problem.isHidden()
    assert "neither a Word file nor a PDF" in page.problem.accessibleName()
    assert house.record(lambda place: own_forms.own_forms(place.session.record)) == []


def test_a_newer_version_says_what_is_new_and_what_is_gone(house: RequestHouse, tmp_path: Path) -> None:
    page = added(house, tmp_path, word_forms.table_form(), "Request form.docx")
    page.map.accept_all()
    page.map.save()
    house.settle()
    newer = Word(BytesIO(word_forms.table_form()))
    newer.tables[0].cell(1, 2).text = "NHS number"
    page = added(house, tmp_path, word_forms.saved(newer), "Request form 2027.docx")
    words = page.map.newer.accessibleName()
    assert "New: “NHS number”" in words
    assert "No longer there: “UPN”" in words
    assert page.map.filter.value() == "new"


def test_a_request_fills_it_shows_what_goes_where_and_saves_it(house: RequestHouse, tmp_path: Path) -> None:
    request = house.request(legal_surname="Nowak")
    house.record(lambda place: requests.write_answer(place.session, request.id, "pupil_views", "I like maths."))
    page = added(house, tmp_path, word_forms.table_form(), "Request form.docx")
    page.map.accept_all()
    page.map.save()
    house.settle()
    pane = filled_pane(house, request)
    shown = states(pane)
    assert shown[SURNAME] == ("Nowak", "Filled")
    assert shown[VIEWS] == ("I like maths.", "Filled")
    assert shown["Signed"] == ("", "By hand")
    assert shown["Part 3: provision"][1] == "Nothing recorded"
    own = the_form(house)
    pane.table.choose(key_of(own, VIEWS))
    pane.words.set_words("I like maths, and my friends.")
    pane.words.settled.emit(pane.words.words())
    house.settle()
    assert states(pane)[VIEWS][0] == "I like maths, and my friends."
    out = tmp_path / "filled.docx"
    pane.ask_where = lambda *_: out  # type: ignore[method-assign]
    house.press(pane.save)
    form = Word(str(out))
    assert form.tables[0].cell(0, 1).text == "Nowak"
    assert form.tables[1].cell(1, 0).text == "I like maths, and my friends."
    noted = house.record(lambda place: place.session.record.find(Disclosure))
    assert [(each.what, each.pupil) for each in noted] == [("Request form", request.pupil)]
    again = OwnFormPane(house.room)
    house.qtbot.addWidget(again)
    assert house.builder(request).content is not None
    again.show_content(house.builder(request).content)  # type: ignore[arg-type]
    again.fill()
    house.settle()
    assert states(again)[VIEWS][0] == "I like maths, and my friends.", "the words for this form are kept"


def test_a_pdf_form_tells_what_has_no_room_and_can_be_looked_at(house: RequestHouse, tmp_path: Path) -> None:
    request = house.request()
    house.record(lambda place: requests.write_answer(place.session, request.id, "support_so_far", "Read to every day. " * 100))
    page = added(house, tmp_path, drawn_form(), "Request form.pdf")
    page.map.accept_all()
    page.map.save()
    house.settle()
    pane = filled_pane(house, request)
    assert states(pane)["What has been tried so far, and what came of it?"][1] == "Too long"
    pane.filter.choose("look")
    pane.filter.chosen.emit()
    assert "What has been tried so far, and what came of it?" in states(pane)
    house.press(pane.look)
    out = tmp_path / "flat"
    pane.ask_where = lambda *_: out  # type: ignore[method-assign]
    house.press(pane.flat)
    assert (tmp_path / "flat.pdf").read_bytes().startswith(b"%PDF")


def test_without_a_form_the_step_leads_to_adding_one(house: RequestHouse) -> None:
    request = house.request()
    pane = filled_pane(house, request)
    button = pane._empty.button
    assert button is not None
    house.press(button)
    assert house.went[-1] == ("own_forms", {"council": "leicestershire", "form": "ehc_needs_assessment"})


def test_settings_list_councils_and_say_what_is_wrong_with_an_added_folder(
    house: RequestHouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SENCOAPP_COUNCILS", str(tmp_path / "councils"))
    part = CouncilsPart(house.room)
    house.qtbot.addWidget(part)
    stick = shutil.copytree(reference.path_of("councils", "staffordshire"), tmp_path / "stick" / "staffordshire")
    try:
        part.ask_for_folder = lambda _window, _title, then: then(stick)  # type: ignore[assignment]
        part.show()
        part.choose_folder()
        house.settle()
        words = shown_words(part)
        assert "Staffordshire County Council" in words
        assert "Added on this computer" in words
        assert "Our version 2026-11" in words
        assert "The nine parts are known" in words, "what is to be confirmed"
        form = tmp_path / "councils" / "staffordshire" / "ehc_needs_assessment" / "form.json"
        form.write_text(form.read_text("utf-8").replace('"hint"', '"hnit"', 1), "utf-8")
        part.ask()
        house.settle()
        words = shown_words(part)
        assert "form.json, line" in words
        assert "hnit" in words
        assert "every other form is as it was" in words
        (stick / "council.json").unlink()
        part.choose_folder()
        house.settle()
        assert "holds no council.json" in part.refused.accessibleName()
    finally:
        reference.use_councils({})
