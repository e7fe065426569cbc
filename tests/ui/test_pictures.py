"""Pictures of the main pages, for ``sencoapp demo``: taken without a screen, from a record that is there."""

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from sencoapp.services import plans
from tests.places import PASSPHRASE, add_pupil, new_place
from ui.crash import CrashHandler
from ui.pictures import SIZE, take_pictures

PAGES = [
    "01-today", "02-pupils", "03-pupil-overview", "04-pupil-timeline", "05-pupil-plan", "06-pupil-provision",
    "07-provision-map", "08-request", "09-new-observation",
]  # fmt: skip


@pytest.fixture
def passphrase_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "passphrase"
    path.write_text(PASSPHRASE + "\n", "utf-8")
    monkeypatch.setenv("SENCOAPP_PASSPHRASE_FILE", str(path))
    return path


def test_every_main_page_is_there_and_of_the_right_size(qapp: QApplication, tmp_path: Path, passphrase_file: Path) -> None:
    place = new_place(tmp_path / "profile")
    plans.start_cycle(place.session, add_pupil(place).id)
    place.close()
    out = tmp_path / "pictures"
    assert take_pictures(qapp, tmp_path / "profile", out, CrashHandler(tmp_path / "log")) == 0
    assert sorted(each.name for each in out.iterdir()) == [f"{each}.png" for each in PAGES]
    for each in out.iterdir():
        picture = QImage(str(each))
        assert (picture.width(), picture.height()) == SIZE
    assert not (tmp_path / "log").exists()


def test_a_wrong_passphrase_is_one_sentence_and_no_picture(
    qapp: QApplication, tmp_path: Path, passphrase_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new_place(tmp_path / "profile").close()
    passphrase_file.write_text("another one altogether")
    assert take_pictures(qapp, tmp_path / "profile", tmp_path / "pictures", CrashHandler(tmp_path / "log")) == 1
    assert capsys.readouterr().err.startswith("That is not the passphrase.")
    assert list((tmp_path / "pictures").iterdir()) == []


def test_without_a_passphrase_it_says_where_to_put_one(qapp: QApplication, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert take_pictures(qapp, tmp_path / "profile", tmp_path / "pictures", CrashHandler(tmp_path / "log")) == 1
    assert "SENCOAPP_PASSPHRASE_FILE" in capsys.readouterr().err
