"""A pack of 60 written pages and 300 pages of evidence, against plain ReportLab and pikepdf doing the same pages.

The floor sets the same words and the same tables as ReportLab's own ``Paragraph`` and ``Table``, appends the same evidence,
numbers every page and gives a bookmark to each file. It has no tags, no contents, no links, does not scale the evidence above
its stamp, and checks nothing. The rival, where LibreOffice is installed, is what an office does today (``office_pack``). Filling in its
Word file is our own Word writer's work, which a mail merge need not be as slow as: so it is measured with it, and without.
"""

import dataclasses
import io
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.bench import pack_memory
from tests.bench.measure import Figure, compare
from tests.bench.office_pack import OfficePack, joined
from tests.documents import samples
from tests.documents.packs import made_pack

WRITTEN, FILES, PAGES_A_FILE = 60, 30, 10


def measure() -> list[Figure]:
    """Everything is in memory; the evidence is the same bytes for both."""
    from sencoapp.documents import DocumentRoom
    from sencoapp.documents.pack_content import pack_content

    snapshot, evidence = _pack()
    rooms = DocumentRoom()
    made = made_pack(rooms, snapshot, evidence)
    written = made.pages - FILES * PAGES_A_FILE
    content = pack_content(snapshot, {entry["letter"]: [(595.0, 842.0)] * PAGES_A_FILE for entry, _ in evidence})

    def ours() -> float:
        start = time.perf_counter()
        made_pack(rooms, snapshot, evidence)
        return time.perf_counter() - start

    def floor() -> float:
        start = time.perf_counter()
        _plain(content, [each for _entry, each in evidence])
        return time.perf_counter() - start

    name = f"pack of {written} written and {FILES * PAGES_A_FILE} evidence pages"
    figures = [compare(name, ours, "plain ReportLab and pikepdf", floor, aim=1.3, rounds=7)]
    if shutil.which("soffice"):
        with tempfile.TemporaryDirectory() as folder:
            rival = OfficePack(lambda: rooms.request_word(snapshot), [each for _entry, each in evidence], Path(folder))
            figures += [
                compare("the same pack", ours, "Word merge, LibreOffice, PDF joiner", rival.make, aim=0.1, rounds=5),
                compare("the same pack", ours, "Word file at hand, LibreOffice, PDF joiner", rival.make_of_ready_word_file, rounds=5),
            ]
    return [*figures, *pack_memory.measure()]


def _pack() -> tuple[Any, list[tuple[Any, bytes]]]:
    first = samples.snapshot()
    many = [{**each, "number": number} for number, each in enumerate((first["cycles"] * 40)[:26], start=1)]
    entry = samples.evidence_files()[0]
    content = evidence_file()
    evidence = [
        ({**entry, "id": f"{number}", "letter": f"E{number}", "title": f"Report {number}", "pages": PAGES_A_FILE}, content)
        for number in range(FILES)
    ]
    return samples.snapshot(cycles=many, evidence=[each for each, _ in evidence]), evidence


def evidence_file(about: str = "Page") -> bytes:
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for number in range(PAGES_A_FILE):
        for line in range(45):
            canvas.drawString(
                72, 760 - 15 * line, f"{about} {number + 1}, line {line + 1}: what was seen, what was agreed and who will do it by when."
            )
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _plain(content: Any, evidence: list[bytes]) -> bytes:
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import PageBreak, SimpleDocTemplate

    story: list[Any] = []
    for part in content.parts:
        for block in part.blocks:
            story += _flowables(block)
        story.append(PageBreak())
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=A4).build(story)
    return joined(out.getvalue(), evidence)


def _flowables(block: Any) -> list[Any]:
    """A block of ours as ReportLab's own paragraphs and tables: every text that it holds, once."""
    from xml.sax.saxutils import escape

    from reportlab.lib.colors import grey
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, Table, TableStyle

    style = ParagraphStyle("body", fontName="Helvetica", fontSize=10.5, leading=14, spaceAfter=5)
    if hasattr(block, "columns"):
        rows = [
            [each.name for each in block.columns],
            *(list(row.cells) for row in block.rows),
            *([list(block.total)] if block.total else []),
        ]
        cells = [[Paragraph(escape(_words(cell)), style) for cell in row] + [""] * (len(block.columns) - len(row)) for row in rows]
        table = Table(cells, repeatRows=1)
        table.setStyle(TableStyle([("LINEBELOW", (0, 0), (-1, -1), 0.5, grey), ("VALIGN", (0, 0), (-1, -1), "TOP")]))
        return [table]
    if hasattr(block, "rows"):
        return [Table([[Paragraph(escape(_words(cell)), style) for cell in row] for row in block.rows])]
    return [Paragraph(escape(words), style) for words in texts_of(block) if words]


def _words(value: Any) -> str:
    return " ".join(texts_of(value))


def texts_of(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, list | tuple):
        return [text for each in value for text in texts_of(each)]
    if dataclasses.is_dataclass(value):
        return [text for each in dataclasses.fields(value) for text in texts_of(getattr(value, each.name))]
    return []
