"""The provision map in the window: what the services worked out, to the penny, by keyboard alone, and out of it as files."""

import hashlib
import io
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from sencoapp.app import Workplace
from sencoapp.domain.casework import Disclosure
from sencoapp.domain.provision import Provision
from sencoapp.services import delivery
from sencoapp.services.map_content import school_map_content
from tests.documents.reading import page_texts
from tests.services.map_school import BY_LINE, FIRST, LAST, PLANNED, QUERY, SPENT, MapSchool
from ui.pages.export_sheet import ExportSheet
from ui.pages.provision_map import ProvisionMapPage
from ui.tasks import Desk
from ui.widgets import Choice, money

from .plan_house import House


@pytest.fixture
def house(qtbot: QtBot, desk: Desk, tmp_path: Path) -> Iterator[House]:
    made = House(qtbot, desk, tmp_path, MapSchool)
    yield made
    made.close()


@pytest.fixture
def page(house: House) -> ProvisionMapPage:
    """The map of the four weeks that were worked out by hand."""
    found = house.open("provision")
    assert isinstance(found, ProvisionMapPage)
    found.filters.period.choose("other")
    found.filters.period.chosen.emit("other")
    found.filters.first.set_value(FIRST)
    found.filters.last.set_value(LAST)
    house.click("Show these days", found)
    return found


def rows_of(page: ProvisionMapPage) -> list[tuple[str, ...]]:
    """The words of each row in sight."""
    model = page.table.model()
    columns = [number for number in range(model.columnCount()) if number not in (1, 2, 6)]

    def words(row: int, column: int) -> str:
        return str(model.index(row, column).data(Qt.ItemDataRole.DisplayRole) or "")

    return [tuple(words(row, column) for column in columns) for row in range(model.rowCount())]


def names_of(page: ProvisionMapPage) -> list[str]:
    return [each[0].partition(" ·")[0] for each in rows_of(page)]


def expected(path: str) -> tuple[str, ...]:
    sessions, held, planned_minutes, minutes, planned, spent = BY_LINE[path]
    return f"{held:,} of {sessions:,}", f"{planned_minutes:,}", f"{minutes:,}", money(planned), money(spent)


def test_the_map_opens_on_this_term_with_every_provision_in_sight(house: House) -> None:
    page = house.open("provision")
    assert isinstance(page, ProvisionMapPage)
    assert page.note == "27 August 2026 to 18 December 2026"
    assert names_of(page) == [*("Specialist", "Named support", "Targeted", "Talk Boost", "Word recall", "Total, each session once")]


def test_the_rows_say_what_was_worked_out_by_hand(house: House, page: ProvisionMapPage) -> None:
    house.click("Open all", page)
    rows = rows_of(page)
    wanted = [*BY_LINE]
    assert len(rows) == len(wanted) + 1
    for row, path in zip(rows[:-1], wanted, strict=True):
        assert row[0].startswith(path.rpartition("/")[2])
        if path.endswith("Places not taken"):
            assert row[4:] == expected(path)[3:]
        else:
            assert row[1:] == expected(path)
    assert rows[-1] == ("Total, each session once", "9 of 40", "1,900", "370", money(PLANNED), money(SPENT))
    assert house.sees(money(PLANNED), page.foot)
    assert house.sees("9 places, 4 pupils", page.foot)
    assert house.sees("370 of 1,900 minutes", page.foot)


def test_screen_pdf_workbook_and_the_hand_computed_example_say_the_same(house: House, page: ProvisionMapPage) -> None:
    """To the penny, in every row: what was worked out on paper, the window, the PDF, and the values and formulas of the workbook."""
    house.click("Open all", page)
    content = house.record(lambda place: school_map_content(place.session, QUERY))
    rooms = house.room.place.documents
    pages = " ".join(" ".join(page_texts(rooms.school_map_pdf(content))).replace("\xa0", " ").split())
    made = rooms.school_map_xlsx(content)
    values = openpyxl.load_workbook(io.BytesIO(made), data_only=True).active
    formulas = openpyxl.load_workbook(io.BytesIO(made)).active
    assert values is not None
    assert formulas is not None
    screen = rows_of(page)
    for number, (path, wanted) in enumerate({**BY_LINE, "Total": (40, 9, 1900, 370, PLANNED, SPENT)}.items()):
        planned, spent = wanted[4:]
        assert screen[number][4:] == (money(planned), money(spent)), path
        assert f"{money(planned)} {money(spent)}" in pages, path
        at = 5 + number
        assert (round(values[f"K{at}"].value * 100), round(values[f"M{at}"].value * 100)) == (planned, spent), path
        assert str(formulas[f"K{at}"].value).startswith(("=ROUND(", "=SUBTOTAL(9,")), path
    assert pages.count(money(PLANNED)) == 2


def test_the_arrow_keys_open_and_close_and_lead_up(house: House, page: ProvisionMapPage) -> None:
    page.table.setFocus()
    page.table.choose_first()
    for _ in range(3):
        house.press(Qt.Key.Key_Down)
    assert names_of(page)[3] == "Talk Boost"
    house.press(Qt.Key.Key_Right)
    assert names_of(page)[3:7] == ["Talk Boost", *sorted(("Miss Tan", "Mrs Lacey"), key=names_of(page).index), "Word recall"]
    house.press(Qt.Key.Key_Down)
    house.press(Qt.Key.Key_Right)
    house.press(Qt.Key.Key_Down)
    assert page.table.current_key().count("/") == 3
    house.press(Qt.Key.Key_Left)
    house.press(Qt.Key.Key_Left)
    assert page.table.current_key().count("/") == 2
    house.press(Qt.Key.Key_Left)
    assert page.table.current_key().count("/") == 1
    house.press(Qt.Key.Key_Left)
    assert len(rows_of(page)) == 6
    assert page.table.model().index(3, 0).data(Qt.ItemDataRole.AccessibleTextRole).endswith(", closed")


def test_how_the_chosen_pupil_is_costed_is_printed_below(house: House, page: ProvisionMapPage) -> None:
    house.click("Open all", page)
    key = next(each for each, line in page._lines.items() if line.title == "Ava Brennan")
    page.table.choose(key)
    assert "3 sessions × 30 minutes × £17.20 an hour × 4 weeks ÷ 4 pupils = £25.80" in page.foot.formula()
    free = next(each for each, line in page._lines.items() if line.kind == "free")
    page.table.choose(free)
    assert "Places of the group that nobody has taken." in page.foot.formula()


def test_a_filter_shows_its_own_pupils_and_is_cleared(house: House, page: ProvisionMapPage) -> None:
    page.filters.year.choose("2")
    page.filters.year.chosen.emit("2")
    house.settle()
    assert rows_of(page)[-1][4:] == (money(2580 + 3000 + 2 * 1147), money(1003 + 2 * 573))
    page.filters.wave.choose("universal")
    page.filters.wave.chosen.emit("universal")
    house.settle()
    assert house.sees("No provision runs in these days with these filters.", page)
    house.click("Clear filters", page)
    assert rows_of(page)[-1][4:] == (money(PLANNED), money(SPENT))


@pytest.mark.parametrize("by", ["By pupil", "By need", "By year", "By staff", "By funding"])
def test_the_total_is_the_same_however_it_is_put_together(house: House, page: ProvisionMapPage, by: str) -> None:
    house.click(f"Group: {by}", page)
    rows = rows_of(page)
    assert rows[-1][1:] == ("9 of 40", "1,900", "370", money(PLANNED), money(SPENT))
    bands = [each for each in page._map.lines if each.depth == 0] if page._map else []
    assert sum(each.figures.planned_pence for each in bands) == PLANNED


def test_the_last_day_before_the_first_is_said_at_the_field(house: House, page: ProvisionMapPage) -> None:
    page.filters.last.set_value(FIRST.replace(day=1))
    house.click("Show these days", page)
    assert house.sees("The last day is before the first. Change one of them.", page)
    assert page.query() == QUERY


@pytest.mark.parametrize(("kind", "begins"), [("xlsx", b"PK"), ("pdf", b"%PDF"), ("csv", b"\xef\xbb\xbf")])
def test_what_is_in_sight_goes_out_as_a_file_and_is_noted(
    house: House, page: ProvisionMapPage, tmp_path: Path, kind: str, begins: bytes
) -> None:
    house.shortcut("Ctrl+E")
    (sheet,) = house.shell.findChildren(ExportSheet)
    sheet.kind.choose(kind)
    sheet.ask_where = lambda _, __, ___, ____, then: then(tmp_path / "map")
    house.shortcut("Ctrl+Return")
    made = (tmp_path / f"map.{kind}").read_bytes()
    assert made.startswith(begins)
    noted = house.record(lambda place: place.session.record.find(Disclosure))
    assert [each.sha256 for each in noted] == [hashlib.sha256(made).hexdigest()]
    assert "2 November 2026 to 27 November 2026" in noted[0].what
    if kind == "xlsx":
        sheet_of = openpyxl.load_workbook(io.BytesIO(made), data_only=True).active
        assert sheet_of is not None
        assert round(sheet_of[f"K{sheet_of.max_row}"].value * 100) == PLANNED


def test_the_map_is_saved_as_pdf_for_those_who_may_print(house: House, page: ProvisionMapPage, tmp_path: Path) -> None:
    def answer(_: QWidget, __: str, suggested: str, ___: str, then: Callable[[Path], None]) -> None:
        then(tmp_path / suggested)

    page.pdf.ask_where = answer
    house.click("PDF", page)
    assert (tmp_path / "Provision map.pdf").read_bytes().startswith(b"%PDF")
    assert house.record(lambda place: place.session.record.count(Disclosure)) == 1


def test_a_pupils_row_leads_to_the_pupil_and_a_groups_to_its_form(house: House, page: ProvisionMapPage) -> None:
    house.click("Open all", page)
    key = next(each for each, line in page._lines.items() if line.title == "Noor Aziz")
    page.table.choose(key)
    page.table.setFocus()
    house.press(Qt.Key.Key_Return)
    assert house.sees("Noor Aziz")
    assert not page.isVisible()


def test_a_measure_of_a_pupil_is_typed_and_stands_in_the_row(house: House, page: ProvisionMapPage) -> None:
    house.click("Open all", page)
    key = next(each for each, line in page._lines.items() if line.title == "Noor Aziz")
    for day, value in (("2 11 2026", "7y 3m"), ("20 11 2026", "7y 6m")):
        page.table.choose(key)
        page.table.setFocus()
        house.shortcut("Ctrl+M")
        house.write("Day", day)
        house.write("What it was measured with", "Salford")
        house.named(Choice, "Measured as").choose("reading_age")
        house.write("Value", value)
        house.shortcut("Ctrl+Return")
        assert house.sees("Measure of Noor Aziz saved")
    row = next(number for number, name in enumerate(names_of(page)) if name == "Noor Aziz")
    assert page.table.model().index(row, 6).data(Qt.ItemDataRole.DisplayRole) == "+ 3 months"
    page.table.choose(key)
    assert "Noor Aziz: from 7 years 3 months to 7 years 6 months in 3 weeks (Salford)." in page.foot.formula()


def test_ticking_a_session_shows_on_the_map(house: House, page: ProvisionMapPage) -> None:
    def tick(place: Workplace) -> object:
        named = next(each for each in place.session.record.find(Provision) if each.title == "Named support")
        return delivery.tick_session(place.session, named.id, date(2026, 11, 5), "ran")[1]

    saved = house.record(tick)
    page.refresh(saved)  # type: ignore[arg-type]
    house.settle()
    assert rows_of(page)[-1][1:4] == ("10 of 40", "1,900", "430")
