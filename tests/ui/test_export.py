"""Giving out a list from the window: what is in sight, in the kind of file that was chosen, and noted in the record."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from sencoapp.app import Workplace
from sencoapp.domain.casework import Disclosure
from sencoapp.domain.people import Pupil
from sencoapp.services import observations, plans, pupils, requests
from tests.places import add_pupil, add_pupil_without_sen
from ui.pages.export_sheet import Export, ExportSheet

from .starting import Program, shown_words


@pytest.fixture
def filled(program: Program) -> Program:
    def fill(place: object) -> None:
        kian = add_pupil(place)  # type: ignore[arg-type]
        add_pupil_without_sen(place, "Lee", "Bo")  # type: ignore[arg-type]
        observations.record_observation(place.session, pupils=[kian.id], text="Read aloud")  # type: ignore[attr-defined]

    program.unlocked(fill)
    return program


def export(program: Program, page: str) -> ExportSheet:
    owner = program.open(page)
    exporter: Export = owner.export  # type: ignore[attr-defined]
    return exporter.open()


def save(program: Program, sheet: ExportSheet, path: Path) -> None:
    sheet.ask_where = lambda _window, _title, _name, _kinds, then: then(path)  # type: ignore[assignment]
    sheet.save.click()
    for _ in range(4):
        program.settle()


def left(program: Program) -> list[Disclosure]:
    return program.record(lambda place: place.session.record.find(Disclosure))


@pytest.mark.parametrize(("kind", "start"), [("csv", b"\xef\xbb\xbfUPN"), ("xlsx", b"PK")])
def test_the_register_is_saved_as_it_is_filtered(filled: Program, tmp_path: Path, kind: str, start: bytes) -> None:
    sheet = export(filled, "pupils")
    sheet.kind.choose(kind)
    save(filled, sheet, tmp_path / "register")
    made = (tmp_path / f"register.{kind}").read_bytes()
    assert made.startswith(start)
    if kind == "csv":
        assert b"Osei" in made
        assert b"Lee" not in made
    assert [each.what for each in left(filled)] == ["SEN register"]
    assert f"register.{kind} saved: 1 entry." in shown_words(filled.shell)


def test_the_focus_goes_to_the_first_of_several_lists_and_no_other_window_comes(filled: Program) -> None:
    """A field that is shown before it is in its form is a window of its own, which takes the keyboard away."""
    filled.open("pupils").setFocus()
    sheet = export(filled, "pupils")
    filled.settle()
    assert QApplication.activeWindow() is filled.shell
    assert QApplication.focusWidget() is sheet.what.chip("register")


def test_observations_are_saved_as_they_were_searched(filled: Program, tmp_path: Path) -> None:
    sheet = export(filled, "observations")
    sheet.kind.choose("csv")
    save(filled, sheet, tmp_path / "notes.csv")
    assert b"Read aloud" in (tmp_path / "notes.csv").read_bytes()


def test_the_pupils_leave_as_a_ctf_with_the_school_they_go_to(filled: Program, tmp_path: Path) -> None:
    sheet = export(filled, "pupils")
    sheet.what.choose("ctf")
    sheet.what.chosen.emit()
    assert not sheet.kind.isVisibleTo(sheet)
    sheet.destination.setText("8554003")
    save(filled, sheet, tmp_path / "out.xml")
    assert b"<Estab>4003</Estab>" in (tmp_path / "out.xml").read_bytes()
    assert [each.what for each in left(filled)] == ["Common Transfer File"]


def test_nothing_is_noted_where_nobody_chose_a_place_or_there_is_nothing(filled: Program) -> None:
    sheet = export(filled, "pupils")
    sheet.ask_where = lambda *_: None  # type: ignore[assignment]
    sheet.save.click()
    for _ in range(3):
        filled.settle()
    assert left(filled) == []
    assert sheet.save.isEnabled()
    sheet.what.choose("provision")
    sheet.save.click()
    for _ in range(3):
        filled.settle()
    assert "nothing in this list to export" in shown_words(sheet)


def test_ctrl_e_opens_it(filled: Program) -> None:
    page = filled.open("pupils")
    page.setFocus()
    filled.qtbot.keyClick(page.table, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)  # type: ignore[attr-defined]
    assert any(each.isVisible() for each in filled.shell.findChildren(ExportSheet))


def test_a_ctf_leaves_out_what_is_kept_apart_and_says_so_before_and_after(filled: Program, tmp_path: Path) -> None:
    def live_apart(place: Workplace) -> None:
        [kian] = place.session.record.find(Pupil, legal_surname="Osei")
        for forename, home in (("Niamh", True), ("Sean", False)):
            values = {"surname": "Osei", "forename": forename, "parental_responsibility": True, "lives_with_pupil": home}
            pupils.add_contact(place.session, kian.id, {**values, "address": "9 Station Road"})

    filled.record(live_apart)
    sheet = export(filled, "pupils")
    assert not sheet.apart.isVisible()
    sheet.what.chip("ctf").click()
    assert "are left out" in shown_words(sheet)
    save(filled, sheet, tmp_path / "first.xml")
    assert b"Station Road" not in (tmp_path / "first.xml").read_bytes()
    assert "What is kept apart of 2 people was left out." in shown_words(filled.shell)
    sheet = export(filled, "pupils")
    sheet.what.chip("ctf").click()
    sheet.apart.choose("with")
    save(filled, sheet, tmp_path / "second.xml")
    assert b"Station Road" in (tmp_path / "second.xml").read_bytes()
    [noted] = filled.record(lambda place: place.session.record.trail(what=("kept_apart_given_out",)))
    assert noted.facts == {"people": 2}


def test_plans_requests_and_the_contacts_of_a_pupil_go_out_by_the_same_key(program: Program, tmp_path: Path) -> None:
    def fill(place: Workplace) -> None:
        kian = add_pupil(place)
        pupils.add_contact(place.session, kian.id, {"surname": "Osei", "forename": "Abena"})
        plans.start_cycle(place.session, kian.id, starts_on=date(2026, 9, 1), review_due_on=date(2026, 12, 10))
        requests.start_request(place.session, kian.id)

    shell = program.unlocked(fill)
    shell.activateWindow()
    program.qtbot.waitUntil(shell.isActiveWindow)
    kian = program.record(lambda place: place.session.record.find(Pupil))[0].id
    for number, (page, where, words) in enumerate(
        (("plans", {}, b"Assess"), ("requests", {}, b"In progress"), ("pupil", {"pupil": kian, "tab": "contacts"}, b"Abena"))
    ):
        program.open(page, **where)
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keySequence(focus, "Ctrl+E")
        sheet = next(each for each in shell.findChildren(ExportSheet) if each.isVisible())
        sheet.kind.choose("csv")
        save(program, sheet, tmp_path / f"{number}.csv")
        assert words in (tmp_path / f"{number}.csv").read_bytes()
    assert [each.what for each in left(program)] == ["Open plans", "Requests", "Contacts"]
