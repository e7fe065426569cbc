"""A request pack: what it says, where, and that its numbers are true."""

import gc
import io
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from sencoapp.documents import DocumentRoom
from sencoapp.domain.refusals import Fault
from tests.documents import samples
from tests.documents.every_document import awkward_snapshot, statement
from tests.documents.packs import made_pack
from tests.documents.reading import links, outline, page_texts, sizes

ROOM = DocumentRoom()


@pytest.fixture(scope="module")
def pack():
    return made_pack(ROOM, samples.snapshot(), samples.evidence())


@pytest.fixture(scope="module")
def texts(pack) -> list[str]:
    return page_texts(pack.pdf)


def page_with(texts: list[str], words: str, start: int = 2) -> int:
    """The number of the first page that begins with a title, after the cover and the contents."""
    return next(number for number, text in enumerate(texts, 1) if number > start and words in text)


def test_the_cover_names_the_council_the_child_the_school_and_who_asks(texts):
    for words in (
        "Leicestershire County Council",
        "as known in November 2026",
        "Kian Kofi Osei, born 3 February 2018, Year 4",
        "Tannersfield Primary School, DfE number 999/2041",
        "Mrs Ruth Adeyemi, SENCO",
        "2 November 2026. They agree with the request.",
        "Interpreter needed for Mr Kofi Osei.",
        "Tuesday 24 November 2026, version 1",
    ):
        assert words in texts[0]


def test_each_statutory_date_on_the_cover_cites_its_rule(texts):
    for words in (
        "by Tuesday 5 January 2027",
        "by Tuesday 13 April 2027",
        "reg 5(1): 42 days after 24 November 2026",
        "reg 13(2): 140 days",
    ):
        assert words in texts[0]


def crowded() -> Any:
    """A snapshot with every row that a cover can have, each as long as it gets in a school."""
    school = "The Blessed Cuthbert Mayne and Saint Thomas of Canterbury Roman Catholic Voluntary Aided Primary School and Nursery"
    whole: Any = samples.snapshot(demo=True, evidence=[])
    whole["council"] = {"name": "Bournemouth, Christchurch and Poole Council", "service": {"name": "Special Educational Needs Team"}}
    whole["school"] |= {"name": school, "head_teacher": "Dr Anne-Marie Featherstonehaugh-Cholmondeley"}
    whole["pupil"] |= {"legal_name": "Maximilian Oluwaseun Tāriq Featherstonehaugh-Cholmondeley", "name": "Max Featherstonehaugh"}
    whole["contacts"] = [
        {**each, "name": f"{each['name']} Featherstonehaugh-Cholmondeley", "lives_with_pupil": True, "interpreter": True}
        for each in whole["contacts"]
    ]
    whole["request"] |= {
        "signed_off": {"on": "2026-11-24", "by": whole["school"]["head_teacher"], "role": "Executive head teacher", "on_paper": True},
        "parents_agree_note": "Told at a meeting in school, and by letter in English and in Akan. They ask to hear before anybody visits.",
    }
    return {**whole, "statement": statement(), "variant": {"title": "For the council", "sections_left_out": ["Consent", "Costs"]}}


@pytest.mark.parametrize("crest", ["", samples.crest(), samples.crest(900, 500)])
def test_a_cover_with_every_row_is_one_page(crest):
    pages = page_texts(made_pack(ROOM, {**crowded(), "crest": crest}, []).pdf)
    assert "Told at a meeting" in pages[0]
    assert "reg 13(2)" in pages[0]
    assert "Contents" in pages[1]


def test_where_no_cover_of_one_page_can_be_what_we_ask_stays_with_its_dates():
    pages = page_texts(made_pack(ROOM, awkward_snapshot(), []).pdf)
    turned = next(page for page in pages if "reg 13(2)" in page)
    assert "We ask the council" in turned


def test_every_page_says_which_it_is_of_how_many(pack, texts):
    assert len(texts) == pack.pages
    for number, text in enumerate(texts, 1):
        assert f"Page {number} of {pack.pages}" in text or f"Bundle {number} of {pack.pages}" in text


def test_the_contents_give_the_page_on_which_each_section_begins(texts):
    listed = dict(re.findall(r"(?:^| )(\d+) ([A-Z][^.]*?) (?=\d+ (?:\d+ |Evidence))", texts[1]))
    found = {title: page_with(texts, title) for title in ("One-page profile", "Provision and its cost", "Consent This request")}
    assert listed["3"].startswith("One-page profile")
    assert f"One-page profile {found['One-page profile']}" in texts[1]
    assert f"Provision and its cost {found['Provision and its cost']}" in texts[1]
    assert f"Consent {found['Consent This request']}" in texts[1]


def test_every_line_of_the_contents_leads_to_the_page_it_names(pack, texts):
    leads = list(links(pack.pdf, 2))
    assert len(leads) == 11 + 6
    for title, number in leads:
        assert title in texts[number - 1]
        assert re.search(rf"{re.escape(title)}[^0-9]*(?:[^.]*? )?{number}\b", texts[1])


def test_bookmarks_name_each_section_each_cycle_and_each_evidence_file(pack, texts):
    marks = outline(pack.pdf)
    titles = [title for _, title, _ in marks]
    assert titles[:3] == ["Cover", "Contents", "Not included, and why"]
    assert "Evidence C. Speech and language therapy report" in titles
    assert [level for level, title, _ in marks if title.startswith("Support plan, cycle")] == [1, 1, 1]
    for _, title, number in marks:
        words = re.sub(r"^(Evidence [A-Z]+|\d+)\. ", "", title)
        assert words in texts[number - 1]


def test_page_labels_count_from_one_and_the_file_says_what_it_is(pack):
    with pikepdf.Pdf.open(io.BytesIO(pack.pdf)) as pdf:
        assert [page.label for page in pdf.pages] == [str(number) for number in range(1, pack.pages + 1)]
        assert not bytes(pdf.trailer.ID[1]).hex().startswith("31415926")
        assert pdf.docinfo.Title == "Request for an EHC needs assessment: Kian Osei"
        assert pdf.Root.Lang == "en-GB"
        assert pdf.Root.MarkInfo.Marked


def test_costs_their_sums_and_the_formula_are_there_to_the_penny(texts):
    rows = samples.provision_rows()
    text = " ".join(texts)
    for row in rows:
        assert samples.pounds(row["cost_pence"]) in text
        assert row["formula"] in text
    assert samples.pounds(sum(row["cost_pence"] for row in rows)) in text
    assert "£6,000 guide" in text
    assert "spending it is not a condition for an assessment" in text
    assert "Whole cost counted here: the group was made for him" in text


def test_each_cycle_is_there_with_its_outcomes_and_what_was_said(texts):
    text = " ".join(texts)
    for number in (1, 2, 3):
        assert f"Support plan, cycle {number}" in text
    for words in ("9 of 20", "Not met. Support changed.", "Mornings are still a battle.", "“The cards help me know what is next."):
        assert words in text


def test_what_the_record_shows_in_full_is_not_said_twice(texts):
    page = texts[page_with(texts, "Views of the pupil and the parents") - 1]
    assert page.count("I like building.") == 1


def test_what_is_left_out_stands_there_with_its_reason_and_its_voice(texts):
    for words in ("Advice from a paediatrician less than 12 months old. The latest letter", "not a condition in law"):
        assert words in texts[1]


def test_the_evidence_list_gives_true_pages(texts):
    page = texts[page_with(texts, "In this pack") - 1] + " " + texts[page_with(texts, "In this pack")]
    for title in ("One-page profile", "Timetable of support"):
        first = next(number for number, text in enumerate(texts, 1) if "Bundle" in text and title in text)
        assert re.search(rf"{title}.{{0,80}}? {first}\b", page)


def test_the_consent_page_stands_alone_with_lines_for_a_hand(texts):
    number = page_with(texts, "Consent This request asks")
    for words in (
        "Signature of a person with parental responsibility",
        "Name in capitals",
        "How this person has parental responsibility",
        "Date",
    ):
        assert words in texts[number - 1]
    assert "Professionals and evidence" not in texts[number - 1]


def test_each_evidence_page_keeps_its_words_and_carries_one_stamp(pack, texts):
    stamped = [text for text in texts if f"of {pack.pages} Kian Osei · Evidence" in text]
    assert len(stamped) == 12
    assert "Page 3, line 1. He looks carefully" in " ".join(stamped)
    assert "Very last words of page 4" in " ".join(stamped)
    assert "C. Speech and language therapy report · page 2 of 4" in " ".join(stamped)


def test_lying_pages_stay_lying_and_pages_whose_file_lays_their_words_on_the_side_are_turned_upright(pack):
    assert sizes(pack.pdf)[-6:] == [(842, 595), *[(595, 842)] * 5]


def test_the_stamp_has_a_band_of_its_own(pack):
    """No word of an evidence page lies in the band of the stamp."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pack.pdf)
    try:
        page = document[len(document) - 9]
        band = page.get_textpage().get_text_bounded(left=0, bottom=0, right=600, top=53)
        assert "Bundle" in band
        assert "Very last words" not in band
    finally:
        document.close()


def test_the_same_snapshot_gives_the_same_bytes(pack):
    again = made_pack(ROOM, samples.snapshot(), samples.evidence())
    assert again == pack
    code = (
        "import sys; sys.path.insert(0, '.')\nfrom tests.documents import samples\nfrom sencoapp.documents import DocumentRoom\n"
        "from tests.documents.packs import made_pack\n"
        "print(made_pack(DocumentRoom(), samples.snapshot(), samples.evidence()).sha256)"
    )
    root = Path(__file__).parent.parent.parent
    told = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == pack.sha256


def test_progress_names_each_step_in_words(pack):
    from sencoapp.reference import say

    told: list[tuple[str, int, int]] = []
    made_pack(ROOM, samples.snapshot(), samples.evidence(), progress=lambda *step: told.append(step))
    assert [say(key) for key in dict.fromkeys(step for step, _, _ in told)] == [
        "Reading the evidence",
        "Writing the pages",
        "Binding the evidence",
        "Putting the pack together",
    ]
    assert all(done <= of for _, done, of in told)
    assert told[-1][1:] == (1, 1)


@pytest.mark.parametrize("after", [0, 4, 9, 20, 26])
def test_stopping_at_any_step_leaves_nothing(after, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    asked = iter(range(1000))
    with pytest.raises(Fault) as stopped:
        made_pack(ROOM, samples.snapshot(), samples.evidence(), cancelled=lambda: next(asked) >= after)
    assert stopped.value.key == "pack_stopped"
    assert list(tmp_path.iterdir()) == []


def test_python_searches_for_cycles_again_once_a_pack_is_made_or_stopped():
    def stop() -> bool:
        assert not gc.isenabled()
        return True

    with pytest.raises(Fault, match="pack_stopped"):
        made_pack(DocumentRoom(), samples.snapshot(), samples.evidence(), cancelled=stop)
    assert gc.isenabled()


def test_a_demo_pack_says_so_on_the_cover_and_in_every_foot():
    made = page_texts(made_pack(ROOM, samples.snapshot(demo=True), samples.evidence()).pdf)
    assert "DEMO. The school, the people and the papers in this pack are invented." in made[0]
    assert all("DEMO · Confidential" in text for text in made)


def test_a_pack_of_which_next_to_nothing_is_known_is_still_whole():
    made = page_texts(made_pack(ROOM, samples.empty_snapshot(), []).pdf)
    text = " ".join(made)
    assert "The pupil has, or may have, special educational needs" in text
    assert "No provision is recorded." in text
    assert "Questions left open" in text
    assert "Consent" in made[-1]


def test_no_page_is_empty(texts):
    assert all(len(text) > 150 for text in texts if "Page" in text)
