"""Imports, pupils, notes and keeping the record safe, from the command line."""

import argparse
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sencoapp import reference
from sencoapp.app import App, BackupKey, Workplace
from sencoapp.cli.door import open_record, passphrase, profile_folder, table, tell, which_pupil
from sencoapp.domain.arrivals import Problem
from sencoapp.domain.plain import to_plain
from sencoapp.domain.refusals import Fault, Refusal
from sencoapp.services import imports, keeping, observations
from sencoapp.services import pupils as pupil_services
from sencoapp.services.background import background_of
from sencoapp.services.cbds import page_names, register_names
from sencoapp.services.ports import RegisterQuery
from sencoapp.services.professionals import help_for

READ_AT_MOST = 60 * 1024 * 1024


def import_file(chosen: argparse.Namespace) -> None:
    """Reads a file of another system; saves it unless it is a dry run."""
    content = read_file(chosen.file)
    with open_record(chosen) as place:
        read = place.pupil_files.read(chosen.file.name, content, today=place.session.clock.today())
        plan = imports.plan_import(place.session, read)
        assert plan is not None  # nobody can stop it here
        plan = imports.settled(plan, dict(chosen.decide))
        typed = [change for each in plan.changed for change in each.kept()]
        taken = frozenset(each.key for each in typed) if chosen.overwrite else frozenset()
        if not chosen.dry_run:
            imports.carry_out_import(place.session, plan, taken=taken, filename=chosen.file.name, content=content)
    changed = sum(bool(each.edits(taken)) for each in plan.changed)
    plain = {
        "added": len(plan.added),
        "changed": changed,
        "unchanged": len(plan.unchanged) + len(plan.changed) - changed,
        "kept": 0 if taken else len(typed),
        "doubtful": [_doubt(each) for each in plan.doubtful],
        "problems": [_problem(each) for each in plan.problems],
    }
    words = "cli.import_would" if chosen.dry_run else "cli.import_done"
    lines = [reference.say(words, added=plain["added"], changed=plain["changed"], unchanged=plain["unchanged"])]
    if typed and not taken:
        lines.append(reference.say("cli.import_kept", count=len(typed)))
    lines += [reference.say("cli.import_doubtful", row=each.row, name=each.name) for each in plan.doubtful]
    tell(chosen, plain, lines + [each.message for each in plan.problems])


def pupils(chosen: argparse.Namespace) -> None:
    """The register, filtered."""
    with open_record(chosen) as place:
        record, today = place.session.record, place.session.clock.today()
        rows = record.register(register_query(chosen), limit=1_000_000)
        plain = [register_names(row, pupil_services.open_needs(record, row.id, today)) for row in rows]
        place.note("listed_pupils", rows=len(rows))
    shown = [[row.name, row.year or "", row.reg_group or "", row.status, row.sen_type or "", row.id] for row in rows]
    tell(chosen, plain, table(shown) or [reference.say("cli.no_pupils")])


def register_query(chosen: argparse.Namespace) -> RegisterQuery:
    """The filter of the register that the options describe."""
    return RegisterQuery(
        text=chosen.text,
        statuses=tuple(chosen.status),
        years=tuple(chosen.year),
        classes=tuple(getattr(chosen, "class")),
        sen_types=tuple(chosen.need),
        review_due_by=chosen.due,
    )


def pupil(chosen: argparse.Namespace) -> None:
    """One pupil with contacts, status history and counts."""
    with open_record(chosen) as place:
        id = which_pupil(place, chosen.pupil)
        record, today = place.session.record, place.session.clock.today()
        page = pupil_services.pupil_page(record, id, today)
        plain = page_names(page, background_of(record, id), help_for(record, id, today))
        record.note("read_pupil", actor=place.session.actor, pupil=id)
    lines = [page.pupil.name, f"{plain['SENprovision']} · {reference.codes('SENprovision')[page.status]}"]
    lines += [f"{each['SENtypeRank']}. {reference.codes('SENtype').get(each['SENtype'], each['SENtype'])}" for each in plain["needs"]]
    lines += [each["sentence"] for each in plain["censusWarnings"]]
    lines += [each["name"] for each in plain["contacts"]]
    tell(chosen, plain, lines)


def observe(chosen: argparse.Namespace) -> None:
    """A note, from ``--text`` or from standard input."""
    text = chosen.text if chosen.text is not None else sys.stdin.read()
    with open_record(chosen) as place:
        ids, _ = observations.record_observation(
            place.session,
            pupils=[which_pupil(place, each) for each in chosen.pupil],
            text=text,
            kind=chosen.kind,
            area=chosen.area,
            happened_on=chosen.on,
            setting=chosen.setting,
            confidential=chosen.confidential,
        )
    tell(chosen, {"observations": ids}, [reference.say("cli.noted", count=len(ids))])


def verify(chosen: argparse.Namespace) -> int:
    """Proves that the record is whole; exit status 1 where it is not."""
    with open_record(chosen) as place:
        findings = keeping.verify(place.session)
    tell(chosen, [to_plain(each) for each in findings], [each.sentence for each in findings])
    return 0 if all(each.sound for each in findings) else 1


def rebuild(chosen: argparse.Namespace) -> None:
    """Makes the tables again from the log."""
    with open_record(chosen) as place:
        count = keeping.rebuild(place.session)
    print(reference.say("cli.rebuilt", count=f"{count:,}"))


def backup(chosen: argparse.Namespace) -> None:
    """One encrypted file that holds the whole profile."""
    with open_record(chosen) as place:
        made = place.back_up(chosen.file)
    print(reference.say("cli.backed_up", file=made))


def list_backups(chosen: argparse.Namespace) -> int:
    """The backups that happen by themselves; with ``--to`` from now on in that folder, with ``--now`` one more."""
    with open_record(chosen) as place:
        if chosen.to:
            place.choose_backup_folder(chosen.to)
        errand = place.backups.keep(now=True) if chosen.now else place.backups.errand()
    state = errand.copy() if chosen.now or chosen.to else errand.look()
    kept = {"laptop": (state.laptop, state.on_laptop), "chosen": (state.chosen, state.in_chosen)}
    lines = []
    for where, (folder, found) in kept.items():
        if folder is None:
            lines.append(reference.say("cli.no_backup_folder"))
            continue
        lines.append(reference.say(f"cli.backups_{where}", folder=folder, count=len(found)))
        lines += [f"  {each.name}" for each in found]
    plain = {
        **{where: {"folder": folder and str(folder), "files": [each.name for each in found]} for where, (folder, found) in kept.items()},
        "last": state.last and state.last.isoformat(),
        "problem": state.problem and reference.explain(state.problem),
    }
    tell(chosen, plain, lines)
    if state.problem is not None:
        print(reference.explain(state.problem), file=sys.stderr)
    return 0 if state.problem is None else 1


def restore(chosen: argparse.Namespace) -> None:
    """Shows what a backup holds, or puts it where ``--profile`` says and proves it first."""
    folder, app = profile_folder(chosen), App()
    key = BackupKey(passphrase(chosen))
    if chosen.preview:
        found = app.preview_backup(chosen.file, key, folder)
        told = {
            "made": found.made_at,
            "school": found.school,
            "pupils": f"{found.pupils:,}",
            "notes": f"{found.notes:,}",
            "saves": f"{found.saves:,}",
            "last_change": found.last_change,
        }
        tell(chosen, to_plain(found), [f"{reference.say(f'cli.holds_{name}')}: {value or ''}" for name, value in told.items()])
        return
    if app.is_profile(folder) and not chosen.replace:
        raise Refusal("restore_needs_replace", folder=folder)
    done = app.restore(chosen.file, folder, key)
    lines = [reference.say("cli.restored", folder=folder)]
    if done.kept_aside:
        lines.append(reference.say("cli.kept_aside", folder=done.kept_aside))
    plain = {"folder": str(folder), "kept_aside": done.kept_aside and str(done.kept_aside), "findings": to_plain(done.findings)}
    tell(chosen, plain, lines + [each.sentence for each in done.findings if not each.sound])


def read_file(path: Path, most: int = READ_AT_MOST) -> bytes:
    """A file that a person named. Raises ``Fault("file_not_found")`` or ``Refusal("file_is_too_large")``."""
    try:
        if path.stat().st_size > most:
            raise Refusal("file_is_too_large", file=path.name, most=most // 1024 // 1024)
        return path.read_bytes()
    except OSError:
        raise Fault("file_not_found", file=str(path)) from None


def write_file(path: Path, content: bytes) -> None:
    """A file that a person asked for: whole, or not there."""
    from sencoapp.app import save_whole

    make_folder(path.parent)
    save_whole(path, content)


@contextmanager
def giving(place: Workplace, files: Mapping[Path, bytes]) -> Iterator[None]:
    """Files that leave the record; the note of them is made within, and without it none stays."""
    for path in files:
        make_folder(path.parent)
    with place.going_out(files):
        yield


def make_folder(folder: Path) -> None:
    """Raises ``Fault("folder_not_there")``."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise Fault("folder_not_there", folder=folder) from None


def _doubt(doubt: imports.Doubt) -> dict[str, object]:
    candidates = [{"localId": each.pupil, "name": each.name, "why": each.why} for each in doubt.candidates]
    return {"row": doubt.row, "name": doubt.name, "candidates": candidates}


def decision(text: str) -> tuple[int, str]:
    """ "12=new", "12=leave_out" or "12=" and the id of the pupil who is the same: for ``import --decide``."""
    row, _, choice = text.partition("=")
    if not row.isdigit() or not choice:
        raise argparse.ArgumentTypeError(reference.say("cli.decision_not_understood", text=text))
    return int(row), choice


def _problem(problem: Problem) -> dict[str, object]:
    return {"row": problem.row, "field": problem.field, "severity": problem.severity, "message": problem.message}
