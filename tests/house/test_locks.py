"""The locks: exact, checked by hash, without an address, and in step with pyproject.toml and NOTICES.md."""

import re
import tomllib
from importlib import metadata

import pytest

from tests.house.tree import ROOT

LOCKS = ROOT / "packaging" / "requirements"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
NOTICES = (ROOT / "NOTICES.md").read_text("utf-8")


def locked(name):
    """The distributions of a lock and their versions."""
    return dict(re.findall(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", (LOCKS / f"{name}.txt").read_text("utf-8"), re.MULTILINE))


def names(requirements):
    return {re.split(r"[\[<>=!~; ]", each)[0].lower().replace("_", "-") for each in requirements}


@pytest.mark.parametrize("name", ["app", "council", "dev", "uv"])
def test_a_lock_names_versions_and_hashes_and_no_address(name):
    text = (LOCKS / f"{name}.txt").read_text("utf-8")
    assert "://" not in text
    assert "--index" not in text
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(entries) == len(locked(name)) > 0
    assert [each.split()[0] for each in entries if "--hash=sha256:" not in each] == []


def test_a_larger_lock_holds_all_of_the_smaller_one():
    app, council, dev = map(locked, ["app", "council", "dev"])
    assert app.items() <= council.items() <= dev.items()


def test_the_locks_hold_what_the_project_asks_for():
    assert names(PROJECT["project"]["dependencies"]) <= locked("app").keys()
    assert names(PROJECT["project"]["optional-dependencies"]["council"]) <= locked("council").keys()
    assert names(PROJECT["dependency-groups"]["dev"]) <= locked("dev").keys()


def test_the_app_is_not_locked_to_the_pyside_that_corrupts_memory():
    assert not locked("app")["pyside6-essentials"].startswith("6.12.0")


def test_nothing_that_keeps_secrets_in_clear_text_is_installed():
    """``keyrings.alt`` would be chosen silently where there is no other keyring."""
    assert not {"keyrings-alt", "keyrings.alt"} & locked("dev").keys()


def noticed(heading):
    """The first column of the table under a heading of NOTICES.md."""
    section = NOTICES.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return set(re.findall(r"^\| ([a-z0-9._-]+) \|", section, re.MULTILINE)) - {"library"}


def test_the_notices_name_every_library_that_is_shipped():
    assert noticed("Libraries shipped with the app") == locked("app").keys()
    assert noticed("Libraries of the council's gateway") == locked("council").keys() - locked("app").keys()


def test_no_library_asks_more_of_us_than_to_be_replaceable():
    """GPL and AGPL are kept out. LGPL is allowed: those libraries are used as they come, and can be replaced."""
    strict = {}
    for name in locked("council"):
        try:
            known = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue  # only for another operating system
        said = [known.get("License-Expression") or (known.get("License") or "").split("\n")[0], *known.get_all("Classifier", [])]
        licence = " / ".join(each for each in said if "License" in each or each is said[0])
        if "GPL" in licence.replace("LGPL", "") and "LGPL" not in licence:
            strict[name] = licence
    assert strict == {}


@pytest.mark.parametrize("folder", ["fonts", "look/icons"])
def test_what_is_bundled_is_in_the_notices(folder):
    files = [each for each in (ROOT / "resources" / folder).rglob("*") if each.is_file()]
    assert not files or f"`resources/{folder}/" in NOTICES
