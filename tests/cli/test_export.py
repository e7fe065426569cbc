"""Files for other systems, from the command line."""

import pytest

from sencoapp.domain.refusals import Fault
from sencoapp.storage.record import SealedRecord


@pytest.fixture
def zoe(shell, samples):
    shell.json("import", samples / "derived/8552001_CTF_8554003_001.xml")


def test_a_ctf_is_written_and_read_again_as_the_same_pupils(shell, zoe, tmp_path):
    told = shell.json("export", "ctf", "--to", "8554003", "--out", tmp_path)
    assert told["rows"] == 1
    again = shell.json("import", tmp_path / "8552001_CTF_8554003_001.xml")
    assert (again["added"], again["changed"], again["unchanged"]) == (0, 0, 1)


@pytest.mark.parametrize(("ending", "start"), [("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")])
@pytest.mark.parametrize("name", ["register", "contacts"])
def test_a_list_is_written_as_filtered(shell, zoe, tmp_path, ending, start, name):
    out = tmp_path / f"list.{ending}"
    assert shell.run("export", ending, "--list", name, "--status", "K", "--out", out) == 0, shell.err
    assert out.read_bytes().startswith(start)
    assert "not encrypted" in shell.out
    assert shell.run("export", ending, "--list", name, "--status", "E", "--out", tmp_path / "none") != 0
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("words", [("csv", "--list", "contacts"), ("ctf",)])
def test_what_cannot_be_noted_is_not_written(shell, zoe, tmp_path, monkeypatch, words):
    def full(*_a: object, **_k: object) -> None:
        raise Fault("disk_full")

    with monkeypatch.context() as patch:
        patch.setattr(SealedRecord, "save", full)
        assert shell.run("export", *words, "--out", tmp_path / "out" / "list") != 0
    assert [each for each in tmp_path.glob("out/*") if each.is_file()] == []
