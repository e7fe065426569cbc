"""Councils and their forms from the command line: proves the files, and compares two councils' forms for one pupil."""

import argparse

from sencoapp import reference
from sencoapp.cli.door import open_record, tell, which_pupil
from sencoapp.council_files import problems_in
from sencoapp.services.council_forms import NEEDS_ASSESSMENT, compare_forms

WRONG = 1


def check(chosen: argparse.Namespace) -> int:
    """Proves the files of one council's folder, or of all that are shipped. Exit status 1 where something is wrong."""
    folders = [chosen.folder] if chosen.folder else [reference.path_of("councils", each) for each in reference.councils()]
    wrong = [problem for folder in folders for problem in problems_in(folder)]
    for problem in wrong:
        print(problem)
    forms = sum(1 for folder in folders for _ in folder.glob("*/form.json"))
    print(
        reference.say("cli.councils_checked" if not wrong else "cli.councils_wrong", councils=len(folders), forms=forms, count=len(wrong))
    )
    return WRONG if wrong else 0


def questions(_chosen: argparse.Namespace) -> None:
    """The questions, checks and papers that any form may name, for whoever writes one."""
    shared = reference.data("councils", "shared.json")
    for part, words in (("questions", "label"), ("checks", "title"), ("evidence", "words")):
        print(reference.say(f"cli.councils_shared_{part}"))
        for name, each in shared[part].items():
            print(f"  {name}: {each[words]}")


def compare(chosen: argparse.Namespace) -> None:
    """What two councils' forms still ask about one pupil."""
    with open_record(chosen) as place:
        pupil = which_pupil(place, chosen.pupil)
        sides = compare_forms(place.session, pupil, [(each, NEEDS_ASSESSMENT) for each in chosen.council])
    plain = [{"council": each.council, "form": each.title, "open": [one.label for one in each.still]} for each in sides]
    lines = []
    for each in sides:
        lines.append(reference.say("cli.compared", council=each.council, form=each.title, count=len(each.still)))
        lines += [reference.say("cli.compared_row", section=one.section, label=one.label) for one in each.still]
    tell(chosen, plain, lines)
