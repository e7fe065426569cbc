"""The script behind the README's two commands, as far as it can be tried without installing anything."""

import ast
import importlib.util
import json
import os
import subprocess
import sys

import pytest

from tests.house.tree import ROOT

SCRIPT = ROOT / "packaging" / "dev.py"


@pytest.fixture
def packages(monkeypatch):
    monkeypatch.syspath_prepend(str(SCRIPT.parent))
    monkeypatch.delitem(sys.modules, "system_packages", raising=False)
    import system_packages

    monkeypatch.setattr(system_packages, "_is_known", lambda package: False)
    return system_packages


@pytest.fixture
def dev(packages, tmp_path, monkeypatch):
    spec = importlib.util.spec_from_file_location("dev", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "VENV", tmp_path)
    monkeypatch.setattr(module, "PYTHON", tmp_path / "python")
    monkeypatch.setattr(module, "STAMP", tmp_path / "installed.json")
    return module


@pytest.mark.parametrize("script", sorted(SCRIPT.parent.glob("*.py")), ids=lambda path: path.name)
def test_an_old_python_can_read_it_far_enough_to_say_why_it_stops(script):
    ast.parse(script.read_text("utf-8"), feature_version=(3, 7))


def test_an_old_python_is_told_what_is_needed():
    pretend = f"import sys, runpy; sys.version_info = (3, 9, 2); runpy.run_path({str(SCRIPT)!r}, run_name='__main__')"
    env = os.environ | {"PYTHONPATH": str(SCRIPT.parent)}
    ran = subprocess.run([sys.executable, "-c", pretend], capture_output=True, text=True, env=env)
    assert ran.returncode == 1
    assert ran.stderr.startswith("This needs Python 3.11 or newer, and this is 3.9.")


def test_nothing_is_installed_again_until_a_lock_or_the_python_changes(dev, tmp_path, monkeypatch):
    assert not dev.is_installed("app")
    dev.PYTHON.touch()
    stamp = {"python": dev.SERIES, "locks": {each: dev.digest(each) for each in ("app", "council")}}
    dev.STAMP.write_text(json.dumps(stamp))
    assert dev.is_installed("app")
    assert dev.is_installed("council")
    assert not dev.is_installed("dev")
    dev.STAMP.write_text(json.dumps(stamp | {"locks": {"app": "of last week"}}))
    assert not dev.is_installed("app")
    dev.STAMP.write_text(json.dumps(stamp | {"python": "3.10"}))
    assert not dev.is_installed("app")
    dev.STAMP.write_text("half a st")
    assert not dev.is_installed("app")


def test_without_a_display_the_demo_is_made_and_a_sentence_says_so(dev, monkeypatch, capsys):
    monkeypatch.setattr(dev, "set_up", lambda name: None)
    monkeypatch.setattr(dev, "has_display", lambda: False)
    called = []
    monkeypatch.setattr(dev, "call", lambda *line, **named: called.append(line) or 0)
    assert dev.run([]) == 0
    assert [str(each) for each in called[0][-3:]] == ["demo", "--out", str(ROOT / "out" / "demo")]
    assert "There is no display here" in capsys.readouterr().out


def test_with_a_display_the_window_is_opened_and_words_are_handed_on(dev, monkeypatch):
    monkeypatch.setattr(dev, "set_up", lambda name: None)
    monkeypatch.setattr(dev, "has_display", lambda: True)
    called = []
    monkeypatch.setattr(dev, "call", lambda *line, **named: called.append(line) or 0)
    dev.run([])
    dev.run(["pupils", "--json"])
    assert [line[-2:] for line in called] == [("-m", "ui"), ("pupils", "--json")]


def test_the_environment_compiles_what_it_installs_and_knows_the_network_s_certificate(dev, monkeypatch):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("SSL_CERT_FILE", "/of/the/school.pem")
    monkeypatch.delenv("PIP_CERT", raising=False)
    known = dev.environment()
    assert "PYTHONDONTWRITEBYTECODE" not in known
    assert known["PIP_CERT"] == "/of/the/school.pem"
    assert known["PYTHONPATH"].split(os.pathsep)[0] == str(ROOT)


def test_one_failed_step_fails_the_whole_and_the_others_are_still_taken(dev, capsys, monkeypatch):
    statuses = iter([0, 1, 5, 0])
    monkeypatch.setattr(dev, "call", lambda *line, **named: next(statuses))
    steps = dev.Steps()
    for name in ("one", "two"):
        steps.check(name)
    steps.check("three", none_is_fine=True)
    steps.check("four")
    assert steps.close() == 1
    assert [how for _, how, _ in steps.rows] == ["passed", "FAILED", "passed", "passed"]
    assert "In all" in capsys.readouterr().out


@pytest.mark.parametrize(("in_ci", "status"), [("true", 1), ("", 0)])
def test_a_step_may_be_left_out_at_home_but_not_in_ci(dev, monkeypatch, in_ci, status):
    monkeypatch.setenv("CI", in_ci)
    steps = dev.Steps()
    steps.leave_out("Tests with a keyring", "there is none")
    assert steps.close() == status


def test_where_nothing_may_be_installed_the_command_to_type_is_given(packages, monkeypatch):
    monkeypatch.setattr(packages, "_as_root", lambda: None)
    assert packages.install("poppler-utils") is False
    assert packages.command_for("libglib2.0-0", "libgl1") == "sudo apt-get install --no-install-recommends libglib2.0-0 libgl1"
    monkeypatch.setattr(packages, "_is_known", lambda package: True)
    assert "libglib2.0-0t64" in packages.command_for("libglib2.0-0")
