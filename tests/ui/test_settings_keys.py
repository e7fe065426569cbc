"""Settings, Passphrase and lock: the passphrase is changed, the sheet is made anew, the record gets a name."""

from pathlib import Path

import pytest

from sencoapp.domain.people import School, StaffMember
from sencoapp.domain.refusals import Fault
from sencoapp.folders import label_of
from tests.documents.reading import page_texts
from tests.places import PASSPHRASE
from ui.pages.settings_keys import KeysPart

from .starting import Program, shown_words

NEW = "quite other words here"


def keys(program: Program) -> KeysPart:
    program.unlocked()
    page = program.open("settings", section="keys")
    found: KeysPart = page.keys  # type: ignore[attr-defined]
    return found


def fill(part: KeysPart, current: str, first: str, second: str | None = None) -> None:
    panel = part.passphrase
    panel.current.line.setText(current)
    panel.first.line.setText(first)
    panel.second.line.setText(first if second is None else second)
    panel.button.click()


def test_the_passphrase_is_changed_and_the_old_one_opens_nothing(program: Program) -> None:
    part = keys(program)
    fill(part, PASSPHRASE, NEW)
    program.settle()
    assert "The passphrase is changed." in shown_words(part)
    assert part.passphrase.first.words() == ""
    program.keeper.lock()
    program.settle()
    page = program.door_page()
    page.passphrase.line.setText(PASSPHRASE)
    page.button.click()
    program.settle()
    assert "That is not the passphrase." in shown_words(page)
    page.passphrase.line.setText(NEW)
    page.button.click()
    program.settle()
    assert program.keeper.shell is not None


@pytest.mark.parametrize(
    ("current", "first", "second", "said"),
    [
        ("", NEW, NEW, "Enter a passphrase."),
        (PASSPHRASE, "", "", "Enter a passphrase."),
        (PASSPHRASE, NEW, "quite other words hear", "The two passphrases differ."),
        (PASSPHRASE, "short", "short", "Use at least 12 characters"),
        ("not the one of today", NEW, NEW, "That is not the passphrase."),
    ],
)
def test_what_is_amiss_is_said_at_its_field_and_nothing_is_changed(
    program: Program, current: str, first: str, second: str, said: str
) -> None:
    part = keys(program)
    card = (program.gate.folder / "profile.json").read_bytes()
    fill(part, current, first, second)
    program.settle()
    assert said in shown_words(part.passphrase)
    assert part.passphrase.button.isEnabled()
    assert (program.gate.folder / "profile.json").read_bytes() == card


def test_a_new_sheet_is_saved_typed_back_and_then_holds(program: Program, tmp_path: Path) -> None:
    opened = program.gate.begin(PASSPHRASE, School("", "Barrowby Primary", "primary", "leicestershire"), StaffMember("", "Ruth", "senco"))
    opened.place.close()
    program.start()
    page = program.door_page()
    page.passphrase.line.setText(PASSPHRASE)
    page.button.click()
    program.settle()
    part: KeysPart = program.open("settings", section="keys").keys  # type: ignore[attr-defined]
    panel = part.sheet
    panel.current.line.setText("not the one of today")
    panel.button.click()
    program.settle()
    assert "That is not the passphrase." in shown_words(panel)
    panel.current.line.setText(PASSPHRASE)
    panel.button.click()
    program.settle()
    assert panel.proof is not None
    panel.proof.save_button.click()
    program.choose_in_dialog(tmp_path / "sheet.pdf")
    panel.proof.characters.setText("UUUU")
    panel.proof.go_on_button.click()
    assert "Those are not the characters of group" in shown_words(panel)
    words = page_texts((tmp_path / "sheet.pdf").read_bytes())[0]
    assert "Barrowby Primary" in words
    panel.proof.characters.setText(panel.proof._groups[panel.proof.asked].lower())
    panel.proof.go_on_button.click()
    program.settle()
    assert "The new sheet is in force" in shown_words(panel)
    assert panel.proof is None
    program.keeper.lock()
    program.settle()
    with pytest.raises(Fault, match="wrong_recovery_code"):
        program.app.open_with_code(program.gate.folder, opened.code, NEW)


def test_a_sheet_that_is_not_wanted_after_all_changes_nothing(program: Program) -> None:
    part = keys(program)
    card = (program.gate.folder / "profile.json").read_bytes()
    part.sheet.current.line.setText(PASSPHRASE)
    part.sheet.button.click()
    program.settle()
    part.sheet.keep_old.click()
    assert part.sheet.form.isVisible()
    assert (program.gate.folder / "profile.json").read_bytes() == card


def test_the_record_is_called_what_the_person_chose(program: Program) -> None:
    part = keys(program)
    assert part.label.line.text() == "SENCO's record"
    part.label.line.setText("  Ruth's   record ")
    part.label.button.click()
    program.settle()
    assert part.label.line.text() == "Ruth's record"
    assert label_of(program.gate.folder) == "Ruth's record"
    part.label.line.setText("")
    part.label.button.click()
    program.settle()
    assert "Enter what the first screen calls this record." in shown_words(part.label)
