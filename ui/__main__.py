"""The installed command ``sencoapp``: without a sub-command it opens the window, with one it hands over to ``sencoapp.cli``.

``sencoapp note`` opens the quick note: in the program that runs, or in one that it starts. A key of the desktop can be set to it.

Nothing of Qt is imported here before it is known that the window is wanted.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

CANNOT_OPEN = 3
"""Exit status where the window cannot open on this computer."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the program; returns its exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    options, others = _options().parse_known_args(given)
    note = others == ["note"]
    if others and not note:
        from sencoapp.cli import main as command_line

        return command_line(given)
    from ui import quick_start
    from ui.here import why_no_window

    quick_start.rest()
    trouble = why_no_window(screen=options.pictures is None)
    if trouble:
        sys.stderr.write(trouble + "\n")
        return CANNOT_OPEN
    if note and _is_running(options.profile):
        return 0
    quick_start.load_qt()
    from ui.application import run

    return run(profile=options.profile, pictures=options.pictures, smoke=options.smoke, note=note)


def _is_running(profile: Path | None) -> bool:
    """Whether the program runs already, and was asked for the quick note."""
    from sencoapp.folders import default_folder
    from ui.bell import ring

    named = profile or os.environ.get("SENCOAPP_PROFILE")
    return ring(Path(named).expanduser() if named else default_folder())


def _options() -> argparse.ArgumentParser:
    """The options of the window itself. All else, ``--help`` too, is for the command line."""
    parser = argparse.ArgumentParser(prog="sencoapp", add_help=False, allow_abbrev=False)
    parser.add_argument("--profile", type=Path)
    parser.add_argument("--pictures", type=Path)
    parser.add_argument("--smoke", action="store_true")
    return parser


if __name__ == "__main__":
    sys.exit(main())
