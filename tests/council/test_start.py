"""The command ``sencoapp-gateway``: where it listens, what it makes, how it says no."""

import io
import os
import stat
import sys

import pytest

from sencoapp.council.__main__ import main
from tests.council.running import PASSWORD, running


@pytest.fixture
def password_file(tmp_path):
    path = tmp_path / "password"
    path.write_text(PASSWORD + "\n", "utf-8")
    return path


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "gateway.example"])
def test_without_tls_it_listens_on_this_computer_only(tmp_path, capsys, host):
    assert main(["serve", "--data", str(tmp_path), "--host", host]) == 1
    assert "TLS" in capsys.readouterr().err


@pytest.mark.parametrize("address", ["http://gateway.example", "gateway.example", "https://gateway.example/below"])
def test_the_address_of_the_tls_proxy_must_be_one(tmp_path, capsys, address):
    assert main(["--data", str(tmp_path), "--host", "0.0.0.0", "--behind-tls", address]) == 1
    assert address in capsys.readouterr().err


def test_schools_and_people_are_added_from_the_command_line(tmp_path, capsys, password_file):
    data = ["--data", str(tmp_path / "data")]
    assert main(["add-school", "Ashby Road Primary School", "--urn", "100001", *data]) == 0
    school = capsys.readouterr().out.split()[1].rstrip(":")
    assert main(["add-user", "ashby", "Rosa Ashby", "--school", school, "--password-file", str(password_file), *data]) == 0
    assert main(["add-user", "officer", "Olive Officer", "--officer", "--password-file", str(password_file), *data]) == 0
    assert main(["verify-audit", *data]) == 0
    assert "each follows from the one before" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["add-user", "x", "X", "--school", "none"], "no school none"),
        (["add-school", "A school", "--urn", "12"], "6 digits"),
    ],
)
def test_what_cannot_be_added_is_refused_with_one_sentence(tmp_path, capsys, password_file, words, sentence):
    password = ["--password-file", str(password_file)] if words[0] == "add-user" else []
    assert main([*words, *password, "--data", str(tmp_path / "data")]) == 1
    said = capsys.readouterr().err
    assert sentence in said
    assert said.count("\n") == 1


def test_a_short_password_is_refused(tmp_path, capsys):
    (tmp_path / "short").write_text("short", "utf-8")
    command = ["add-user", "x", "X", "--officer", "--password-file", str(tmp_path / "short"), "--data", str(tmp_path / "data")]
    assert main(command) == 1
    assert "12 characters" in capsys.readouterr().err


def test_without_a_keyboard_a_password_comes_from_a_file(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert main(["add-user", "x", "X", "--officer", "--data", str(tmp_path / "data")]) == 1
    assert "--password-file" in capsys.readouterr().err


@pytest.mark.skipif(os.name != "posix", reason="rights of files are told otherwise there")
def test_what_it_keeps_is_its_owners_alone(tmp_path):
    with running(tmp_path / "data"):
        held = [each for each in (tmp_path / "data").rglob("*") if each.is_file()]
        assert {each.name for each in held} >= {"gateway.sqlite3", "receipt-key.json"}
        assert [each.name for each in held if stat.S_IMODE(each.stat().st_mode) & 0o077] == []


def test_a_database_of_a_newer_version_is_refused(tmp_path, capsys):
    from sencoapp.council.database import set_note
    from sencoapp.council.gateway import Gateway
    from sencoapp.council.settings import Settings

    gateway = Gateway.open(Settings(tmp_path, "http://127.0.0.1"))
    with gateway.database.writing() as connection:
        set_note(connection, "version", "99")
    gateway.close()
    assert main(["verify-audit", "--data", str(tmp_path)]) == 1
    assert "newer version" in capsys.readouterr().err


def test_the_key_of_the_receipts_stays_when_the_gateway_is_started_again(tmp_path):
    with running(tmp_path / "data") as gateway:
        first = (tmp_path / "data" / "receipt-key.json").read_bytes()
        gateway.stop()
        gateway.start()
        assert (tmp_path / "data" / "receipt-key.json").read_bytes() == first
