"""The papers that go with a form: which are there, which the council requires, and what of it is to be confirmed."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from sencoapp.domain.council_form import check_of
from sencoapp.domain.readiness import Finding
from sencoapp.reference import say
from ui.pages.request_content import RequestContent
from ui.widgets import STRETCH, Icon, Text, clear, col, heading, holder, note, row

_ICONS = {"present": ("circle-check", "success"), "explained": ("circle-dot", "info")}


class PapersPart(QWidget):
    """A line for each paper, in the order of the form. It shows, and changes nothing."""

    def __init__(self) -> None:
        super().__init__()
        self._rows = col(gap=8)
        self.setLayout(col(heading(say("request_page.papers")), note(say("request_page.papers_note"), wrap=True), self._rows, gap=6))

    def show_content(self, content: RequestContent) -> None:
        """Shows the papers of the form of a request."""
        clear(self._rows)
        papers = content.page.form.get("evidence", ())
        found = {each.check: each for each in content.page.readiness.findings}
        for paper in papers:
            self._rows.addWidget(_row(paper, found.get(check_of(paper))))
        self.setVisible(bool(papers))


def _row(paper: Mapping[str, Any], found: Finding | None) -> QWidget:
    state = found.state if found else "missing"
    icon, tone = _ICONS.get(state, ("circle-dashed", "warning" if paper["required"] == "mandatory" else "muted"))
    name = f"{paper['letter']}. {paper['words']}" if "letter" in paper else str(paper["words"])
    said = say(f"request_page.finding_{state}")
    asked = say(f"request_page.paper_{paper['required']}")
    confirm = say("request_page.to_confirm", what=paper["confirm"]) if paper.get("confirm") else ""
    detail = " · ".join(filter(None, (asked, said)))
    words = col(Text(name, "ui", weight=600, wrap=True), note(detail, wrap=True), note(confirm, wrap=True) if confirm else None, gap=0)
    made = holder(row(col(Icon(icon, tone, 18), STRETCH), (words, 1), gap=10))
    made.setAccessibleName(". ".join(filter(None, (name, detail, confirm))))
    return made
