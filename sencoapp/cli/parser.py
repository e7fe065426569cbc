"""The commands and their options."""

import argparse
from pathlib import Path
from typing import TypeAlias

from sencoapp import __version__, reference
from sencoapp.cli import case, cases, councils, export, history, leaving, plan, profile, record, staff
from sencoapp.cli.door import amount, day
from sencoapp.domain.casework import SENT_BY
from sencoapp.domain.pack_variants import COUNCIL
from sencoapp.domain.permissions import ROLES
from sencoapp.services.lists import LISTS
from sencoapp.services.pack_variants import variants
from sencoapp.services.trail import KINDS_OF_ACTIVITY


def build_parser() -> argparse.ArgumentParser:
    """Every command with its words from ``resources/wording/cli.toml``."""
    parser = argparse.ArgumentParser(prog="sencoapp", description=reference.say("cli.about"))
    parser.add_argument("--version", action="version", version=f"sencoapp {__version__}")
    commands = parser.add_subparsers(dest="name", required=True, metavar="COMMAND")
    _profiles(commands)
    _keeping(commands)
    _pupils(commands)
    _exports(commands)
    _plans(commands)
    _cases(commands)
    _leaving(commands)
    _staff(commands)
    _councils(commands)
    _council_cases(commands)
    return parser


Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _add(
    commands: Commands, name: str, run: object, *, profile: bool = True, json: bool = False, words: str = ""
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=reference.say(f"cli.{words or name.replace('-', '_')}"))
    command.set_defaults(command=run)
    if profile:
        command.add_argument("--profile", help=reference.say("cli.option_profile"))
        command.add_argument("--passphrase-file", help=reference.say("cli.option_passphrase_file"))
    if json:
        command.add_argument("--json", action="store_true", help=reference.say("cli.option_json"))
    return command


def _profiles(commands: Commands) -> None:
    steps = commands.add_parser("profile", help=reference.say("cli.profile")).add_subparsers(required=True, metavar="STEP")
    new = _add(steps, "new", profile.new)
    for name in ("name", "school"):
        new.add_argument(f"--{name}", required=True)
    new.add_argument("--role", default="senco", choices=ROLES)
    new.add_argument("--class", dest="class_", action="append", metavar="CLASS", help=reference.say("cli.option_class"))
    new.add_argument("--phase", default="primary", choices=("nursery", "primary", "middle", "secondary", "all_through", "post_16"))
    new.add_argument("--council", default="leicestershire", choices=reference.councils())
    new.add_argument("--urn")
    new.add_argument("--dfe-number")
    new.add_argument("--term", action="append", default=[], metavar="NAME=FROM..TO", help=reference.say("cli.option_term"))
    new.add_argument("--sheet", type=Path, help=reference.say("cli.option_sheet"))
    new.add_argument("--label", help=reference.say("cli.option_label"))
    new.add_argument("--another", action="store_true", help=reference.say("cli.option_another"))
    _add(steps, "list", profile.listing, profile=False, json=True)
    changing = _add(steps, "passphrase", profile.change_passphrase, words="change_passphrase")
    sheet = _add(steps, "sheet", profile.new_sheet, words="new_sheet")
    sheet.add_argument("--sheet", type=Path, help=reference.say("cli.option_sheet"))
    recover = _add(steps, "recover", profile.recover)
    recover.add_argument("--code-file", help=reference.say("cli.option_code_file"))
    for each in (changing, recover):
        each.add_argument("--new-passphrase-file", help=reference.say("cli.option_new_passphrase_file"))


def _keeping(commands: Commands) -> None:
    _add(commands, "verify", record.verify, json=True)
    _add(commands, "rebuild", record.rebuild)
    _add(commands, "backup", record.backup).add_argument("file", type=Path)
    keeping = _add(commands, "backups", record.list_backups, json=True)
    keeping.add_argument("--to", type=Path, metavar="FOLDER", help=reference.say("cli.option_backups_to"))
    keeping.add_argument("--now", action="store_true", help=reference.say("cli.option_backups_now"))
    restore = _add(commands, "restore", record.restore, json=True)
    restore.add_argument("file", type=Path)
    restore.add_argument("--preview", action="store_true", help=reference.say("cli.option_restore_preview"))
    restore.add_argument("--replace", action="store_true", help=reference.say("cli.option_restore_replace"))
    demo = _add(commands, "demo", case.demo, profile=False)
    demo.add_argument("--out", type=Path, required=True)


def _pupils(commands: Commands) -> None:
    bring = _add(commands, "import", record.import_file, json=True)
    bring.add_argument("file", type=Path)
    bring.add_argument("--dry-run", action="store_true", help=reference.say("cli.option_dry_run"))
    bring.add_argument(
        "--decide", action="append", default=[], type=record.decision, metavar="ROW=WHO", help=reference.say("cli.option_decide")
    )
    bring.add_argument("--overwrite", action="store_true", help=reference.say("cli.option_overwrite"))
    listing = _add(commands, "pupils", record.pupils, json=True)
    _filters(listing)
    _add(commands, "pupil", record.pupil, json=True).add_argument("pupil", help=reference.say("cli.option_pupil"))
    past = _add(commands, "history", history.history, json=True)
    past.add_argument("thing", help=reference.say("cli.option_thing"))
    past.add_argument("--field", default="", help=reference.say("cli.option_field"))
    _add(commands, "undo", history.undo, json=True).add_argument("save", help=reference.say("cli.option_save"))
    note = _add(commands, "observe", record.observe, json=True)
    note.add_argument("pupil", nargs="+", help=reference.say("cli.option_pupil"))
    note.add_argument("--text", help=reference.say("cli.option_text"))
    note.add_argument(
        "--kind", default="note", choices=("strength", "concern", "progress", "support", "behaviour", "attendance", "view", "note")
    )
    note.add_argument("--area", choices=("ci", "cl", "semh", "sp"))
    note.add_argument("--on", type=day)
    note.add_argument("--setting")
    note.add_argument("--confidential", action="store_true", help=reference.say("cli.option_confidential"))


def _filters(command: argparse.ArgumentParser) -> None:
    command.add_argument("--text", default="")
    command.add_argument("--status", action="append", default=[], choices=("N", "K", "E"))
    for name in ("year", "class", "need"):
        command.add_argument(f"--{name}", action="append", default=[])
    command.add_argument("--due", type=day, help=reference.say("cli.option_due"))


def _exports(commands: Commands) -> None:
    kinds = commands.add_parser("export", help=reference.say("cli.export")).add_subparsers(required=True, metavar="KIND")
    transfer = _add(kinds, "ctf", export.export_ctf, json=True)
    transfer.add_argument("--pupil", help=reference.say("cli.option_pupil"))
    transfer.add_argument("--to", default="", metavar="LLLEEEE", help=reference.say("cli.option_to"))
    transfer.add_argument("--with-kept-apart", dest="with_apart", action="store_true", help=reference.say("lists.with_apart"))
    for ending in ("csv", "xlsx"):
        listed = _add(kinds, ending, export.export_list, json=True)
        listed.set_defaults(ending=ending)
        listed.add_argument("--list", default="register", choices=tuple(LISTS))
    for command in kinds.choices.values():
        command.add_argument("--out", type=Path, required=True)
        _filters(command)


def _plans(commands: Commands) -> None:
    cycle = commands.add_parser("cycle", help=reference.say("cli.cycle"))
    steps = cycle.add_subparsers(required=True, metavar="STEP")

    def step(name: str, run: object) -> argparse.ArgumentParser:
        command = _add(steps, name, run, json=True)
        command.add_argument("pupil", help=reference.say("cli.option_pupil"))
        return command

    step("show", plan.show)
    start = step("start", plan.start)
    start.add_argument("--on", type=day)
    start.add_argument("--review-due", type=day)
    assess = step("assess", plan.assess)
    assess.add_argument("--summary", required=True)
    assess.add_argument("--evidence", action="append", default=[], help=reference.say("cli.option_evidence"))
    outcome = step("outcome", plan.outcome)
    outcome.add_argument("--text", required=True)
    for name in ("baseline", "target", "measure"):
        outcome.add_argument(f"--{name}")
    outcome.add_argument("--by", type=day)
    outcome.add_argument("--area", choices=("ci", "cl", "semh", "sp"))
    provide = step("provide", plan.provide)
    for name in ("title", "by"):
        provide.add_argument(f"--{name}", required=True)
    provide.add_argument("--aim")
    provide.add_argument("--wave", default="targeted", choices=("universal", "targeted", "specialist"))
    provide.add_argument("--area", choices=("ci", "cl", "semh", "sp"))
    provide.add_argument("--rate", required=True, type=amount, help=reference.say("cli.option_rate"))
    provide.add_argument("--sessions", required=True, type=amount)
    for name in ("minutes", "weeks", "group"):
        provide.add_argument(f"--{name}", required=True, type=int)
    provide.add_argument("--outcome", type=int)
    agree = step("plan", plan.agree)
    agree.add_argument("--agreed-with")
    agree.add_argument("--strategies")
    view = step("view", plan.view)
    view.add_argument("--whose", required=True, choices=("pupil", "parents"))
    view.add_argument("--text")
    view.add_argument("--absent-because")
    view.add_argument("--said-by")
    view.add_argument("--method")
    rate = step("rate", plan.rate)
    rate.add_argument("--outcome", required=True, type=int)
    rate.add_argument("--rating", required=True, choices=("met", "nearly", "some", "not_met"))
    rate.add_argument("--result")
    rate.add_argument("--note")
    rate.add_argument("--next", choices=("continue", "change", "stop"))
    step("print", plan.on_paper).add_argument("--out", type=Path, required=True, help=reference.say("cli.option_print"))
    close = step("close", plan.close)
    close.add_argument("--decision", required=True)
    close.add_argument("--summary")
    close.add_argument("--attended-by")
    close.add_argument("--next-review", type=day)


def _cases(commands: Commands) -> None:
    whole = _add(commands, "provision-map", case.provision_map)
    whole.add_argument("--out", type=Path, required=True, help=reference.say("cli.option_map"))
    whole.add_argument("--pupil", help=reference.say("cli.option_pupil"))
    attach = _add(commands, "attach", case.attach, json=True)
    attach.add_argument("pupil", help=reference.say("cli.option_pupil"))
    attach.add_argument("file", type=Path)
    attach.add_argument("--title")
    attach.add_argument("--kind", default="report")
    attach.add_argument("--on", type=day)
    attach.add_argument("--author")
    _add(commands, "documents", case.documents_list, json=True).add_argument("pupil", help=reference.say("cli.option_pupil"))
    document = commands.add_parser("document", help=reference.say("cli.document")).add_subparsers(required=True, metavar="get")
    get = _add(document, "get", case.document_get)
    get.add_argument("document", help=reference.say("cli.option_document"))
    get.add_argument("--out", type=Path, required=True)
    for name in ("recipient", "purpose"):
        get.add_argument(f"--{name}", help=reference.say(f"cli.option_{name}"))
    ready = _add(commands, "readiness", case.readiness, json=True)
    ready.add_argument("pupil", help=reference.say("cli.option_pupil"))
    pack = _add(commands, "pack", case.pack, json=True)
    pack.add_argument("pupil", help=reference.say("cli.option_pupil"))
    pack.add_argument("--out", type=Path, required=True)
    pack.add_argument("--word", type=Path, help=reference.say("cli.option_word"))
    copy = _add(commands, "copy", case.copy, json=True)
    copy.add_argument("pupil", help=reference.say("cli.option_pupil"))
    copy.add_argument("--for", dest="reader", choices=[each["id"] for each in variants() if each["id"] != COUNCIL], required=True)
    copy.add_argument("--out", type=Path, required=True)
    submit = _add(commands, "submit", case.submit, json=True)
    submit.add_argument("pupil", help=reference.say("cli.option_pupil"))
    submit.add_argument("--gateway", required=True)
    submit.add_argument("--no-browser", action="store_true", help=reference.say("cli.option_no_browser"))
    sent = _add(commands, "sent", cases.sent, json=True)
    sent.add_argument("pupil", help=reference.say("cli.option_pupil"))
    sent.add_argument("--on", type=day, required=True, help=reference.say("cli.option_sent_on"))
    sent.add_argument("--by", choices=SENT_BY, required=True)
    sent.add_argument("--received", type=day, help=reference.say("cli.option_received"))
    sent.add_argument("--to", help=reference.say("cli.option_sent_to"))
    sent.add_argument("--reference", help=reference.say("cli.option_reference"))
    decided = _add(commands, "decided", cases.decided, json=True)
    decided.add_argument("pupil", help=reference.say("cli.option_pupil"))
    decided.add_argument("decision", help=reference.say("cli.option_decision"))
    decided.add_argument("--on", type=day, required=True, help=reference.say("cli.option_decided_on"))
    decided.add_argument("--letter", help=reference.say("cli.option_document"))
    replies = _add(commands, "replies", case.replies, json=True)
    replies.add_argument("--gateway", required=True)
    replies.add_argument("--no-browser", action="store_true", help=reference.say("cli.option_no_browser"))
    due = _add(commands, "deadlines", case.deadlines, profile=False, json=True)
    due.add_argument("--received", type=day, required=True)


def _leaving(commands: Commands) -> None:
    copy = _add(commands, "copy-record", leaving.copy_record, json=True)
    copy.add_argument("pupil", help=reference.say("cli.option_pupil"))
    copy.add_argument("--ground", default="subject_access", choices=("subject_access", "educational_record"))
    copy.add_argument("--asked-by")
    copy.add_argument("--received", type=day)
    copy.add_argument("--decisions", type=Path, help=reference.say("cli.option_decisions"))
    copy.add_argument("--out", type=Path, help=reference.say("cli.option_copy_out"))
    goes = _add(commands, "hand-over", leaving.hand_over, json=True)
    goes.add_argument("pupil", help=reference.say("cli.option_pupil"))
    goes.add_argument("--to", required=True, help=reference.say("cli.option_next_school"))
    goes.add_argument("--to-number", help=reference.say("cli.option_to"))
    goes.add_argument("--left-on", type=day)
    goes.add_argument("--out", type=Path, required=True, help=reference.say("cli.option_parcel"))
    comes = _add(commands, "receive", leaving.receive, json=True)
    comes.add_argument("file", type=Path)
    comes.add_argument("--code-file", type=Path, help=reference.say("cli.option_pack_code"))
    comes.add_argument("--dry-run", action="store_true", help=reference.say("cli.option_dry_run"))
    comes.add_argument("--join", metavar="PUPIL", help=reference.say("cli.option_join"))
    comes.add_argument("--apart", action="store_true", help=reference.say("cli.option_apart"))
    due = _add(commands, "retention", leaving.retention, json=True)
    due.add_argument("--by", type=day, help=reference.say("cli.option_by"))
    hold = _add(commands, "hold", leaving.hold)
    hold.add_argument("pupil", help=reference.say("cli.option_pupil"))
    hold.add_argument("--reason", required=True)
    hold.add_argument("--until", type=day)
    hold.add_argument("--lift", action="store_true")
    erase = _add(commands, "erase", leaving.erase, json=True)
    erase.add_argument("pupil", help=reference.say("cli.option_pupil"))
    erase.add_argument("--name", help=reference.say("cli.option_erase_name"))
    erase.add_argument("--rule", default="sen_file", help=reference.say("cli.option_erase_rule"))
    erase.add_argument("--reason")
    erase.add_argument("--certificate", type=Path, help=reference.say("cli.option_certificate"))


def _staff(commands: Commands) -> None:
    people = commands.add_parser("staff", help=reference.say("cli.staff")).add_subparsers(required=True, metavar="STEP")
    _add(people, "list", staff.listing, json=True, words="staff_list")
    for name, run in (("add", staff.add), ("role", staff.role)):
        step = _add(people, name, run, json=True, words=f"staff_{name}")
        step.add_argument("name_of", metavar="NAME", help=reference.say("cli.option_staff"))
        step.add_argument("--role", choices=ROLES, required=name == "add")
        step.add_argument("--class", dest="class_", action="append", metavar="CLASS", help=reference.say("cli.option_class"))
        if name == "add":
            step.add_argument("--email")
    told = _add(commands, "trail", staff.show_trail, json=True)
    told.add_argument("--by", help=reference.say("cli.option_staff"))
    told.add_argument("--pupil", help=reference.say("cli.option_pupil"))
    told.add_argument("--kind", choices=tuple(KINDS_OF_ACTIVITY))
    told.add_argument("--since", type=day)
    told.add_argument("--until", type=day)
    told.add_argument("--limit", type=int, default=200)


def _councils(commands: Commands) -> None:
    steps = commands.add_parser("councils", help=reference.say("cli.councils")).add_subparsers(required=True, metavar="STEP")
    check = _add(steps, "check", councils.check, profile=False, words="councils_check")
    check.add_argument("folder", type=Path, nargs="?", help=reference.say("cli.option_council_folder"))
    _add(steps, "questions", councils.questions, profile=False, words="councils_questions")
    compare = _add(steps, "compare", councils.compare, json=True, words="councils_compare")
    compare.add_argument("pupil", help=reference.say("cli.option_pupil"))
    compare.add_argument("council", nargs=2, choices=reference.councils(), help=reference.say("cli.option_two_councils"))


def _council_cases(commands: Commands) -> None:
    steps = commands.add_parser("cases", help=reference.say("cli.cases")).add_subparsers(required=True, metavar="STEP")
    _add(steps, "list", cases.listing, json=True, words="cases_list").add_argument(
        "--closed", action="store_true", help=reference.say("cli.option_closed")
    )
    papers = _add(steps, "papers", cases.papers, json=True, words="cases_papers")
    papers.add_argument("pupil", help=reference.say("cli.option_pupil"))
    papers.add_argument("--out", type=Path, required=True)
    calendar = _add(steps, "calendar", cases.calendar, json=True, words="cases_calendar")
    calendar.add_argument("--out", type=Path, required=True)
    calendar.add_argument("--names", action="store_true", help=reference.say("cli.option_names"))
