"""An outcome's measure on paper: chart, sentence, table; and a reader who hears the document is told what the chart shows."""

import io
from datetime import date

import pikepdf

from sencoapp.documents.content import Chart, Content, Grid, Paragraph, Part, Title
from sencoapp.documents.outcome_measure import measure_blocks
from sencoapp.documents.pack_cycles import cycle_blocks
from sencoapp.documents.pdf.press import printed
from sencoapp.domain.measured import Phase
from sencoapp.services.measure_content import measure_content
from tests.documents.reading import page_texts
from tests.documents.samples import cycle, provision_rows
from tests.domain.test_measure_chart import found

SIZES = ((7, 41), (35, 51), (42, 52), (56, 57), (63, 59), (70, 61), (78, 60))
OVERLAY = (Phase(date(2026, 10, 19), "Overlay", True),)


def measured_cycle():
    made = cycle(1, provision_rows())
    made["outcomes"][0]["measure_taken"] = measure_content(found(SIZES, phases=OVERLAY))
    return made


def paper(blocks) -> bytes:
    part = Part("Plan", [Title("Plan"), *blocks])
    return printed(Content("Plan", "Mrs Adeyemi", "A plan", "head", "foot", date(2026, 11, 24), [part]))


def test_a_cycle_prints_its_measure_with_chart_sentence_and_table():
    text = " ".join(page_texts(paper(cycle_blocks(measured_cycle(), 1))))
    assert f"Outcome 1: {measured_cycle()['outcomes'][0]['text']}" in text
    assert "Words a minute" in text
    assert "Baseline 40" in text
    assert "Target 70" in text
    assert "Overlay begins" in text
    assert "4 of the last 6 are at or above the aim line." in text
    assert "16 November 2026 Miss Tan 61 60.6" in text


def test_the_chart_is_one_figure_whose_alternative_text_says_what_it_shows():
    with pikepdf.Pdf.open(io.BytesIO(paper(measure_blocks(measured_cycle()["outcomes"][0])))) as pdf:
        figures = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"]
        assert [str(each.Alt) for each in figures] == [
            "Chart. From 40 words a minute to 60 words a minute in 11 weeks: 20 words a minute more, which is the way it should go."
            " 4 of the last 6 are at or above the aim line."
        ]


def test_an_outcome_without_a_measure_prints_as_before():
    assert measure_blocks(cycle(1, provision_rows())["outcomes"][0]) == []
    assert measure_content(None) is None
    assert measure_content(found((), None, None)) is None


def test_only_a_baseline_is_a_chart_with_a_sentence_and_no_table():
    outcome = {**cycle(1, [])["outcomes"][0], "measure_taken": measure_content(found((), 40, 70))}
    blocks = measure_blocks(outcome)
    assert any(isinstance(each, Chart) for each in blocks)
    assert not any(isinstance(each, Grid) for each in blocks)
    assert isinstance(blocks[-1], Paragraph)
