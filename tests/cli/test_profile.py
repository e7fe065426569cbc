"""Profiles from the command line: several in one account, a new passphrase, a new sheet, and the way back in with the sheet."""

import json
import re
from pathlib import Path

import pytest

from sencoapp import folders
from sencoapp.cli import main
from tests.documents.reading import page_texts
from tests.places import LIGHT, PASSPHRASE, new_app, new_place

CODE = re.compile(r"(?:[0-9A-Z]{4} ){8}[0-9A-Z]{4}")
NEW = "quite other words here"


@pytest.fixture(autouse=True)
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ALONE", "WITH_KEYRING"):
        monkeypatch.setattr(f"sencoapp.crypto.keys.{name}", LIGHT)


@pytest.fixture
def file_with(tmp_path: Path):
    def write(words: str) -> str:
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.txt"
        path.write_text(words + "\n")
        return str(path)

    return write


def new(tmp_path: Path, secret: str, sheet: str, *more: str) -> int:
    return main(["profile", "new", "--name", "Ruth", "--school", "Barrowby", "--passphrase-file", secret, "--sheet", sheet, *more])


def test_a_second_profile_is_begun_beside_the_first_and_both_are_listed(tmp_path, file_with, capsys):
    secret = file_with(PASSPHRASE)
    assert main(["profile", "list"]) == 0
    assert "There is no profile in this computer account." in capsys.readouterr().out
    assert new(tmp_path, secret, str(tmp_path / "a.pdf")) == 0
    assert new(tmp_path, secret, str(tmp_path / "b.pdf")) == 1
    assert "There is a profile in" in capsys.readouterr().err
    assert new(tmp_path, secret, str(tmp_path / "b.pdf"), "--another", "--role", "teacher", "--label", "Class 4M") == 0
    capsys.readouterr()
    assert main(["profile", "list", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [each["label"] for each in found] == ["SENCO's record", "Class 4M"]
    assert [Path(each["folder"]).parent.name for each in found] == ["sencoapp", "profiles"]
    assert main(["verify", "--profile", found[1]["folder"], "--passphrase-file", secret]) == 0


def test_the_passphrase_is_changed(tmp_path, file_with, shell):
    assert shell.run("profile", "passphrase", "--new-passphrase-file", file_with(NEW)) == 0
    assert "The passphrase is changed." in shell.out
    assert shell.run("verify") == 1
    assert "That is not the passphrase." in shell.err
    assert main(["verify", "--profile", str(shell.profile), "--passphrase-file", file_with(NEW)]) == 0


def test_a_new_sheet_replaces_the_old_one_and_opens_a_profile_whose_passphrase_is_forgotten(tmp_path, file_with, shell):
    sheets = [tmp_path / "first.pdf", tmp_path / "second.pdf"]
    for each in sheets:
        assert shell.run("profile", "sheet", "--sheet", each) == 0
    assert shell.run("profile", "sheet", "--sheet", sheets[0]) == 1
    assert "it is not written over" in shell.err
    codes = [found.group() for each in sheets if (found := CODE.search(page_texts(each.read_bytes())[0]))]
    assert len(codes) == 2
    line = ["profile", "recover", "--profile", str(shell.profile), "--new-passphrase-file", file_with(NEW), "--code-file"]
    assert main([*line, file_with(codes[0])]) == 1
    assert main([*line, file_with(codes[1])]) == 0
    new_app().open(shell.profile, NEW).close()


def test_a_sheet_that_cannot_be_written_leaves_the_old_one_in_force(tmp_path, shell):
    card = (shell.profile / "profile.json").read_bytes()
    (tmp_path / "a file").write_text("")
    assert shell.run("profile", "sheet", "--sheet", tmp_path / "a file" / "sheet.pdf") == 1
    assert (shell.profile / "profile.json").read_bytes() == card


def test_only_folders_that_the_program_made_are_listed(tmp_path):
    further = tmp_path / "profiles"
    for name in ("0" * 32, ".profile.ready", "kept aside"):
        new_place(further / name).close()
    (further / ("1" * 32)).mkdir()
    assert [each.name for each in folders.profiles_in(further)] == ["0" * 32]


@pytest.mark.parametrize("content", ["", "[]", '{"label": 7}', '{"label": "a\\nb"}'])
def test_a_label_that_is_none_is_not_shown(tmp_path, content):
    (tmp_path / "profile.json").write_text(content)
    assert folders.label_of(tmp_path) in ("", "a b")
