"""Profiles from the command line: begun, listed, and the ways into them changed."""

import argparse
from datetime import date
from pathlib import Path

from sencoapp import folders, reference
from sencoapp.app import App, Workplace
from sencoapp.cli.door import new_passphrase, passphrase, profile_folder, recovery_code, table, tell
from sencoapp.cli.record import write_file
from sencoapp.domain.people import School, StaffMember, Term
from sencoapp.domain.refusals import Fault, Refusal
from sencoapp.services import beginning
from sencoapp.services.staff import tidied


def new(chosen: argparse.Namespace) -> None:
    """Makes a profile and the sheet with its recovery code."""
    app = App()
    folder = folders.further_folder() / app.new_id() if chosen.another else profile_folder(chosen)
    terms = tuple(_term(each) for each in chosen.term)
    school = School(
        id=app.new_id(),
        name=chosen.school,
        phase=chosen.phase,
        council=chosen.council,
        urn=chosen.urn,
        dfe_number=chosen.dfe_number,
        terms=terms,
    )
    person = StaffMember(id=app.new_id(), name=chosen.name, role=chosen.role, classes=tidied(chosen.class_ or ()))
    sheet = _free_sheet(chosen)
    place, code = app.begin(folder, passphrase(chosen, new=True), school, person, label=chosen.label or "")
    try:
        write_file(sheet, app.recovery_sheet(place, school.name, code))
    finally:
        place.close()
    print(reference.say("cli.profile_made", folder=folder))
    print(reference.say("cli.sheet_made", file=sheet))


def listing(chosen: argparse.Namespace) -> None:
    """The profiles of this account of the operating system. Nothing is opened."""
    first = folders.default_folder()
    there = ([first] if folders.is_profile(first) else []) + folders.profiles_in(folders.further_folder())
    plain = [{"label": folders.label_of(each), "folder": str(each)} for each in there]
    unnamed = reference.say("welcome.record_without_label")
    lines = table([[each["label"] or unnamed, each["folder"]] for each in plain])
    tell(chosen, plain, lines or [reference.say("cli.no_profiles")])


def change_passphrase(chosen: argparse.Namespace) -> None:
    """Wraps the key anew; the record, its files and the recovery sheet stay as they are."""
    app = App()
    old = passphrase(chosen)
    place = _opened(app, chosen, old)
    try:
        app.change_passphrase(place, old, new_passphrase(chosen))
    finally:
        place.close()
    print(reference.say("cli.passphrase_changed"))


def new_sheet(chosen: argparse.Namespace) -> None:
    """Writes a sheet with a new code, and only then makes the old one void."""
    app, sheet = App(), _free_sheet(chosen)
    typed = passphrase(chosen)
    place = _opened(app, chosen, typed)
    try:
        code = app.new_code(place, typed)
        write_file(sheet, app.recovery_sheet(place, beginning.school(place.session.record).name, code))
        app.use_code(place, code)
    finally:
        place.close()
    print(reference.say("cli.sheet_made", file=sheet))
    print(reference.say("cli.old_sheet_void"))


def recover(chosen: argparse.Namespace) -> None:
    """Opens the profile with the printed code and sets a new passphrase."""
    App().open_with_code(profile_folder(chosen), recovery_code(chosen), new_passphrase(chosen)).close()
    print(reference.say("cli.recovered"))


def _opened(app: App, chosen: argparse.Namespace, typed: str) -> Workplace:
    folder = profile_folder(chosen)
    if not app.is_profile(folder):
        raise Fault("no_profile_here", folder=str(folder))
    return app.open(folder, typed)


def _free_sheet(chosen: argparse.Namespace) -> Path:
    sheet: Path = chosen.sheet or Path("recovery-sheet.pdf")
    if sheet.exists():  # it may be the only way into another profile
        raise Refusal("sheet_exists", file=sheet)
    return sheet


def _term(text: str) -> Term:
    name, _, days = text.partition("=")
    first, _, last = days.partition("..")
    try:
        return Term(name, date.fromisoformat(first), date.fromisoformat(last))
    except ValueError:
        raise Refusal("term_not_understood", text=text) from None
