"""The command line, for IT staff, scripts and tests. Everything a person does in the window can be done here.

Exit status 0, or not 0 with one sentence on stderr. A passphrase is never an argument.
"""

import argparse
import sys
from collections.abc import Sequence

from sencoapp import reference
from sencoapp.domain.refusals import PlainMessage

FAILED = 1
MISUSED = 2
BUG = 70


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns its exit status."""
    from sencoapp.cli.parser import build_parser

    _speak_utf8()
    parser = build_parser()
    try:
        chosen = parser.parse_args(arguments)
    except SystemExit as stop:
        return int(stop.code or 0)
    return run(chosen)


def run(chosen: argparse.Namespace) -> int:
    """Runs the command that was parsed, and turns what went wrong into one sentence."""
    try:
        return int(chosen.command(chosen) or 0)
    except PlainMessage as message:
        print(sentence(message), file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print(reference.say("cli.stopped"), file=sys.stderr)
        return FAILED
    except BrokenPipeError:
        return FAILED


def sentence(message: PlainMessage) -> str:
    """The words of a refusal or a fault; a list of what is missing is spelt out."""
    details = dict(message.details)
    missing = details.get("missing")
    if isinstance(missing, list):
        details["missing"] = ", ".join(reference.say(f"plan.missing_{each}") for each in missing)
    return reference.say(f"refusals.{message.key}", **details)


def _speak_utf8() -> None:
    """Names are in every script; a console that is not UTF-8 must not lose them."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")
