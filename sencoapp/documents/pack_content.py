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
    FormBox,
    Heading,
    Mark,
    Notice,
    Pairs,
    Paragraph,
    Part,
    Text,
    Title,
    quiet,
    strong,
)
from sencoapp.documents.crest import crest_in
from sencoapp.documents.pack_sections import as_shown, section_blocks
from sencoapp.documents.pack_statement import STATEMENT
from sencoapp.documents.phrases import day_of, in_groups, joined, label_of, year_name
from sencoapp.domain.dates import MONTHS, full_date, weekday_date
from sencoapp.domain.snapshot import DeadlineContent, EvidenceFile, PackSnapshot, SectionContent
from sencoapp.reference import say

_SHARES_A_PAGE = 260.0
"""Points that must be left on a page for a section to begin on it."""
_REASONS = "reasons"
"""The section of a council's form that says why an assessment is asked for."""
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
            Part(say("documents.cover"), _cover(snapshot, made_on, sections), one_page=True),
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


# ---- the cover -----------------------------------------------------------------------------------------------------------
def _cover(snapshot: PackSnapshot, made_on: date, sections: Sequence[tuple[int, SectionContent]]) -> list[Block]:
    council, form = snapshot["council"], snapshot["form"]
    blocks: list[Block] = [Mark("cover", say("documents.cover"))]
    if snapshot["demo"]:
        blocks += [Paragraph(strong(say("documents.demo_cover"))), Mark("box")]
    blocks += [
        FormBox(
            _begun(council["name"]),
            (council.get("service") or {}).get("name") or "",
            form.get("title") or "",
            _form_version(form),
        ),
        Title(
            say("documents.pack_title"),
            joined((form.get("legal_basis"), say("documents.by_a_school"))),
            large=True,
            crest=crest_in(snapshot, snapshot["school"]["name"]),
        ),
        Pairs(_cover_pairs(snapshot, made_on)),
        Heading(say("documents.what_we_ask")),
        Paragraph(_what_we_ask(snapshot, sections), keep=bool(snapshot["deadlines"])),
    ]
    if snapshot["deadlines"]:
        blocks.append(_dates(snapshot["deadlines"], made_on))
    return blocks


def _form_version(form: Mapping[str, str]) -> str:
    if form.get("council_version"):
        return say("documents.form_version", version=form["council_version"])
    year, _, month = (form.get("version") or "").partition("-")
    if month.isdigit() and 1 <= int(month) <= 12:
        return say("documents.form_as_known", when=f"{MONTHS[int(month) - 1]} {year}")
    return say("documents.form_version", version=form["version"]) if form.get("version") else ""


def _cover_pairs(snapshot: PackSnapshot, made_on: date) -> list[tuple[str, Text]]:
    pupil, school, request = snapshot["pupil"], snapshot["school"], snapshot["request"]
    rows = [child_row(snapshot)]
    rows += [(say("documents.lives_with"), each) for each in [_lives_with(snapshot)] if each]
    number = school.get("dfe_number") or ""
    if len(number) == 7 and number.isdigit():
        number = f"{number[:3]}/{number[3:]}"
    head = (
        say("documents.head_teacher", name=school["head_teacher"]) if school.get("head_teacher") and not request.get("signed_off") else None
    )
    place = joined((_begun(school["name"]), number and say("documents.dfe_number", number=number)))
    rows.append((say("documents.school"), joined((place, head), "\n")))
    maker = joined((request.get("requester"), request.get("requester_role"))) or joined((snapshot["made_by"], snapshot["made_by_role"]))
    made = say("documents.version_of", day=weekday_date(made_on), version=snapshot["version"])
    rows.append((say("documents.made_by"), (maker or quiet(say("documents.not_recorded")), f"\n{made}")))
    signed = request.get("signed_off")
    if signed:
        words = say(
            "documents.signed_off_paper" if signed["on_paper"] else "documents.signed_off_by",
            day=day_of(signed["on"]),
            by=signed["by"],
            role=signed["role"],
        )
        rows.append((say("documents.signed_off"), words))
    else:
        rows.append((say("documents.signed_off"), quiet(say("documents.not_signed_off"))))
    variant = snapshot.get("variant")
    if variant:
        left_out = joined(variant["sections_left_out"], "; ")
        without = f"\n{say('documents.copy_without', sections=left_out)}" if left_out else ""
        rows.append((say("documents.this_copy"), (strong(variant["title"]), without)))
    rows.append((say("documents.family_told"), _family_told(request)))
    if pupil.get("first_language"):
        rows.append((say("documents.first_language"), _language(snapshot)))
    return rows


def child_row(snapshot: PackSnapshot) -> tuple[str, Text]:
    """Who the pack is about: legal name, what they are called, when born, year."""
    pupil = snapshot["pupil"]
    born = say("documents.born", day=day_of(pupil["birth_date"])) if pupil.get("birth_date") else ""
    about = joined((born, year_name(pupil.get("year"))))
    name = pupil.get("legal_name") or pupil["name"]
    known_as = say("documents.known_as", name=pupil["name"]) if pupil["name"] != name and not _begins_and_ends(name, pupil["name"]) else ""
    return say("documents.child"), (strong(name), joined((known_as, about)) and f", {joined((known_as, about))}")


def _begun(words: str) -> str:
    """The words as they stand where nothing is before them."""
    return words[:1].upper() + words[1:]


def _begins_and_ends(legal: str, used: str) -> bool:
    """Whether the used name is the legal one without its middle names."""
    first, last = used.split()[:1], used.split()[-1:]
    return legal.split()[:1] == first and legal.split()[-1:] == last


def _lives_with(snapshot: PackSnapshot) -> str:
    people = []
    for each in snapshot["contacts"]:
        if each["lives_with_pupil"]:
            duty = say("documents.has_responsibility") if each["parental_responsibility"] else ""
            people.append(joined((each["name"], (each["relationship"] or "").lower(), duty)))
    return "\n".join(people)


def _family_told(request: Mapping[str, str | None]) -> Text:
    if not request.get("parents_told_on"):
        return quiet(say("documents.not_recorded"))
    agree = request.get("parents_agree")
    view = say("documents.agree_unknown" if agree is None else "documents.agree" if agree else "documents.disagree")
    return joined((f"{day_of(request['parents_told_on'])}.", view, request.get("parents_agree_note")), " ")


def _language(snapshot: PackSnapshot) -> str:
    language = label_of("Language", snapshot["pupil"]["first_language"])
    needed = [each["name"] for each in snapshot["contacts"] if each["interpreter"]]
    return f"{language}. {say('documents.interpreter', names=joined(needed))}" if needed else language


def _what_we_ask(snapshot: PackSnapshot, sections: Sequence[tuple[int, SectionContent]]) -> str:
    words = say("documents.what_we_ask_words", name=snapshot["pupil"]["name"])
    letters = [each["letter"] for each in snapshot["evidence"]]
    statement = [number for number, each in sections if each["shows"] == STATEMENT]
    if statement:
        words = joined((words, say("documents.where_statement_is", number=statement[0])), " ")
    reasons = [number for number, each in sections if each["id"] == _REASONS]
    if reasons:
        words = joined((words, say("documents.where_reasons_are", number=reasons[0])), " ")
    if len(letters) > 1:
        words = joined((words, say("documents.where_evidence_is", first_letter=letters[0], last_letter=letters[-1])), " ")
    return words


def _dates(deadlines: Sequence[DeadlineContent], made_on: date) -> Notice:
    lines = [
        (f"{each['label']}: ", strong(say("documents.by_day", day=weekday_date(date.fromisoformat(each["due"]))))) for each in deadlines
    ]
    sources = [f"{each['citation']}: {each['how']}." for each in deadlines]
    return Notice(say("documents.if_received", day=full_date(made_on)), lines, "\n".join(sources))


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
