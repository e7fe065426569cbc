"""``sencoapp demo`` as a person at a shell would run it: the whole main job, and the files it leaves."""

import io
import json
import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from sencoapp.app import App
from sencoapp.domain.casework import CaseEvent, Submission
from sencoapp.domain.people import Pupil, School
from sencoapp.services.ports import RegisterQuery
from tests.leaks.folders import own_folders
from tests.leaks.searching import leaks

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The folder that one run left, and what it said."""
    out = tmp_path_factory.mktemp("demo") / "out"
    environment = {**os.environ, "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring", "QT_QPA_PLATFORM": "offscreen"}
    environment |= own_folders(out.parent / "home")
    done = subprocess.run(
        [sys.executable, "-m", "sencoapp", "demo", "--out", str(out)], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return out, done.stdout


@pytest.fixture(scope="module")
def place(made):
    opened = App().open(made[0] / "profile", "the demo school")
    yield opened
    opened.close()


def pages_of(path: Path) -> list[str]:
    import pypdfium2

    document = pypdfium2.PdfDocument(path.read_bytes())
    try:
        return [" ".join(document[number].get_textpage().get_text_range().split()) for number in range(len(document))]
    finally:
        document.close()


def test_it_says_where_everything_is(made):
    out, said = made
    for name in ("provision-map.pdf", "provision-map.xlsx", "request-pack.pdf", "receipt.json"):
        assert (out / name).exists()
        assert str(out / name) in said
    assert len(list((out / "pictures").glob("*.png"))) >= 8
    assert "signed a receipt; sending again changed nothing" in said


def test_the_school_is_large_enough_to_be_lived_in(place):
    record = place.session.record
    assert record.find(School)[0].demo
    counts = record.status_counts()
    assert sum(counts.values()) == 422
    assert counts["K"] + counts["E"] >= 56
    assert len(record.find_notes("", limit=5000)) > 800
    assert all(each.sound for each in record.verify())


def test_the_pack_is_one_bundle_with_running_numbers(made, place):
    out, _ = made
    pages = pages_of(out / "request-pack.pdf")
    submission = next(each for each in place.session.record.find(Submission) if each.gateway.startswith("http"))
    name = place.session.record.get(Pupil, submission.pupil).name
    assert name in pages[0]
    assert "Leicestershire County Council" in pages[0]
    for number, text in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in text or f"Bundle {number} of {len(pages)}" in text
    whole = " ".join(pages)
    for words in (
        "Support plan, cycle 1",
        "Signature of a person with parental responsibility",
        "£6,000",
        "Speech and language therapy report",
        "Expressive language probe",
    ):
        assert words.lower() in whole.lower(), words


def test_the_workbook_adds_up_to_the_pdf_and_its_costs_are_formulas(made):
    import openpyxl

    out, _ = made
    content = (out / "provision-map.xlsx").read_bytes()
    formulas = openpyxl.load_workbook(io.BytesIO(content)).active
    values = openpyxl.load_workbook(io.BytesIO(content), data_only=True).active
    costs = [(cell.value, values[cell.coordinate].value) for row in formulas.iter_rows() for cell in row if cell.data_type == "f"]
    assert len(costs) > 100
    assert all(isinstance(value, int | float) for _formula, value in costs)
    total = max(value for _formula, value in costs)
    assert f"£{total:,.2f}" in " ".join(pages_of(out / "provision-map.pdf"))


def test_the_receipt_starts_the_six_week_clock_and_the_decision_came_back(made, place):
    receipt = json.loads((made[0] / "receipt.json").read_text("utf-8"))
    submission = place.session.record.get(Submission, receipt["submission"])
    assert submission.receipt == receipt["receipt"]
    received = submission.received_at.astimezone().date()
    due = {each["rule"]: date.fromisoformat(each["due"]) for each in receipt["deadlines"]}
    assert due["decision_to_assess"] == received + timedelta(days=42)
    events = place.session.record.find(CaseEvent, submission=submission.id)
    assert [each.decision for each in events if each.kind == "decision_issued"] == ["assess"]


def test_no_name_can_be_read_under_the_profile_nor_in_any_folder_of_the_person(made, place):
    names = sorted(
        {
            word
            for row in place.session.record.register(RegisterQuery(statuses=("K", "E")), limit=100)
            for word in row.name.split()
            if len(word) > 5
        }
    )[:20]
    assert len(names) == 20
    out = made[0]
    assert leaks([*names, "Barrowby Community Health", "Adeyemi"], out / "profile", out.parent / "home") == []


def test_a_second_run_makes_the_same_school(place, tmp_path):
    """The same seed and the same day give the same pupils."""
    again = App().begin_demo(tmp_path / "again", "the demo school")
    try:
        mine = {each.upn: each.name for each in again.session.record.find(Pupil)}
        theirs = {each.upn: each.name for each in place.session.record.find(Pupil)}
        assert mine.items() <= theirs.items()
        assert len(mine) == 420
    finally:
        again.close()


def test_a_folder_of_somebody_elses_is_left_alone(tmp_path):
    (tmp_path / "profile").mkdir()
    (tmp_path / "profile" / "precious").write_text("x")
    done = subprocess.run([sys.executable, "-m", "sencoapp", "demo", "--out", str(tmp_path)], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert (tmp_path / "profile" / "precious").exists()
