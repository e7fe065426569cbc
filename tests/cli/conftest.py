"""Commands run as a script would run them, on a real profile."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sencoapp.cli import main
from tests.places import PASSPHRASE, new_place


class Shell:
    """Runs commands against one profile and keeps what they said."""

    def __init__(self, profile: Path, secret: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.profile = profile
        self._secret = secret
        self._capsys = capsys
        self.out = self.err = ""

    def run(self, *words: object, profile: bool = True) -> int:
        more = ["--profile", str(self.profile), "--passphrase-file", str(self._secret)] if profile else []
        status = main([*(str(each) for each in words), *more])
        self.out, self.err = self._capsys.readouterr()
        return status

    def json(self, *words: object, profile: bool = True) -> Any:
        assert self.run(*words, "--json", profile=profile) == 0, self.err
        return json.loads(self.out)


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "passphrase.txt"
    path.write_text(PASSPHRASE + "\n")
    return path


@pytest.fixture
def shell(tmp_path: Path, secret: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    new_place(tmp_path / "profile").close()
    return Shell(tmp_path / "profile", secret, capsys)


@pytest.fixture
def new_shell(tmp_path: Path, secret: Path, capsys: pytest.CaptureFixture[str]) -> Callable[[Path], Shell]:
    return lambda profile: Shell(profile, secret, capsys)
