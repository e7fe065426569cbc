"""What the services need of whoever makes documents and looks at files from outside. ``services.ports`` hands it on."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from sencoapp.domain.lists import ListContent
from sencoapp.domain.over_terms import ProvisionOverTerms
from sencoapp.domain.own_form import FormPlace
from sencoapp.domain.page_look import FileLook
from sencoapp.domain.page_words import PageWord
from sencoapp.domain.redaction import Area, FoundWords
from sencoapp.services.files_port import Files
from sencoapp.services.going_on import Cancelled, Progress


@dataclass(frozen=True)
class RenderedPack:
    """A pack that lies sealed and is in no record yet."""

    blob: str
    sha256: str
    size: int
    """In bytes."""
    pages: int
    withheld_sha256: Mapping[str, str] = field(default_factory=dict)
    """By letter, the SHA-256 of what was bound of a file from which something is withheld."""


@dataclass(frozen=True)
class TakenIn:
    """A file from outside as it will be kept: under its right name, without what does not belong in a record."""

    filename: str
    content: bytes
    media_type: str
    pages: int | None
    """As many as can go in a pack; ``None`` for a file that cannot."""
    cautions: tuple[str, ...] = ()
    """What a person should know before keeping or opening it: names of ``pupil.caution_…`` words."""


@dataclass(frozen=True)
class ReturnedForm:
    """What was written on a form that came back: its codes as they stand there, and the answers in order."""

    token: str
    pupil: str
    answers: tuple[str, ...]
    way: Literal["pdf", "xlsx"]


@dataclass(frozen=True)
class ReadForm:
    """A council's own form as it was read: what kind of file it is, and its places in order."""

    media_type: str
    places: tuple[FormPlace, ...]


@dataclass(frozen=True)
class TooLong:
    """Words that have no room in their place, which takes about ``fits`` letters of them."""

    place: str
    fits: int


@dataclass(frozen=True)
class FilledForm:
    """A form with words in it. ``lacks_letters``: places with letters that the fonts here have no shape for."""

    content: bytes
    too_long: tuple[TooLong, ...] = ()
    lacks_letters: tuple[str, ...] = ()


class Documents(Protocol):
    """Makes documents from frozen content. Same input, same text."""

    def request_pack(
        self,
        snapshot: Mapping[str, Any],
        evidence: Sequence[tuple[Mapping[str, Any], str]],
        files: Files,
        *,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> RenderedPack:
        """Each file of the evidence is named as ``files`` knows it, and so is the pack that is made of them."""

    def page_turns(self, content: bytes) -> dict[int, int]:
        """Degrees, clockwise, by which pages (from 1) of a file are turned in a pack because their words run another way."""

    def written_page_count(self, snapshot: Mapping[str, Any]) -> int:
        """How many pages the school's own sections have in a bundle, which are counted before it is made."""

    def pack_parts(self, pdf: bytes, files: Collection[str] = ()) -> list[tuple[str, int, int]]:
        """Title, first and last page of each part of a finished pack; and within a part, of the files that are named."""

    def find_words(self, title: str, content: bytes, words: str) -> FoundWords:
        """Where words stand in a document, and which of its pages hold none. Raises ``Fault`` for a file that cannot go in a pack."""

    def as_it_goes_out(self, title: str, content: bytes) -> bytes:
        """A document as a pack binds it: with what was filled in as part of its pages."""

    def redacted(self, title: str, content: bytes, areas: Sequence[Area]) -> bytes:
        """A copy in which nothing is left of what lies in these areas."""

    def request_word(self, snapshot: Mapping[str, Any]) -> bytes: ...

    def provision_map_pdf(self, content: Mapping[str, Any]) -> bytes: ...

    def costed_map_pdf(self, content: Mapping[str, Any]) -> bytes: ...

    def provision_terms_pdf(self, content: ProvisionOverTerms) -> bytes: ...

    def timetable_pdf(self, content: Mapping[str, Any]) -> bytes: ...

    def provision_map_xlsx(self, content: Mapping[str, Any]) -> bytes: ...

    def school_map_pdf(self, content: Mapping[str, Any]) -> bytes: ...

    def school_map_xlsx(self, content: Mapping[str, Any]) -> bytes: ...

    def list_csv(self, content: ListContent) -> bytes: ...

    def list_xlsx(self, content: ListContent) -> bytes: ...
    def record_copy(self, content: Mapping[str, Any]) -> bytes: ...

    def locked(self, pdf: bytes, code: str) -> bytes: ...

    def hand_over_receipt(self, content: Mapping[str, Any]) -> bytes: ...

    def bundle(self, files: Mapping[str, bytes]) -> bytes: ...

    def erasure_certificate(self, content: Mapping[str, Any]) -> bytes: ...

    def plan(self, content: Mapping[str, Any]) -> bytes: ...

    def plan_word(self, content: Mapping[str, Any]) -> bytes: ...

    def recovery_sheet(self, content: Mapping[str, Any]) -> bytes: ...

    def take_in(self, filename: str, content: bytes) -> TakenIn:
        """What is kept of a file from outside. Raises ``Fault`` with one sentence for what is not taken in."""

    def look_at(self, media_type: str, content: bytes, *, cancelled: Cancelled | None = None) -> FileLook:
        """What is measured on the pages of a file. Raises ``Fault("look_stopped")``."""

    def page_words(self, pdf: bytes, number: int) -> tuple[PageWord, ...]:
        """The words of one page of a PDF (from 1) with their places on it; none on a picture."""

    def teacher_sheet(self, content: Mapping[str, Any]) -> bytes: ...

    def letter(self, content: Mapping[str, Any]) -> bytes: ...

    def chronology(self, content: Mapping[str, Any]) -> bytes: ...

    def photo(self, filename: str, content: bytes) -> bytes:
        """A picture made small, upright and bare of all but its pixels, as JPEG; raises ``Fault`` for what is no JPEG or PNG."""

    def crest(self, filename: str, content: bytes) -> bytes:
        """The school's crest made small, its empty margins cut off, as PNG without transparency; raises as ``photo``."""

    def round_robin_pdf(self, content: Mapping[str, Any]) -> bytes: ...

    def round_robin_xlsx(self, content: Mapping[str, Any]) -> bytes: ...

    def round_robin_answers(self, content: Mapping[str, Any]) -> bytes: ...

    def returned_form(self, filename: str, content: bytes) -> ReturnedForm:
        """What was written on a form that came back. Raises ``Fault`` for a file that is none, is locked or damaged."""

    def read_own_form(self, filename: str, content: bytes) -> ReadForm:
        """Where something is written in a council's own Word or PDF form. Raises ``Fault`` for what is none, or is not safe."""

    def fill_own_form(
        self, filename: str, content: bytes, values: Mapping[str, Any], *, labels: Mapping[str, str], flat: bool = False
    ) -> FilledForm:
        """The same form with values in its places, by their keys."""
