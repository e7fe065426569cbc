"""Keeping, holding and erasing from the command line."""

import json

from tests.documents.reading import page_texts


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
