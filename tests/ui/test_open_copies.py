"""Readable copies in the whole program: wiped when the record locks and when the program ends, asked about on the way back in."""

from pathlib import Path

import pytest

from sencoapp.app import Workplace
from sencoapp.domain.casework import Document
from sencoapp.services import documents, lending
from tests.documents.paper_samples import report
from tests.places import PASSPHRASE, add_pupil
from tests.ui.starting import Program, shown_words


def fill(place: Workplace) -> None:
    documents.add_document(place.session, place.documents, add_pupil(place).id, "a.pdf", report(1, "R"), title="Language report")


def lend(program: Program) -> Path:
    return program.record(lend_in)


def lend_in(place: Workplace) -> Path:
    (paper,) = place.session.record.find(Document)
    return lending.lend(place.session, place.copies, paper.id)


def unlock(program: Program) -> None:
    page = program.door_page()
    page.passphrase.line.setText(PASSPHRASE)
    page.button.click()
    program.settle()
    program.settle()


@pytest.mark.parametrize("why", ["locked", "locked_idle"])
def test_a_change_is_asked_about_when_the_person_is_back(program: Program, why: str) -> None:
    program.unlocked(fill)
    path = lend(program)
    path.write_bytes(report(3, "Changed"))
    program.keeper.lock(why)
    program.settle()
    assert not path.exists()
    unlock(program)
    assert "“Language report” was changed" in shown_words(program.shell)


def test_an_unchanged_copy_is_wiped_when_the_program_ends_and_nothing_is_asked(program: Program) -> None:
    program.unlocked(fill)
    path = lend(program)
    program.leave()
    assert not path.parent.parent.exists()


def test_a_killed_programs_copy_is_gone_when_the_first_screen_is_there(program: Program) -> None:
    program.with_record(fill)
    place = program.app.open(program.folder / "profile", PASSPHRASE)
    path = lend_in(place)
    place.profile.close()  # killed: nothing was taken back
    assert path.exists()
    program.start()
    assert not path.exists()
