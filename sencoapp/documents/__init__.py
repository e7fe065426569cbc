"""Documents: from frozen content to bytes. Content first (what a document says), format second (PDF, Excel).

The libraries that write them are loaded when a document is first asked for.
"""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from sencoapp.discretion import hush_libraries
from sencoapp.domain.lists import ListContent
from sencoapp.domain.over_terms import ProvisionOverTerms
from sencoapp.domain.page_look import FileLook
from sencoapp.domain.page_words import PageWord
from sencoapp.domain.redaction import Area, FoundWords
from sencoapp.services.documents_port import FilledForm, ReadForm, ReturnedForm
from sencoapp.services.ports import Cancelled, Files, Progress, RenderedPack, TakenIn


class DocumentRoom:
    """Makes every document of the house. Fulfils the port ``services.ports.Documents``; the same input gives the same bytes."""

    def __init__(self, workshop: Path | None = None) -> None:
        """``workshop`` is a private folder in which Office files may be converted; without one they are not."""
        self._workshop = workshop
        hush_libraries()

    def request_pack(
        self,
        snapshot: Mapping[str, Any],
        evidence: Sequence[tuple[Mapping[str, Any], str]],
        files: Files,
        *,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> RenderedPack:
        """A request pack from a ``PackSnapshot`` and its evidence files, each an ``EvidenceFile`` with its name in ``files``, in order.

        A file that cannot be bound gets a slip sheet. Raises ``Fault("pack_stopped")`` where ``cancelled`` said so.
        """
        from sencoapp.documents.pack import request_pack

        return request_pack(
            cast(Any, snapshot), cast(Any, evidence), files, progress=progress, cancelled=cancelled, workshop=self._workshop
        )

    def page_turns(self, content: bytes) -> dict[int, int]:
        """How the pages (from 1) of a PDF are turned in a pack because their words run another way."""
        from io import BytesIO

        from sencoapp.documents.turning import turns_in

        return {number + 1: degrees for number, degrees in turns_in(BytesIO(content)).items()}

    def written_page_count(self, snapshot: Mapping[str, Any]) -> int:
        """How many pages the school's own sections have in a bundle."""
        from sencoapp.documents.pack import written_page_count

        return written_page_count(cast(Any, snapshot))

    def pack_parts(self, pdf: bytes, files: Collection[str] = ()) -> list[tuple[str, int, int]]:
        """Title, first and last page of each part of a finished pack; and within a part, of the files that are named."""
        from sencoapp.documents.pack_parts import pack_parts

        return pack_parts(pdf, files)

    def find_words(self, title: str, content: bytes, words: str) -> FoundWords:
        """Where words stand in a document; see ``redaction.find_words``."""
        from sencoapp.documents.redaction import find_words

        return find_words(title, content, words)

    def as_it_goes_out(self, title: str, content: bytes) -> bytes:
        """A document as a pack binds it: with what was filled in as part of its pages."""
        from sencoapp.documents.redaction import as_it_goes_out

        return as_it_goes_out(title, content)

    def redacted(self, title: str, content: bytes, areas: Sequence[Area]) -> bytes:
        """A copy in which nothing is left of what lies in these areas; see ``redaction.redacted``."""
        from sencoapp.documents.redaction import redacted

        return redacted(title, content, areas)

    def request_word(self, snapshot: Mapping[str, Any]) -> bytes:
        """The written pages of a ``PackSnapshot`` as Word, without its evidence."""
        from sencoapp.documents.pack_content import written_pages
        from sencoapp.documents.word.press import as_word

        return as_word(written_pages(cast(Any, snapshot)))

    def provision_map_pdf(self, content: Mapping[str, Any]) -> bytes:
        """A ``MapContent`` on paper, upright, with its sums."""
        from sencoapp.documents.provision_map import provision_map_pdf

        return provision_map_pdf(cast(Any, content))

    def provision_map_xlsx(self, content: Mapping[str, Any]) -> bytes:
        """A ``MapContent`` as a workbook whose costs are formulas."""
        from sencoapp.documents.provision_map_xlsx import provision_map_xlsx

        return provision_map_xlsx(cast(Any, content))

    def school_map_pdf(self, content: Mapping[str, Any]) -> bytes:
        """A ``SchoolMapContent`` on paper, lying, its heading on each page."""
        from sencoapp.documents.school_map import school_map_pdf

        return school_map_pdf(cast(Any, content))

    def school_map_xlsx(self, content: Mapping[str, Any]) -> bytes:
        """A ``SchoolMapContent`` as a workbook whose costs are formulas."""
        from sencoapp.documents.school_map_xlsx import school_map_xlsx

        return school_map_xlsx(cast(Any, content))

    def list_csv(self, content: ListContent) -> bytes:
        """A list as CSV that Excel opens rightly and that cannot run a formula."""
        from sencoapp.documents.list_files import list_csv

        return list_csv(content)

    def list_xlsx(self, content: ListContent) -> bytes:
        """A list as a workbook with real dates."""
        from sencoapp.documents.list_files import list_xlsx

        return list_xlsx(content)

    def recovery_sheet(self, content: Mapping[str, Any]) -> bytes:
        """A ``RecoveryContent`` on one page."""
        from sencoapp.documents.pdf.press import printed
        from sencoapp.documents.recovery_sheet import recovery_content

        return printed(recovery_content(cast(Any, content)))

    def record_copy(self, content: Mapping[str, Any]) -> bytes:
        """All that the record holds of a pupil, or what is left of it for a copy: the content of ``services.access``."""
        from sencoapp.documents.pdf.press import printed
        from sencoapp.documents.record_copy import record_copy_content

        return printed(record_copy_content(content))

    def locked(self, pdf: bytes, code: str) -> bytes:
        """The same PDF, readable only with the code."""
        from sencoapp.documents.locked import locked

        return locked(pdf, code)

    def hand_over_receipt(self, content: Mapping[str, Any]) -> bytes:
        """What goes with a pupil's record to the next school, with the receipt to sign: content of ``services.hand_over``."""
        from sencoapp.documents.hand_over_receipt import hand_over_receipt_content
        from sencoapp.documents.pdf.press import printed

        return printed(hand_over_receipt_content(content))

    def bundle(self, files: Mapping[str, bytes]) -> bytes:
        """Files in one ZIP. The same files give the same bytes."""
        from sencoapp.documents.bundle import bundle

        return bundle(files)

    def erasure_certificate(self, content: Mapping[str, Any]) -> bytes:
        """An ``ErasureContent`` on paper."""
        from sencoapp.documents.erasure_certificate import erasure_certificate_content
        from sencoapp.documents.pdf.press import printed

        return printed(erasure_certificate_content(cast(Any, content)))

    def costed_map_pdf(self, content: Mapping[str, Any]) -> bytes:
        """A ``CostedMap`` of one pupil on paper."""
        from sencoapp.documents.costed_map import costed_map_content
        from sencoapp.documents.pdf.press import printed

        return printed(costed_map_content(cast(Any, content)))

    def provision_terms_pdf(self, content: ProvisionOverTerms) -> bytes:
        """A provision beside itself over terms, with its charts."""
        from sencoapp.documents.pdf.press import printed
        from sencoapp.documents.provision_terms import provision_terms_content

        return printed(provision_terms_content(content))

    def timetable_pdf(self, content: Mapping[str, Any]) -> bytes:
        """A week of ``services.timetable.week_content`` on paper."""
        from sencoapp.documents.pdf.press import printed
        from sencoapp.documents.timetable import timetable_content

        return printed(timetable_content(content))

    def chronology(self, content: Mapping[str, Any]) -> bytes:
        """A ``ChronologyContent`` on paper."""
        from sencoapp.documents.chronology import chronology_content
        from sencoapp.documents.pdf.press import printed

        return printed(chronology_content(cast(Any, content)))

    def plan(self, content: Mapping[str, Any]) -> bytes:
        """A ``PlanContent`` on paper."""
        from sencoapp.documents.pdf.press import printed
        from sencoapp.documents.plan_paper import plan_content

        return printed(plan_content(cast(Any, content)))

    def plan_word(self, content: Mapping[str, Any]) -> bytes:
        """A ``PlanContent`` as Word."""
        from sencoapp.documents.plan_paper import plan_content
        from sencoapp.documents.word.press import as_word

        return as_word(plan_content(cast(Any, content)))

    def letter(self, content: Mapping[str, Any]) -> bytes:
        """A ``LetterContent`` on the school's paper."""
        from sencoapp.documents.letter import letter_content
        from sencoapp.documents.pdf.press import printed

        return printed(letter_content(cast(Any, content)))

    def photo(self, filename: str, content: bytes) -> bytes:
        """A small upright JPEG with nothing but its pixels. Raises ``Fault`` for a file that is no JPEG or PNG, or is damaged."""
        from sencoapp.documents.photo import small_photo

        return small_photo(filename, content)

    def crest(self, filename: str, content: bytes) -> bytes:
        """The school's crest as a small PNG on white. Raises ``Fault`` as ``photo`` does, and for one that is white all over."""
        from sencoapp.documents.photo import small_crest

        return small_crest(filename, content)

    def take_in(self, filename: str, content: bytes) -> TakenIn:
        """What is kept of a file from outside; see ``intake.take_in``."""
        from sencoapp.documents.intake import take_in

        return take_in(filename, content)

    def look_at(self, media_type: str, content: bytes, *, cancelled: Cancelled | None = None) -> FileLook:
        """Whether the pages of a file can be read; see ``page_looks``."""
        from sencoapp.documents.page_looks import look_at

        return look_at(media_type, content, cancelled=cancelled)

    def page_words(self, pdf: bytes, number: int) -> tuple[PageWord, ...]:
        """The words of one page with their places; see ``page_words``."""
        from sencoapp.documents.page_words import page_words

        return page_words(pdf, number)

    def teacher_sheet(self, content: Mapping[str, Any]) -> bytes:
        """What reports say for those who teach a pupil: the content of ``services.teacher_sheet``, on one side."""
        from sencoapp.documents.pdf.press import printed
        from sencoapp.documents.teacher_sheet import teacher_sheet_content

        return printed(teacher_sheet_content(content))

    def round_robin_pdf(self, content: Mapping[str, Any]) -> bytes:
        """The questions to one member of staff as a PDF that is filled in; content of ``services.round_robin_returns``."""
        from sencoapp.documents.round_robin_form import round_robin_pdf

        return round_robin_pdf(content)

    def round_robin_xlsx(self, content: Mapping[str, Any]) -> bytes:
        """The same as a workbook in which only the answers can be written."""
        from sencoapp.documents.round_robin_sheet import round_robin_xlsx

        return round_robin_xlsx(content)

    def round_robin_answers(self, content: Mapping[str, Any]) -> bytes:
        """The answers of everybody below each question, on paper."""
        from sencoapp.documents.pdf.press import printed
        from sencoapp.documents.round_robin_answers import answers_content

        return printed(answers_content(content))

    def returned_form(self, filename: str, content: bytes) -> ReturnedForm:
        """What was written on a form that came back; see ``round_robin_return``."""
        from sencoapp.documents.round_robin_return import returned_form

        return returned_form(filename, content)

    def read_own_form(self, filename: str, content: bytes) -> ReadForm:
        """The places of a council's own form; see ``own_forms.read_own_form``."""
        from sencoapp.documents.own_forms import read_own_form

        return read_own_form(filename, content)

    def fill_own_form(
        self, filename: str, content: bytes, values: Mapping[str, Any], *, labels: Mapping[str, str], flat: bool = False
    ) -> FilledForm:
        """A council's own form with values in its places; see ``own_forms.fill_own_form``."""
        from sencoapp.documents.own_forms import fill_own_form

        return fill_own_form(filename, content, values, labels=labels, flat=flat)
