"""Keeping, holding and erasing from the command line."""

import json

import pytest

from tests.documents.reading import page_texts
from tests.places import LIGHT, new_place


def test_a_record_is_held_and_then_erased_with_a_certificate(shell, samples, tmp_path):
    shell.json("import", samples / "derived/8552001_CTF_8554003_001.xml")
    pupil = shell.json("pupils")[0]
    assert shell.json("retention") == []
    (due,) = shell.json("retention", "--by", "2060-01-01")
    assert (due["rule"], due["due"], due["held"]) == ("sen_file", "2045-11-20", [])
    assert shell.run("hold", pupil["localId"], "--reason", "An appeal") == 0
    certificate = tmp_path / "certificate.pdf"
    words = ("erase", pupil["localId"], "--rule", "request", "--reason", "Asked for", "--certificate", certificate)
    seen = shell.json(*words)
    assert seen["kinds"]["contact"] == 3
    assert len(shell.json("pupils")) == 1
    assert shell.run(*words, "--name", pupil["name"]) != 0
    assert "hold" in shell.err
    assert shell.run("hold", pupil["localId"], "--reason", "It is over", "--lift") == 0
    assert shell.json(*words, "--name", pupil["name"])["certificate"] == str(certificate)
    assert shell.json("pupils") == []
    text = " ".join(page_texts(certificate.read_bytes()))
    assert "Certificate of erasure" in text
    assert "Adebayo" not in text + json.dumps(shell.json("verify"))
    assert all(each["sound"] for each in shell.json("verify"))


def test_a_copy_of_the_record_is_asked_about_decided_and_written(shell, samples, tmp_path):
    shell.json("import", samples / "derived/8552001_CTF_8554003_001.xml")
    pupil = shell.json("pupils")[0]["localId"]
    words = ("copy-record", pupil, "--asked-by", "Ms Grace Adebayo", "--received", "2026-11-20", "--json")
    assert shell.run(*words) == 1
    asked = json.loads(shell.out)
    assert asked["due"] == "2026-12-21"
    decisions = tmp_path / "decisions.json"
    decisions.write_text(
        json.dumps([{"item": each["item"], "action": "black_out", "exemption": "third_party"} for each in asked["undecided"]])
    )
    out = tmp_path / "copy"
    assert shell.run(*words, "--decisions", decisions, "--out", out) == 0, shell.err
    assert sorted(each.name for each in out.iterdir()) == ["record.json", "record.pdf"]
    text = (out / "record.json").read_text()
    assert "UPN" in text
    assert not any(each["around"] and each["around"] in text for each in asked["undecided"])
    decisions.write_text('{"item": 1}')
    assert shell.run(*words, "--decisions", decisions) != 0
    assert "list of decisions" in shell.err


@pytest.fixture
def light_codes(monkeypatch):
    """Codes that cost less to try."""
    monkeypatch.setattr("sencoapp.crypto.packs.ALONE", LIGHT)


def test_a_pupil_is_handed_over_and_received_in_another_record(shell, new_shell, samples, tmp_path, light_codes):
    shell.json("import", samples / "derived/8552001_CTF_8554003_001.xml")
    pupil = shell.json("pupils")[0]["localId"]
    shell.json("observe", pupil, "--text", "Counted to ten.")
    words = ("--to", "Oakfield Academy", "--to-number", "8554003", "--left-on", "2026-11-20")
    went = shell.json("hand-over", pupil, *words, "--out", tmp_path / "out" / "zoe")
    assert sorted(each.name for each in (tmp_path / "out").iterdir()) == [
        "8552001_CTF_8554003_001.xml",
        "zoe receipt.pdf",
        "zoe.pdf",
        "zoe.senpupil",
    ]
    assert went["due"] == "2026-12-11"
    assert shell.json("pupils") == []
    code = tmp_path / "code.txt"
    code.write_text(went["code"])
    other = new_shell(tmp_path / "other")
    new_place(tmp_path / "other").close()
    pack = tmp_path / "out" / "zoe.senpupil"
    seen = other.json("receive", pack, "--code-file", code, "--dry-run")
    assert (seen["school"], seen["matches"], seen["fingerprint"]) == ("Barrowby Primary", [], went["fingerprint"])
    assert other.json("pupils") == []
    assert other.json("receive", pack, "--code-file", code)["pupil"] == pupil
    assert other.json("pupil", pupil)["counts"]["observation"] == 1
    assert all(each["sound"] for each in other.json("verify"))
    code.write_text("0000-0000-0000-0000-0000")
    assert other.run("receive", pack, "--code-file", code) != 0
    assert "code does not open" in other.err


def test_somebody_who_may_be_here_already_needs_a_choice(shell, new_shell, samples, tmp_path, light_codes):
    file = samples / "derived/8552001_CTF_8554003_001.xml"
    shell.json("import", file)
    went = shell.json("hand-over", shell.json("pupils")[0]["localId"], "--to", "Oakfield", "--out", tmp_path / "zoe")
    (tmp_path / "code").write_text(went["code"])
    other = new_shell(tmp_path / "other")
    new_place(tmp_path / "other").close()
    other.json("import", file)
    here = other.json("pupils")[0]["localId"]
    words = ("receive", tmp_path / "zoe.senpupil", "--code-file", tmp_path / "code", "--json")
    assert other.run(*words) == 1
    assert [each["localId"] for each in json.loads(other.out)["matches"]] == [here]
    assert other.run(*words, "--join", here) == 0, other.err
    assert json.loads(other.out)["pupil"] == here
    assert len(other.json("pupils")) == 1
