"""Lists and Common Transfer Files from the command line."""

import argparse

from sencoapp import reference
from sencoapp.cli.door import open_record, tell, which_pupil
from sencoapp.cli.record import giving, register_query
from sencoapp.services import exports


def export_list(chosen: argparse.Namespace) -> None:
    """One list as CSV or XLSX. What left the record is noted in it."""
    with open_record(chosen) as place:
        content = exports.list_content(place.session, chosen.list, register_query(chosen), chosen.text)
        made = exports.list_file(place.documents, content, chosen.ending)
        with giving(place, {chosen.out: made.content}):
            exports.note_export(place.session, made, chosen.out.name)
    _tell(chosen, made)


def export_ctf(chosen: argparse.Namespace) -> None:
    """A partial CTF of the pupils that the filter lets through, or of one."""
    with open_record(chosen) as place:
        pupil = which_pupil(place, chosen.pupil) if chosen.pupil else None
        query, apart = register_query(chosen), chosen.with_apart
        content = exports.transfer_content(place.session, query, pupil=pupil, destination=chosen.to, with_apart=apart)
        made = exports.transfer_file(place.pupil_files, content, exports.next_serial(place.session))
        out = chosen.out / made.name if chosen.out.is_dir() else chosen.out
        with giving(place, {out: made.content}):
            exports.note_export(place.session, made, out.name, pupil=pupil)
    _tell(chosen, made)


def _tell(chosen: argparse.Namespace, made: exports.Exported) -> None:
    plain = {"what": made.what, "file": str(chosen.out), "rows": made.count}
    lines = [reference.say("cli.exported", what=made.what, file=chosen.out, count=f"{made.count:,}")]
    if made.apart:
        lines.append(reference.say("lists.apart_told" if made.apart_told else "lists.apart_left_out", count=f"{made.apart:,}"))
    tell(chosen, plain, lines)
