"""Word, Excel and other Office files as PDF, by LibreOffice where it is installed. It is shut in: a folder of its own within the
profile that is wiped afterwards, a user of its own with macros off and no links followed, no network, and so many seconds.

What came in was looked through before (``intake.office``): no macros, no embedded programs, nothing fetched from elsewhere.
Word on Windows is not driven: where there is no LibreOffice, a slip sheet stands in the place of the file.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from sencoapp.disk import os_fault, wipe_file
from sencoapp.domain.refusals import Fault
from sencoapp.services.going_on import Cancelled

MOST_SECONDS = 90
_LOOK_EVERY = 0.05
_GRACE = 5
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
)
_CLOSED_PORT = "http://127.0.0.1:9"
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link"><value>2</value></prop></item>
</oor:items>
"""


@cache
def converter() -> str | None:
    """Where LibreOffice is on this computer; None where it is not."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((each for each in _PLACES if Path(each).exists()), None)


def as_pdf(title: str, content: bytes, ending: str, folder: Path, cancelled: Cancelled | None = None) -> bytes:
    """An Office file as PDF. ``ending`` is that of what it really is, ``folder`` the private one.

    Raises ``Fault``: ``evidence_other_kind`` where it could not be done in time or at all, ``pack_stopped``, and
    ``disk_full`` and its kind.
    """
    program = converter()
    if program is None:
        raise Fault("evidence_other_kind", title=title)
    with _told_as_faults(title), _shut_in(folder) as place:
        paper = place / f"paper{ending}"
        paper.write_bytes(content)
        settings = place / "user" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_SETTINGS, "utf-8")
        command = [
            *within_time(MOST_SECONDS + _GRACE),
            *_without_network(),
            program,
            f"-env:UserInstallation={(place / 'user').as_uri()}",
            *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard", "--nologo"),
            *("--convert-to", "pdf", "--outdir", str(place), str(paper)),
        ]
        _run(command, place, cancelled)
        made = place / "paper.pdf"
        if not made.exists():
            raise Fault("evidence_other_kind", title=title)
        return made.read_bytes()


def wipe_left_over(folder: Path) -> None:
    """Wipes what a killed program left of a conversion. Needs no key."""
    for each in folder.glob("*") if folder.is_dir() else ():
        _wipe(each)
    with suppress(OSError):
        folder.rmdir()


def _run(command: list[str], place: Path, cancelled: Cancelled | None) -> None:
    """Runs it to its end, or ends it with all that it started: when the person stops it, or when its time is up."""
    away = {"http_proxy": _CLOSED_PORT, "https_proxy": _CLOSED_PORT, "ftp_proxy": _CLOSED_PORT, "no_proxy": ""}
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LANG", "LD_LIBRARY_PATH") if name in os.environ}
    home = {"HOME": str(place), "TMPDIR": str(place), "TEMP": str(place), "TMP": str(place), "SAL_USE_VCLPLUGIN": "svp"}
    quiet = subprocess.DEVNULL
    running = subprocess.Popen(  # noqa: S603 (LibreOffice, with a file that was looked through)
        command, cwd=place, env={**kept, **home, **away}, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
    )
    until = time.monotonic() + MOST_SECONDS
    try:
        while running.poll() is None:
            if cancelled and cancelled():
                raise Fault("pack_stopped")
            if time.monotonic() > until:
                return
            time.sleep(_LOOK_EVERY)
    finally:
        _end(running)


def _end(running: "subprocess.Popen[bytes]") -> None:
    with suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            running.kill()
        else:
            os.killpg(running.pid, signal.SIGKILL)
    running.wait()


def within_time(seconds: float) -> tuple[str, ...]:
    """What a command begins with so that it ends by then even where this program was killed meanwhile, where there is such a tool."""
    tool = shutil.which("timeout")
    return (tool, "--signal=KILL", f"{seconds:g}") if tool and sys.platform.startswith("linux") else ()


@cache
def _without_network() -> tuple[str, ...]:
    """What a command begins with so that it has no network at all, where the system can do that without a password (Linux)."""
    tool = shutil.which("unshare")
    if tool is None or not sys.platform.startswith("linux"):
        return ()
    asked = (tool, "--user", "--map-current-user", "--net")
    done = subprocess.run([*asked, "true"], capture_output=True, check=False)  # noqa: S603 (a tool of the system)
    return asked if done.returncode == 0 else ()


@contextmanager
def _told_as_faults(title: str) -> Iterator[None]:
    """What the disk does, in words that help; of a program that does not start, that there is none."""
    try:
        yield
    except OSError as trouble:
        raise os_fault(trouble) or Fault("evidence_other_kind", title=title) from trouble


@contextmanager
def _shut_in(folder: Path) -> Iterator[Path]:
    """A folder for one conversion, for its owner only; whatever lies in it afterwards is wiped."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    place = Path(tempfile.mkdtemp(prefix="", dir=folder))
    try:
        yield place
    finally:
        _wipe(place)
        with suppress(OSError):
            folder.rmdir()


def _wipe(place: Path) -> None:
    for each in list(place.rglob("*")):
        if each.is_symlink() or not each.is_dir():
            with suppress(OSError):
                wipe_file(each)
    shutil.rmtree(place, ignore_errors=True)
