"""The way in: any file that a school's system exports, to pupils; and the way out, a CTF. Fulfils ``services.ports.PupilFiles``."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from sencoapp import reference
from sencoapp.domain.arrivals import ReadFile, Source
from sencoapp.domain.lists import TransferContent
from sencoapp.domain.refusals import Fault
from sencoapp.exchange import ctf, isams_xml, rows, sims_xml, table
from sencoapp.exchange.kinds import kind_of
from sencoapp.exchange.notes import quoted
from sencoapp.exchange.rows import Rows
from sencoapp.exchange.safe_xml import parse
from sencoapp.exchange.stopping import Stopped, stopping

Remembered = Callable[[Sequence[str]], Mapping[int, str] | None]


class PupilFileReader:
    """Reads CTF and ATF (15 and later), SIMS reports and iSAMS batches in XML, CSV and XLSX, whatever they are called; writes CTF."""

    def read(
        self,
        filename: str,
        content: bytes,
        *,
        today: date,
        mapping: Mapping[int, str] | None = None,
        remembered: Remembered | None = None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> ReadFile:
        """The pupils and what there is to say about each row.

        ``mapping`` (column number from 0 to a canonical name of ``resources/exchange/headings.json``, or "" to leave a
        column out) goes over what the headings of a table suggest; an empty one reads a table whose headings nobody knows,
        so that a person can say what they are. ``remembered`` is asked for a mapping where none is given. Raises ``Fault``
        for a file that cannot be used at all, or when ``cancelled`` says to stop, and ``ValueError`` for a canonical name
        that there is not.
        """
        try:
            with stopping(cancelled):
                return _Reading(content, today, mapping, remembered).read()
        except Stopped:
            raise Fault("pupil_file_stopped", filename=quoted(filename)) from None
        except Fault as fault:
            details = dict(fault.details)
            if "what" in details:
                details["what"] = reference.say(f"exchange.{details['what']}")
            raise Fault(fault.key, filename=quoted(filename), **details) from fault

    def ctf(self, content: TransferContent, serial: int) -> tuple[str, bytes]:
        """The name and the bytes of a partial Common Transfer File. ``serial`` counts the files of a school, from 1."""
        from sencoapp.exchange import ctf_writer

        return ctf_writer.file_name(content, serial), ctf_writer.ctf(content)


class _Reading:
    def __init__(self, content: bytes, today: date, mapping: Mapping[int, str] | None, remembered: Remembered | None) -> None:
        self._content, self._today, self._mapping, self._remembered = content, today, mapping, remembered

    def read(self) -> ReadFile:
        kind = kind_of(self._content)
        if kind == "xml":
            return self._xml()
        if kind == "xlsx":
            from sencoapp.exchange.workbook import read_xlsx

            return self._sheet(read_xlsx)
        return self._sheet(table.read_csv)

    def _xml(self) -> ReadFile:
        root = parse(self._content)
        name = root.tag.casefold()
        if name in ctf.SOURCES:
            return ctf.read(root, today=self._today)
        if name == sims_xml.ROOT:
            return self._rows("sims_xml", sims_xml.rows_of(root))
        if name == isams_xml.ROOT:
            return self._rows("isams_xml", isams_xml.rows_of(root))
        raise Fault("pupil_xml_unknown", root=quoted(root.tag))

    def _sheet(self, rows_in: Callable[..., Rows]) -> ReadFile:
        try:
            return self._rows("table", rows_in(self._content))
        except Fault as fault:
            if fault.key != "pupil_table_no_headings" or (self._mapping is None and self._remembered is None):
                raise
            found = rows_in(self._content, any_headings=True)
            if self._mapping is None and self._asked(found) is None:
                raise
        return self._rows("table", found)

    def _rows(self, source: Source, found: Rows) -> ReadFile:
        if self._mapping is not None or (asked := self._asked(found)) is None:
            return rows.read(source, found, today=self._today, mapping=self._mapping)
        return replace(rows.read(source, found, today=self._today, mapping=asked), remembered=True)

    def _asked(self, found: Rows) -> Mapping[int, str] | None:
        return self._remembered(found.headings) if self._remembered else None
