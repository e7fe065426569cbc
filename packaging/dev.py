"""Two commands that do everything on a computer that has only Python 3.11 or newer.

    python3 packaging/dev.py run [words]     makes the environment and opens the app
    python3 packaging/dev.py test [words]    makes the environment, then checks everything

and three for those who work on it: ``bench``, ``format`` and ``lock``. Words that follow are handed on: to the
app, to pytest, to the benchmarks, to ruff and to uv. Nothing is installed outside ``.venv`` but the system
libraries that Qt needs on Linux, and those only where it may be done without asking.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import system_packages

SERIES = ".".join(map(str, sys.version_info[:2]))
if sys.version_info < (3, 11):  # noqa: UP036 - older ones get this far, and should learn why they get no further
    sys.exit("This needs Python 3.11 or newer, and this is " + SERIES + ". Install a newer one, then run the same command with it.")

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "packaging" / "requirements"
VENV = ROOT / ".venv"
PROGRAMS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = PROGRAMS / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "installed.json"
LINUX = sys.platform.startswith("linux")

# From small to large: each lock holds all of the one before it.
SETS = ("app", "council", "dev")

HELP_WITH_DOWNLOADS = """
The libraries could not be installed; the lines above say why. What usually helps:
- No network: connect, and run the same command again. What has been fetched already is kept.
- A school or office that inspects secure connections (“certificate verify failed”): ask IT for its certificate
  file and run
      {again}
- A computer for which a library is not built (“no matching distribution”): it needs 64-bit Windows 10 or newer,
  macOS 15 or newer on Apple silicon, Debian 12 or newer, or Ubuntu 22.04 or newer, with Python 3.11 to 3.14."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="dev.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cert", type=Path, metavar="FILE", help="certificate file of a network that inspects secure connections")
    parser.add_argument("command", choices=["run", "test", "bench", "format", "lock"])
    parser.add_argument("words", nargs=argparse.REMAINDER, help="handed on")
    chosen = parser.parse_args()
    if chosen.cert:
        os.environ["PIP_CERT"] = os.environ["SSL_CERT_FILE"] = str(chosen.cert.resolve())
    commands = {"run": run, "test": test, "bench": bench, "format": tidy, "lock": lock}
    return commands[chosen.command](chosen.words)


# The commands


def run(words: list[str]) -> int:
    """Opens the app; without a display, walks the whole way with the demo school instead."""
    set_up("council")
    if not words and not has_display():
        out = ROOT / "out" / "demo"
        print(f"There is no display here, so the demo school walks the whole way without a window; see {out}.", flush=True)
        words = ["demo", "--out", str(out)]
    # -P: the app is taken from this folder, whatever lies in the one that the command was typed in.
    return call(PYTHON, "-P", "-m", "ui", *words, cwd=Path.cwd())


def test(words: list[str]) -> int:
    """Layout, lint, types, import contracts and tests; all are run, whatever the one before found."""
    steps = Steps()
    steps.take("Environment", lambda: set_up("dev"))
    steps.take("Programs that some tests need", set_up_test_programs)
    steps.check("Layout (ruff format)", PYTHON, "-m", "ruff", "format", "--check", ".")
    steps.check("Lint (ruff check)", PYTHON, "-m", "ruff", "check", ".")
    steps.check("Types (mypy)", PYTHON, "-m", "mypy")
    steps.check("Import contracts (import-linter)", PROGRAMS / "lint-imports")
    # The keyring's tests go first, so that the last line of all that pytest writes is that of the many.
    if shutil.which("dbus-run-session") and shutil.which("gnome-keyring-daemon"):
        with keyring_session() as line:
            steps.check("Tests with a keyring (pytest)", *line, PYTHON, "-m", "pytest", "-m", "keyring", *words, none_is_fine=True)
    else:
        steps.leave_out("Tests with a keyring (pytest)", "they need dbus-run-session and gnome-keyring-daemon")
    steps.check("Tests (pytest)", PYTHON, "-m", "pytest", "-m", "not keyring", *(words or in_several_processes()))
    return steps.close()


def in_several_processes() -> list[str]:
    """The whole suite, a file at a time to each core; four at the most, since each of them opens windows and gateways."""
    cores = min(os.cpu_count() or 1, 4)
    return ["-n", str(cores), "--dist", "loadfile"] if cores > 1 else []


def bench(words: list[str]) -> int:
    """The benchmarks, in the environment of the tests."""
    set_up("dev")
    return call(PYTHON, "-m", "tests.bench", *words)


def tidy(words: list[str]) -> int:
    """Lays the code out and mends what ruff can mend."""
    set_up("dev")
    return call(PYTHON, "-m", "ruff", "check", "--fix", *(words or ["."])) or call(PYTHON, "-m", "ruff", "format", *(words or ["."]))


def lock(words: list[str]) -> int:
    """Writes the locks anew from pyproject.toml: versions and hashes, and no address. ``--upgrade`` takes newer versions."""
    set_up("dev")
    pip_install(LOCKS / "uv.txt")
    needs = {"app": (), "council": ("--extra", "council"), "dev": ("--extra", "council", "--group", "dev")}
    smaller: list[str] = []
    for name in SETS:
        if compile_lock(name, "pyproject.toml", *needs[name], *smaller, *words):
            return 1
        smaller = ["-c", str(LOCKS / f"{name}.txt")]
    uv = listen(PYTHON, "-m", "uv", "--version").stdout.split()[1]
    wanted = "uv" if "--upgrade" in words else f"uv=={uv}"
    return compile_lock("uv", "-", *words, given=wanted)


def compile_lock(name: str, *words: str, given: str | None = None) -> int:
    line: list[str | Path] = [PYTHON, "-m", "uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"]
    line += ["--generate-hashes", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"]
    line += ["--custom-compile-command", "python3 packaging/dev.py lock", *words, "--output-file", LOCKS / f"{name}.txt"]
    return call(*line, given=given)


# The environment


def set_up(name: str) -> None:
    """Makes ``.venv`` hold at least the lock ``name``, and Qt able to start in it. Quick where nothing has changed."""
    if not is_installed(name):
        make_venv()
        print("Fetching and installing the libraries, some 200 MB the first time; this takes a minute or two.", flush=True)
        pip_install(LOCKS / f"{name}.txt")
        ensure_qt_starts()
        has = SETS[: SETS.index(name) + 1]
        STAMP.write_text(json.dumps({"python": SERIES, "locks": {each: digest(each) for each in has}}), "utf-8")


def is_installed(name: str) -> bool:
    """Whether ``.venv`` was made by this Python and filled from the lock as it stands now."""
    try:
        stamp = json.loads(STAMP.read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return PYTHON.exists() and stamp["python"] == SERIES and stamp["locks"].get(name) == digest(name)


def digest(name: str) -> str:
    return hashlib.sha256((LOCKS / f"{name}.txt").read_bytes()).hexdigest()


def make_venv() -> None:
    """A fresh environment, or the one that is there where this series of Python made it."""
    try:
        import ensurepip  # noqa: F401 - Debian leaves it out of its Python
    except ImportError:
        package = f"python{SERIES}-venv"
        if not system_packages.install(package):
            sys.exit(f"This Python cannot make environments. Run “{system_packages.command_for(package)}”, then the same command again.")
    kept = PYTHON.exists() and listen(PYTHON, "-c", "import sys; print(*sys.version_info[:2], sep='.')").stdout.strip() == SERIES
    if call(sys.executable, "-m", "venv", *([] if kept else ["--clear"]), VENV):
        sys.exit(f"The environment could not be made in {VENV}; the lines above say why.")


def pip_install(requirements: Path) -> None:
    """Installs exactly what a lock names, checked against its hashes; pip also compiles it, so that the app starts quickly."""
    line: list[str | Path] = [PYTHON, "-m", "pip", "install", "-q", "-q", "--disable-pip-version-check"]
    if call(*line, "--require-hashes", "--only-binary", ":all:", "-r", requirements):
        sys.exit(HELP_WITH_DOWNLOADS.format(again=f"{Path(sys.executable).name} packaging/dev.py --cert FILE {' '.join(sys.argv[1:])}"))


def ensure_qt_starts() -> None:
    """Starts Qt once; brings the system libraries where it cannot start, or says how to."""
    trouble = what_stops_qt()
    if trouble and LINUX and system_packages.install(*system_packages.QT):
        trouble = what_stops_qt()
    if trouble:
        advice = f"Run this once, then the same command again:\n    {system_packages.command_for(*system_packages.QT)}" if LINUX else ""
        sys.exit(f"Qt, which draws the window, cannot start here.\n{trouble}\n{advice}")


def what_stops_qt() -> str:
    """Nothing where Qt can start, else what it said.

    6.12.0 loses count of its references to None on Python 3.11 and ends the process in the middle of work, so it counts as not starting.
    """
    start = "import PySide6; from PySide6.QtWidgets import QApplication; QApplication([]); print(PySide6.__version__)"
    tried = listen(PYTHON, "-c", start, offscreen=not has_display())
    if tried.stdout.startswith("6.12.0") and sys.version_info < (3, 12):
        return "PySide6 6.12.0 must not be used with Python 3.11. Remove the folder .venv and run the same command again."
    return "" if tried.returncode == 0 else tried.stderr.strip() or f"It ended with status {tried.returncode}."


def set_up_test_programs() -> None:
    """Brings what some tests need beside Python, and says what follows where it cannot."""
    for program in system_packages.missing_test_programs():
        # One by one: Ubuntu has no Chromium among its packages, and the others should come all the same.
        system_packages.install(*system_packages.TEST_PROGRAMS[program])
    missing = system_packages.missing_test_programs()
    if missing:
        packages = [package for program in missing for package in system_packages.TEST_PROGRAMS[program]]
        print(f"Tests that need {', '.join(missing)} are left out. To have them: {system_packages.command_for(*packages)}", flush=True)


def has_display() -> bool:
    return not LINUX or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


@contextlib.contextmanager
def keyring_session() -> Iterator[list[str]]:
    """The beginning of a command line that gives the rest of it a session bus with an unlocked, empty keyring of its own."""
    unlock = 'eval "$(printf "tests\\n" | gnome-keyring-daemon --unlock --components=secrets 2>/dev/null)"; exec "$@"'
    with tempfile.TemporaryDirectory(prefix="sencoapp-keyring-") as home:
        own = ["env", "-u", "XDG_DATA_HOME", f"HOME={home}", f"XDG_RUNTIME_DIR={home}"]
        yield [*own, "dbus-run-session", "--", "bash", "-c", unlock, "bash"]


# Calling other programs


def environment(*, offscreen: bool = False) -> dict[str, str]:
    """This process's own, less what slows the app down, plus where the code lies."""
    # Libraries that are not compiled start three times more slowly, so the wish not to is not handed on.
    known = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    known["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), known.get("PYTHONPATH")]))
    if known.get("SSL_CERT_FILE"):
        known.setdefault("PIP_CERT", known["SSL_CERT_FILE"])  # older pips read only their own
    if offscreen:
        known["QT_QPA_PLATFORM"] = "offscreen"
    return known


def call(*line: str | Path, cwd: Path = ROOT, given: str | None = None, offscreen: bool = False) -> int:
    """Runs a command in the environment and returns its exit status."""
    offscreen = offscreen or not has_display()
    return subprocess.run([*map(str, line)], cwd=cwd, env=environment(offscreen=offscreen), input=given, text=True).returncode


def listen(*line: str | Path, offscreen: bool = False) -> subprocess.CompletedProcess[str]:
    """Runs a command and keeps what it says."""
    return subprocess.run([*map(str, line)], capture_output=True, text=True, env=environment(offscreen=offscreen))


class Steps:
    """What was checked, how it went and how long it took; ends in one plain table."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, str, float]] = []

    def take(self, name: str, step: Callable[[], object]) -> None:
        """Takes a step that fails only by ending the whole."""
        began = self._begin(name)
        step()
        self.rows.append((name, "done", time.perf_counter() - began))

    def check(self, name: str, *line: str | Path, none_is_fine: bool = False) -> None:
        """Runs one check. ``none_is_fine``: pytest's status 5, no test was chosen, is not a failure."""
        began = self._begin(name)
        status = call(*line, offscreen=True)
        passed = status == 0 or (none_is_fine and status == 5)
        self.rows.append((name, "passed" if passed else "FAILED", time.perf_counter() - began))

    def leave_out(self, name: str, reason: str) -> None:
        """Says why a check is not run. Where CI runs nothing may be left out, so there it counts as failed."""
        self._begin(name)
        print(f"Left out: {reason}.", flush=True)
        self.rows.append((name, "FAILED" if os.environ.get("CI") else "left out", 0.0))

    def close(self) -> int:
        print(f"\n{'Step':<36}{'':<10}{'Seconds':>8}")
        for name, how, seconds in [*self.rows, ("In all", "", sum(row[2] for row in self.rows))]:
            print(f"{name:<36}{how:<10}{seconds:>8.1f}")
        return 1 if any(how == "FAILED" for _, how, _ in self.rows) else 0

    def _begin(self, name: str) -> float:
        print(f"\n== {name}", flush=True)
        return time.perf_counter()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
