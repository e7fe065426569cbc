"""What a request pack says: cover, contents, the council's form with what the record shows, evidence. Pure: snapshot in, content out.

The request is a school's under the Children and Families Act 2014, s36(1). Whether the council must assess is s36(8): nothing
that a form asks for, and no sum spent, is a condition (domain.md 2), and the pack says so where it could seem otherwise.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from sencoapp.documents.content import (
    Block,
    Content,
    Contents,
    Entry,
    EvidencePage,
    Heading,
    Mark,
    Notice,
    Paragraph,
    Part,
    Title,
    quiet,
    strong,
)
from sencoapp.documents.pack_cover import cover_blocks
from sencoapp.documents.pack_sections import as_shown, section_blocks
from sencoapp.documents.pack_statement import STATEMENT
from sencoapp.documents.phrases import day_of, in_groups, joined
from sencoapp.domain.dates import full_date
from sencoapp.domain.snapshot import EvidenceFile, PackSnapshot, SectionContent
from sencoapp.reference import say

_SHARES_A_PAGE = 260.0
"""Points that must be left on a page for a section to begin on it."""
_ALWAYS = ("evidence", "consent")
"""What every pack has, whether the council's form has a section for it or not."""


def pack_content(
    given: PackSnapshot,
    sizes: Mapping[str, Sequence[tuple[float, float]]],
    hashes: Mapping[str, str] | None = None,
    *,
    lacks_letters: bool = False,
    slips: Collection[str] = (),
) -> Content:
    """The whole pack. ``sizes`` has the pages of each evidence file, by its letter, as width and height in points.

    ``hashes`` has what may be told of each (``pack_binding.Bound``); ``slips`` are the letters of files that a slip sheet stands for.
    ``lacks_letters``: some words cannot be shown as they were written, and the pack has to say so.
    """
    snapshot = with_names(given)
    made_on = date.fromisoformat(snapshot["made_on"])
    pupil = snapshot["pupil"]
    foot = say("documents.pack_foot", school=snapshot["school"].get("name") or "", version=snapshot["version"], day=full_date(made_on))
    if snapshot["demo"]:
        foot = say("documents.demo_foot", foot=foot)
    draft = not snapshot["request"].get("signed_off")
    if draft:
        foot = say("documents.draft_foot", foot=foot)
    sections = [*numbered_sections(snapshot)]
    return Content(
        title=say("documents.pack_file_title", name=pupil["name"]),
        author=joined((snapshot["request"].get("requester"), snapshot["school"].get("name"))),
        subject=say("documents.pack_title"),
        head=joined((pupil["name"], say("documents.upn_ending", ending=pupil["upn"][-4:]) if pupil.get("upn") else None), " · "),
        foot=foot,
        made_on=made_on,
        parts=(
            Part(say("documents.cover"), cover_blocks(snapshot, made_on, sections), one_page=True),
            Part(say("documents.contents"), _contents(snapshot, sections, sizes, slips, lacks_letters)),
            *(section_part(snapshot, number, sections) for number, _ in sections),
            *files_parts(snapshot, sizes, hashes or {}),
        ),
        draft=draft,
        bundle=bool(snapshot.get("variant", {}).get("bundle")),
        evidence=[page for file in snapshot["evidence"] for page in evidence_pages(snapshot, file, sizes[file["letter"]])],
    )


def written_pages(given: PackSnapshot) -> Content:
    """The pack without its evidence, for a file whose pages are not numbered by us and that lists no files."""
    sizes = {each["letter"]: ((0.0, 0.0),) * (each["pages"] or 1) for each in given["evidence"]}
    whole = pack_content(given, sizes)
    numbered = Paragraph(quiet(say("documents.contents_note")))
    instead: list[Block] = [Paragraph(quiet(say("documents.evidence_apart")))] if given["evidence"] else []
    parts = [
        replace(part, blocks=[each for block in part.blocks for each in (instead if block == numbered else [block])])
        for part in whole.parts
        if part.name != say("documents.files")
    ]
    return replace(whole, parts=parts, evidence=())


def with_names(snapshot: PackSnapshot) -> PackSnapshot:
    """The snapshot with words for a pupil, a school or a council that nobody has named, so that sentences stay whole."""
    pupil, school, council = snapshot["pupil"], snapshot["school"], snapshot["council"]
    name = pupil.get("name") or pupil.get("legal_name") or say("documents.unnamed_pupil")
    return {
        **snapshot,
        "pupil": {**pupil, "name": name},
        "school": {**school, "name": school.get("name") or say("documents.unnamed_school")},
        "council": {**council, "name": council.get("name") or say("documents.the_council")},
    }


def evidence_place(letter: str) -> str:
    """The name of the place where an evidence file begins."""
    return f"evidence-{letter}"


def numbered_sections(snapshot: PackSnapshot) -> list[tuple[int, SectionContent]]:
    sections = list(snapshot["sections"])
    if snapshot.get("statement"):
        sections.append(SectionContent(id=STATEMENT, title=say("documents.section_statement"), shows=STATEMENT, answers=[]))
    shown = {each["shows"] for each in sections}
    not_here = snapshot.get("variant", {}).get("parts_left_out", ())
    for each in _ALWAYS:
        if each not in shown and each not in not_here and (each != "evidence" or snapshot["evidence"]):
            sections.append(SectionContent(id=each, title=say(f"documents.section_{each}"), shows=each, answers=[]))
    return list(enumerate(sections, 1))


# ---- the contents --------------------------------------------------------------------------------------------------------
def _contents(
    snapshot: PackSnapshot,
    sections: Sequence[tuple[int, SectionContent]],
    sizes: Mapping[str, Sequence[tuple[float, float]]],
    slips: Collection[str],
    lacks_letters: bool,
) -> list[Block]:
    blocks: list[Block] = [
        Mark("contents", say("documents.contents")),
        Title(say("documents.contents")),
        Paragraph(quiet(say("documents.contents_note"))),
        Heading(say("documents.the_request")),
        Contents([Entry(str(number), each["title"], section_detail(snapshot, each), f"section-{number}") for number, each in sections]),
    ]
    if snapshot["evidence"]:
        entries = []
        for each in snapshot["evidence"]:
            about = index_line(each, len(sizes[each["letter"]]), slip=each["letter"] in slips)
            entries.append(Entry(each["letter"], each["title"], about, evidence_place(each["letter"])))
        blocks += [Heading(say("documents.evidence")), Contents(entries)]
    if snapshot["gaps"]:
        blocks += [Mark("gaps", say("documents.not_included")), Heading(say("documents.not_included"))]
        for gap in snapshot["gaps"]:
            voice = {"council": say("documents.gap_council"), "practice": say("documents.gap_practice")}.get(gap["voice"], "")
            blocks.append(Paragraph((strong(gap["sentence"]), f" {gap['reason']}"), keep=bool(voice)))
            blocks += [Paragraph(voice, small=True)] if voice else []
    return [*blocks, *withheld_blocks(snapshot), *letters_notice(lacks_letters)]


def letters_notice(lacks_letters: bool) -> list[Block]:
    """That some letters of the record could not be printed, where that is so."""
    return [Notice(say("documents.lacks_letters"), (say("documents.lacks_letters_words"),))] if lacks_letters else []


def index_line(file: EvidenceFile, pages: int, *, slip: bool) -> str:
    """Who wrote it, when, and how long it is: what a tribunal's index asks for beside number and title."""
    return joined((by_whom(file), say("documents.index_slip") if slip else so_many_pages(pages)))


def so_many_pages(pages: int) -> str:
    return say("documents.one_page") if pages == 1 else say("documents.so_many_pages", count=pages)


def withheld_blocks(snapshot: PackSnapshot) -> list[Block]:
    """On which pages of the evidence something is blacked out, and why (look.md: what is left out is listed with its reason)."""
    lines = []
    for file in snapshot["evidence"]:
        places: dict[str, set[int]] = {}
        for each in file.get("withheld", ()):
            places.setdefault(each["reason"], set()).add(each["page"])
        for reason, pages in places.items():
            key = "documents.withheld_page" if len(pages) == 1 else "documents.withheld_pages"
            where = say(key, letter=file["letter"], pages=joined([str(page) for page in sorted(pages)]))
            lines.append((strong(f"{where} "), reason[:1].upper() + reason[1:] + "."))
    if not lines:
        return []
    return [
        Mark("withheld", say("documents.withheld")),
        Heading(say("documents.withheld")),
        Paragraph(say("documents.withheld_words")),
        *(Paragraph(line) for line in lines),
    ]


def by_whom(file: EvidenceFile) -> str:
    """Who wrote a document and when, for the contents."""
    return joined((file["author_name"] or file["organisation"], day_of(file["document_on"])))


def section_detail(snapshot: PackSnapshot, section: SectionContent) -> str:
    if section["shows"] == "cycles" and snapshot["cycles"]:
        closed = sum(1 for each in snapshot["cycles"] if each["closed_on"])
        return say("documents.cycles_detail", count=len(snapshot["cycles"]), closed=closed)
    return ""


# ---- the sections --------------------------------------------------------------------------------------------------------
def section_part(snapshot: PackSnapshot, number: int, sections: Sequence[tuple[int, SectionContent]]) -> Part:
    """A section goes on below the one before it where there is room. Consent is a page of its own: it is signed and scanned."""
    section = sections[number - 1][1]
    beside = sections[number - 2][1] if number > 1 else None
    shares = beside is not None and "consent" not in (section["shows"], beside["shows"])
    name = f"{number}. {section['title']}"
    blocks = _section(snapshot, number, section)
    return Part(name, blocks, follows=_SHARES_A_PAGE) if shares else Part(name, blocks)


def _section(snapshot: PackSnapshot, number: int, section: SectionContent) -> list[Block]:
    return [
        Mark(f"section-{number}", f"{number}. {section['title']}"),
        Title(section["title"]),
        *section_blocks(snapshot, section, number),
    ]


def files_parts(snapshot: PackSnapshot, sizes: Mapping[str, Sequence[tuple[float, float]]], hashes: Mapping[str, str]) -> list[Part]:
    """The list of the files with where each begins, how long it is, and its SHA-256: what proves that none was exchanged."""
    if not snapshot["evidence"]:
        return []
    entries = [
        Entry(
            each["letter"],
            each["title"],
            say(
                _file_line(each, hashes),
                file=each["filename"],
                pages=so_many_pages(len(sizes[each["letter"]])),
                sha=in_groups(hashes.get(each["letter"], "")),
            ),
            evidence_place(each["letter"]),
        )
        for each in snapshot["evidence"]
    ]
    name = say("documents.files")
    return [Part(name, [Mark("files", name), Title(name), Paragraph(say("documents.files_words")), Contents(entries)])]


def _file_line(file: EvidenceFile, hashes: Mapping[str, str]) -> str:
    if not file.get("withheld"):
        return "documents.file_line"
    return "documents.file_withheld" if hashes.get(file["letter"]) else "documents.file_withheld_slip"


# ---- the evidence --------------------------------------------------------------------------------------------------------
def evidence_pages(snapshot: PackSnapshot, file: EvidenceFile, sizes: Sequence[tuple[float, float]]) -> list[EvidencePage]:
    letter, title = file["letter"], file["title"]
    below = say("documents.stamp_below", name=snapshot["pupil"]["name"], letter=letter)
    made = []
    for number, size in enumerate(sizes, 1):
        heading = say("documents.evidence_page", letter=letter, title=title, page=number, pages=len(sizes))
        bookmark = say("documents.evidence_bookmark", letter=letter, title=title) if number == 1 else ""
        made.append(EvidencePage(below, heading, as_shown(file), evidence_place(letter), bookmark, size))
    return made
