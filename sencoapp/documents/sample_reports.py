"""Invented papers for the demo school, as they come in from outside: a report as PDF, a photo of writing, a scanned letter.

They are drawn with the plainest means on purpose: evidence from outside does not look like our own pages.
"""

import io
from collections.abc import Mapping
from datetime import date
from typing import Any

from sencoapp.domain.dates import full_date
from sencoapp.reference import path_of, say

FONT = "AtkinsonHyperlegibleNext-Regular.ttf"
PAPER = (1240, 1754)
INK = (38, 42, 60)


def make_report(values: Mapping[str, str]) -> tuple[str, bytes]:
    """A file name and bytes. ``form`` is pdf, jpeg or png; ``text`` may hold ``{first}`` for the pupil's first name."""
    words = values["text"].format(first=values["first"])
    if values["form"] == "pdf":
        return values["file"], _report(values, words)
    return values["file"], _picture(words, values["form"])


def _report(values: Mapping[str, str], words: str) -> bytes:
    from reportlab import platypus
    from reportlab.lib import styles
    from reportlab.lib.pagesizes import A4

    # ReportLab has no types; every call of it would be an error of mypy's.
    page: Any = platypus
    style: Any = styles
    body = style.ParagraphStyle("body", fontName="Times-Roman", fontSize=11.5, leading=16, spaceAfter=9)
    head = style.ParagraphStyle("head", parent=body, fontName="Times-Bold", fontSize=15, leading=20)
    small = style.ParagraphStyle("small", parent=body, fontSize=10, textColor="#444444")
    day = full_date(date.fromisoformat(values["on"]))
    flow = [
        page.Paragraph(values["organisation"], head),
        page.Paragraph(say("demo.report_head", title=values["title"], name=values["pupil"]), body),
        page.Paragraph(say("demo.report_line", author=values["author"], role=values["role"], day=day), small),
        page.Spacer(1, 14),
    ]
    paragraphs = words.split("\n\n")
    pages = int(values.get("pages", "1"))
    share = -(-len(paragraphs) // pages)
    for number in range(pages):
        flow += [page.Paragraph(each, body) for each in paragraphs[number * share : (number + 1) * share]]
        if number + 1 < pages:
            flow.append(page.PageBreak())
    flow.append(page.Paragraph(say("demo.report_foot", author=values["author"], school=values["school"]), small))
    out = io.BytesIO()
    page.SimpleDocTemplate(
        out, pagesize=A4, leftMargin=72, rightMargin=72, topMargin=80, bottomMargin=72, title=values["title"], invariant=1
    ).build(flow)
    return out.getvalue()


def _picture(words: str, form: str) -> bytes:
    from PIL import Image, ImageDraw, ImageFont

    paper = Image.new("RGB", PAPER, (252, 250, 244))
    draw = ImageDraw.Draw(paper)
    for y in range(190, PAPER[1] - 60, 74):
        draw.line((90, y, PAPER[0] - 90, y), fill=(190, 205, 225), width=2)
    draw.line((170, 60, 170, PAPER[1] - 60), fill=(225, 160, 160), width=2)
    font = ImageFont.truetype(str(path_of("fonts", FONT)), 46)
    for number, line in enumerate(_lines(words, 38)):
        # A hand does not keep the line.
        draw.text((196 + (number * 7) % 13, 138 + 74 * number + (number * 5) % 9), line, fill=INK, font=font)
    out = io.BytesIO()
    paper.save(out, "JPEG" if form == "jpeg" else "PNG", **({"quality": 82} if form == "jpeg" else {"optimize": True}))
    return out.getvalue()


def _lines(words: str, width: int) -> list[str]:
    import textwrap

    return textwrap.wrap(words, width)
