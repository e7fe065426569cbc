"""The safety net under every test: a home of its own, no keyring, and nothing unplanned left or logged.

Tests of the window ask for ``qtbot`` or ``qapp``; nothing here imports Qt for those that do not.
"""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.leftovers import Leftovers, watch_qt
from tests.unplanned_logs import UnplannedLogs

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# The one that refuses; a test that needs a keyring brings a pretended one, or is marked ``keyring`` and gets the real one.
REFUSING_KEYRING = "keyring.backends.fail.Keyring"

settings.register_profile("house", deadline=None)  # how long an example takes says how busy the machine is, and nothing else
settings.load_profile("house")

SAMPLES = Path(__file__).resolve().parent.parent.parent / "shared" / "samples"


@pytest.fixture(scope="session", autouse=True)
def _no_real_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """For fixtures that outlive one test: they must not find the developer's own profile either."""
    with pytest.MonkeyPatch.context() as patch:
        _move_house(patch, tmp_path_factory.mktemp("home"))
        patch.setenv("PYTHON_KEYRING_BACKEND", REFUSING_KEYRING)
        yield


@pytest.fixture(autouse=True)
def _own_home(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A home, settings and run-time folder that no other test shares, and the keyring that was there put back."""
    with pytest.MonkeyPatch.context() as patch:
        if request.node.get_closest_marker("keyring"):
            patch.delenv("PYTHON_KEYRING_BACKEND", raising=False)
        else:
            _move_house(patch, tmp_path_factory.mktemp("home"))
        keyring = sys.modules.get("keyring.core")
        if keyring is not None:
            patch.setattr(keyring, "_keyring_backend", None)  # it is chosen anew when first asked for
        yield
        keyring = sys.modules.get("keyring.core")
        if keyring is not None:
            keyring._keyring_backend = None


@pytest.fixture(autouse=True)
def _nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails a test that leaves a thread, a timer, a window or a program behind. Wider fixtures may keep theirs."""
    if {"qtbot", "qapp"} & set(request.fixturenames):
        watch_qt()
    before = Leftovers.now()
    yield
    found = before.what_is_new()
    if found:
        pytest.fail("Left behind: " + "; ".join(found), pytrace=False)


@pytest.fixture(autouse=True)
def _unplanned_logs() -> Iterator[UnplannedLogs]:
    with UnplannedLogs() as logs:
        yield logs
    trouble = logs.trouble()
    if trouble:
        pytest.fail(trouble, pytrace=False)


@pytest.fixture
def expects_log(_unplanned_logs: UnplannedLogs) -> UnplannedLogs:
    """``expects_log("sencoapp.sync", "did not answer")``: this warning or error is planned, and must come."""
    return _unplanned_logs


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of real sample files beside the repository."""
    if not SAMPLES.is_dir():
        pytest.skip(f"There are no sample files in {SAMPLES}.")
    return SAMPLES


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("browser") and not (shutil.which("chromium") and shutil.which("chromedriver")):
        message = "This needs the programs chromium and chromedriver."
        # Where CI runs nothing may be left out: it must bring its own browser.
        pytest.fail(message, pytrace=False) if os.environ.get("CI") else pytest.skip(message)


def _move_house(patch: pytest.MonkeyPatch, home: Path) -> None:
    for name in ("HOME", "USERPROFILE"):
        patch.setenv(name, str(home))
    for name in ("APPDATA", "LOCALAPPDATA", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"):
        folder = home / name.lower()
        folder.mkdir(mode=0o700)
        patch.setenv(name, str(folder))
    for name in [each for each in os.environ if each.startswith("SENCOAPP_")]:
        patch.delenv(name)
