"""Opening a profile from the command line, and saying what was found."""

import argparse
import getpass
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from sencoapp import reference
from sencoapp.app import App, Workplace, default_folder
from sencoapp.domain.dates import read_date, weekday_date
from sencoapp.domain.people import Pupil
from sencoapp.domain.refusals import Fault, Refusal
from sencoapp.services.pupils import find_pupils

MOST_AMOUNT = 1_000_000


def profile_folder(chosen: argparse.Namespace) -> Path:
    """``--profile``, or ``SENCOAPP_PROFILE``, or the usual place."""
    return Path(chosen.profile or os.environ.get("SENCOAPP_PROFILE") or default_folder()).expanduser()


def passphrase(chosen: argparse.Namespace, *, new: bool = False) -> str:
    """From a file or a prompt, never from the arguments: those show in the list of processes."""
    path = chosen.passphrase_file or os.environ.get("SENCOAPP_PASSPHRASE_FILE")
    return _secret(path, "cli.passphrase", "passphrase_file_needed", twice=new)


def new_passphrase(chosen: argparse.Namespace) -> str:
    """The one that is to hold from now on."""
    return _secret(chosen.new_passphrase_file, "cli.new_passphrase", "new_passphrase_file_needed", twice=True)


def recovery_code(chosen: argparse.Namespace) -> str:
    """The code that is printed on the recovery sheet."""
    return _secret(chosen.code_file, "cli.code", "code_file_needed")


def _secret(path: str | None, prompt: str, refusal: str, *, twice: bool = False) -> str:
    if path:
        try:
            return Path(path).read_text("utf-8-sig").rstrip("\r\n")
        except OSError:
            raise Fault("file_not_found", file=path) from None
        except UnicodeDecodeError:
            raise Fault("passphrase_file_not_text", file=path) from None
    if not sys.stdin.isatty():
        raise Refusal(refusal)
    typed = getpass.getpass(reference.say(prompt))
    if twice and getpass.getpass(reference.say("cli.passphrase_again")) != typed:
        raise Refusal("passphrases_differ")
    return typed


@contextmanager
def open_record(chosen: argparse.Namespace) -> Iterator[Workplace]:
    """The profile, unlocked, and closed again afterwards."""
    folder = profile_folder(chosen)
    app = App()
    if not app.is_profile(folder):
        raise Fault("no_profile_here", folder=str(folder))
    place = app.open(folder, passphrase(chosen))
    if place.profile.warning is not None:
        print(reference.explain(place.profile.warning), file=sys.stderr)
    try:
        if place.out_tray.left():
            place.out_tray.wipe_left()
            place.out_tray.remember()
        yield place
    finally:
        place.close()


def which_pupil(place: Workplace, text: str, *, removed: bool = False) -> str:
    """A pupil's id from an id, a UPN, or part of a name that only one pupil has; ``removed``: from the id of one who was removed, too."""
    record = place.session.record
    if record.get(Pupil, text) is not None or (removed and record.kept_pupils(text)):
        return text
    found = record.find(Pupil, upn=text.upper()) or find_pupils(record, text, limit=3)
    if not found:
        raise Refusal("no_such_pupil", text=text)
    if len(found) > 1:
        raise Refusal("several_such_pupils", text=text, names=", ".join(each.name for each in found))
    return str(found[0].id)


def day(text: str) -> date:
    """A date of the command line: 2026-11-24, or as a person writes it."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    try:
        return read_date(text, App().clock.today())
    except Refusal as refusal:
        raise argparse.ArgumentTypeError(reference.explain(refusal)) from None


def amount(text: str) -> Decimal:
    """A number of the command line. Raises ``ValueError``, which argparse turns into a sentence."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValueError(text) from None
    if not number.is_finite() or abs(number) > MOST_AMOUNT:
        raise ValueError(text)
    return number


def tell(chosen: argparse.Namespace, plain: Any, lines: list[str]) -> None:
    """JSON where it was asked for, sentences otherwise."""
    if getattr(chosen, "json", False):
        print(json.dumps(plain, ensure_ascii=False, indent=2))
    else:
        for line in lines:
            print(line)


def table(rows: list[list[str]]) -> list[str]:
    """Lines with columns of equal width."""
    if not rows:
        return []
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def spoken_day(iso: str | None) -> str:
    return weekday_date(date.fromisoformat(iso)) if iso else ""
