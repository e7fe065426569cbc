"""The way in: any file that a school's system exports, to pupils. Fulfils ``services.ports.PupilFiles``."""

from collections.abc import Mapping
from datetime import date

from sencoapp import reference
from sencoapp.domain.arrivals import ReadFile
from sencoapp.domain.refusals import Fault
from sencoapp.exchange import ctf, rows, sims_xml, table
from sencoapp.exchange.kinds import kind_of
from sencoapp.exchange.notes import quoted
from sencoapp.exchange.safe_xml import parse


class PupilFileReader:
    """Reads CTF and ATF (15 to 25), SIMS reports in XML, CSV and XLSX. What a file is, its content decides."""

    def read(self, filename: str, content: bytes, *, today: date, mapping: Mapping[int, str] | None = None) -> ReadFile:
        """The pupils and what there is to say about each row.

        ``mapping`` (column number from 0 to a canonical name of ``resources/exchange/headings.json``, or "" to leave a
        column out) goes over what the headings of a table suggest. Raises ``Fault`` for a file that cannot be used at all,
        and ``ValueError`` for a canonical name that there is not.
        """
        try:
            return _read(content, today, mapping)
        except Fault as fault:
            details = dict(fault.details)
            if "what" in details:
                details["what"] = reference.say(f"exchange.{details['what']}")
            raise Fault(fault.key, filename=quoted(filename), **details) from fault


def _read(content: bytes, today: date, mapping: Mapping[int, str] | None) -> ReadFile:
    kind = kind_of(content)
    if kind == "xml":
        return _read_xml(content, today, mapping)
    if kind == "xlsx":
        from sencoapp.exchange.workbook import read_xlsx

        return rows.read("table", read_xlsx(content, any_headings=bool(mapping)), today=today, mapping=mapping)
    return rows.read("table", table.read_csv(content, any_headings=bool(mapping)), today=today, mapping=mapping)


def _read_xml(content: bytes, today: date, mapping: Mapping[int, str] | None) -> ReadFile:
    root = parse(content)
    name = root.tag.casefold()
    if name in ctf.SOURCES:
        return ctf.read(root, today=today)
    if name == sims_xml.ROOT:
        return rows.read("sims_xml", sims_xml.rows_of(root), today=today, mapping=mapping)
    raise Fault("pupil_xml_unknown", root=quoted(root.tag))
