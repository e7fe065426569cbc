"""A provision beside itself over terms in the window: reached from the map and the catalogue, walked by keyboard, given out."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from sencoapp.domain.over_terms import FIGURES
from sencoapp.services import delivery
from ui.theme import theme

from .plan_house import House
from .test_provision_planning import Folder, fill


@pytest.fixture
def house(open_house) -> House:
    return open_house(fill)


def test_the_catalogue_leads_to_a_provision_over_terms(house: House) -> None:
    page = house.open("catalogue")
    page.field.setText("precision")
    house.settle()
    page.table.choose_first()
    page.effect.click()
    shown = house.shell.current_page()
    house.settle()
    assert house.sees("This provision has no plan, no sessions and no measures yet.", shown)
    shown.which.choose("Talk Boost")
    shown.which.chosen.emit("Talk Boost")
    house.settle()
    assert house.sees("Nobody was measured at both the start and the end", shown)
    shown.figure.choose("dose")
    shown.figure.chosen.emit()
    house.settle()
    assert house.sees("No session was ticked, so there are no minutes to show.", shown)
    house.room.do(shown, lambda place: delivery.tick_session(place.session, Folder.talk, date(2026, 11, 3), "ran"))
    house.settle()
    assert shown.chart.isVisible()
    assert "Autumn term 2026: 30 of" in shown.chart.accessibleDescription()
    shown.chart.setFocus()
    house.qtbot.keyClick(shown.chart, Qt.Key.Key_Right)
    assert shown.chart.at().said.startswith("Autumn term 2026: 30 of")


def test_the_map_leads_to_it_and_it_goes_out_on_paper(house: House, tmp_path) -> None:
    page = house.open("provision")
    page.table.choose(next(key for key, line in page._lines.items() if line.provision is not None))
    page.open_effect()
    house.settle()
    shown = house.shell.current_page()
    assert shown.table.count() >= 1
    body = shown.export.open()
    body.kind.choose("pdf")
    body.ask_where = lambda *asked: asked[-1](tmp_path / "terms")
    body.submit()
    house.settle()
    assert (tmp_path / "terms.pdf").read_bytes().startswith(b"%PDF")


def test_in_a_narrow_window_the_table_keeps_the_figure_that_was_chosen(house: House) -> None:
    theme().use(text_size=2.0)
    shown = house.open("effect")
    house.settle()
    for number, figure in enumerate(FIGURES, start=2):
        shown.figure.choose(figure)
        shown.figure.chosen.emit()
        house.settle()
        assert [each for each in range(2, 5) if not shown.table.isColumnHidden(each)] == [number]
    theme().use(text_size=1.0)
    house.settle()
    assert not any(shown.table.isColumnHidden(each) for each in range(5))


def test_the_focus_is_on_what_was_found_and_on_nothing_out_of_sight(house: House) -> None:
    page = house.open("effect")
    assert house.focus() is page.which
    assert house.focus().isVisible()


def test_without_provision_it_says_what_to_do(open_house) -> None:
    house = open_house(None)
    shown = house.open("effect")
    assert house.sees("No provision has been given yet.", shown)
