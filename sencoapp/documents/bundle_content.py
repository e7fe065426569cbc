"""What the school's papers for an appeal or a claim say: cover, contents by section, pages against their limits, what the school
writes itself, and the papers. Pure: snapshot in, content out.

The council, or the responsible body, prepares the bundle for the hearing; the file says that it is the school's part, in the sections
of the practice direction that it names (``resources/packs/bundles.json``).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from sencoapp.documents.content import (
    Block,
    Column,
    Content,
    Contents,
    Entry,
    EvidencePage,
    FormBox,
    Grid,
    Heading,
    Mark,
    Notice,
    Pairs,
    Paragraph,
    Part,
    Row,
    Text,
    Title,
    quiet,
    strong,
)
from sencoapp.documents.crest import crest_in
from sencoapp.documents.pack_content import (
    evidence_pages,
    evidence_place,
    files_parts,
    index_line,
    letters_notice,
    numbered_sections,
    section_detail,
    section_part,
    with_names,
    withheld_blocks,
)
from sencoapp.documents.pack_cover import child_row
from sencoapp.documents.phrases import joined
from sencoapp.domain.appeal_bundle import BundleContent, BundleSection
from sencoapp.domain.dates import full_date, weekday_date
from sencoapp.domain.snapshot import PackSnapshot
from sencoapp.reference import say


def bundle_content(
    given: PackSnapshot,
    sizes: Mapping[str, Sequence[tuple[float, float]]],
    written_pages: int,
    hashes: Mapping[str, str] | None = None,
    *,
    lacks_letters: bool = False,
    slips: Collection[str] = (),
) -> Content:
    """The whole bundle. ``sizes`` has the pages of each paper, by its letter; ``written_pages`` is how many the school writes itself,
    ``hashes`` and ``slips`` are as in ``pack_content``.
    """
    snapshot = with_names(given)
    appeal, pupil = snapshot["appeal"], snapshot["pupil"]
    made_on = date.fromisoformat(snapshot["made_on"])
    foot = say("documents.pack_foot", school=snapshot["school"]["name"], version=snapshot["version"], day=full_date(made_on))
    if snapshot["demo"]:
        foot = say("documents.demo_foot", foot=foot)
    return Content(
        title=say("bundle.file_title", name=pupil["name"]),
        author=joined((snapshot["made_by"], snapshot["school"]["name"])),
        subject=say("bundle.title"),
        head=joined((pupil["name"], appeal["reference"]), " · "),
        foot=foot,
        made_on=made_on,
        parts=(
            Part(say("documents.cover"), _cover(snapshot, appeal, made_on), one_page=True),
            Part(say("documents.contents"), _contents(snapshot, appeal, sizes, written_pages, slips, lacks_letters)),
            *written_parts(snapshot),
            *files_parts(snapshot, sizes, hashes or {}),
        ),
        bundle=True,
        evidence=_pages(snapshot, appeal, sizes),
    )


def written_parts(given: PackSnapshot) -> list[Part]:
    """What the school writes itself, each section on from the one before."""
    snapshot = with_names(given)
    sections = numbered_sections(snapshot) if snapshot["sections"] else []
    return [section_part(snapshot, number, sections) for number, _ in sections]


def _cover(snapshot: PackSnapshot, appeal: BundleContent, made_on: date) -> list[Block]:
    blocks: list[Block] = [Mark("cover", say("documents.cover"))]
    if snapshot["demo"]:
        blocks += [Paragraph(strong(say("documents.demo_cover"))), Mark("box")]
    number = say("bundle.case_number", number=appeal["reference"]) if appeal["reference"] else ""
    blocks += [
        FormBox(say("bundle.tribunal"), say("bundle.tribunal_chamber"), snapshot["council"]["name"], number),
        Title(say("bundle.title"), appeal["about"], large=True, crest=crest_in(snapshot, snapshot["school"]["name"])),
        Pairs(_cover_pairs(snapshot, made_on)),
        Heading(say("bundle.what_this_is")),
        Paragraph(say("bundle.what_this_is_words")),
        Notice(say("bundle.direction"), (appeal["direction"],), say("bundle.applies", applies=appeal["applies"])),
    ]
    return blocks


def _cover_pairs(snapshot: PackSnapshot, made_on: date) -> list[tuple[str, Text]]:
    made = say("documents.version_of", day=weekday_date(made_on), version=snapshot["version"])
    maker = joined((snapshot["made_by"], snapshot["made_by_role"]))
    return [
        child_row(snapshot),
        (say("documents.school"), snapshot["school"]["name"]),
        (say("bundle.council"), snapshot["council"]["name"]),
        (say("documents.made_by"), (maker or quiet(say("documents.not_recorded")), f"\n{made}")),
        (say("bundle.left_out"), say("bundle.left_out_words")),
    ]


def _contents(
    snapshot: PackSnapshot,
    appeal: BundleContent,
    sizes: Mapping[str, Sequence[tuple[float, float]]],
    written_pages: int,
    slips: Collection[str],
    lacks_letters: bool,
) -> list[Block]:
    blocks: list[Block] = [
        Mark("contents", say("documents.contents")),
        Title(say("documents.contents")),
        Paragraph(quiet(say("documents.contents_note"))),
    ]
    written = numbered_sections(snapshot) if snapshot["sections"] else []
    if written:
        entries = [Entry(str(number), each["title"], section_detail(snapshot, each), f"section-{number}") for number, each in written]
        blocks += [Heading(say("bundle.written")), Contents(entries)]
    files = {each["letter"]: each for each in snapshot["evidence"]}
    for section in appeal["sections"]:
        if section["files"]:
            entries = [
                Entry(
                    letter,
                    files[letter]["title"],
                    index_line(files[letter], len(sizes[letter]), slip=letter in slips),
                    evidence_place(letter),
                )
                for letter in section["files"]
            ]
            blocks += [Heading(_named(section)), Contents(entries)]
    blocks += _meter(appeal, sizes, written_pages)
    return [*blocks, *withheld_blocks(snapshot), *letters_notice(lacks_letters)]


def _meter(appeal: BundleContent, sizes: Mapping[str, Sequence[tuple[float, float]]], written_pages: int) -> list[Block]:
    """How many pages each section has here, and how many it may have."""
    columns = (
        Column(say("bundle.section"), 0.5),
        Column(say("bundle.pages_here"), 0.16, number=True),
        Column(say("bundle.may_have"), 0.34),
    )
    rows, over = [], False
    for section in appeal["sections"]:
        own = written_pages if section["id"] == appeal["written_in"] else 0
        pages = own + sum(len(sizes[letter]) for letter in section["files"])
        over = over or pages > (section["limit_most"] or section["limit"])
        rows.append(Row((_named(section), str(pages), limit_words(section))))
    blocks: list[Block] = [
        Mark("pages", say("bundle.pages_of_sections")),
        Heading(say("bundle.pages_of_sections")),
        Grid(columns, rows, say("bundle.pages_summary")),
    ]
    if written_pages and appeal["written_in"]:
        key = "bundle.written_counts_one" if written_pages == 1 else "bundle.written_counts"
        blocks.append(Paragraph(quiet(say(key, count=written_pages)), small=True))
    if over:
        blocks.append(Paragraph(say("bundle.over", form=appeal["more_pages"]), small=True))
    return [*blocks, Paragraph(quiet(say("bundle.limits_from")), small=True)]


def limit_words(section: BundleSection) -> str:
    """ "100 pages in the whole bundle", "75 to 100 pages for each side"."""
    most = section["limit_most"]
    pages = say("bundle.from_to", least=section["limit"], most=most) if most else str(section["limit"])
    return say("bundle.limit_each" if section["for_each_party"] else "bundle.limit_all", pages=pages)


def _pages(snapshot: PackSnapshot, appeal: BundleContent, sizes: Mapping[str, Sequence[tuple[float, float]]]) -> list[EvidencePage]:
    begins = {section["files"][0]: _named(section) for section in appeal["sections"] if section["files"]}
    made = []
    for file in snapshot["evidence"]:
        first, *rest = evidence_pages(snapshot, file, sizes[file["letter"]])
        made += [replace(first, above=begins.get(file["letter"], "")), *rest]
    return made


def _named(section: BundleSection) -> str:
    return say("bundle.section_named", letter=section["letter"], title=section["title"])
