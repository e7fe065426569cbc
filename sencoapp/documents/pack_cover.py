"""The cover of a request pack: whose form it is, whom it is about, who asks for what, and by when it must be answered."""

from collections.abc import Mapping, Sequence
from datetime import date

from sencoapp.documents.content import Block, FormBox, Heading, Mark, Notice, Pairs, Paragraph, Text, Title, quiet, strong
from sencoapp.documents.crest import crest_in
from sencoapp.documents.pack_statement import STATEMENT
from sencoapp.documents.phrases import day_of, joined, label_of, year_name
from sencoapp.domain.dates import MONTHS, full_date, weekday_date
from sencoapp.domain.snapshot import DeadlineContent, PackSnapshot, SectionContent
from sencoapp.reference import say

_REASONS = "reasons"
"""The section of a council's form that says why an assessment is asked for."""


def cover_blocks(snapshot: PackSnapshot, made_on: date, sections: Sequence[tuple[int, SectionContent]]) -> list[Block]:
    """The council and its form, whom the request is about and who makes it, what is asked, and the dates that would follow."""
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
