"""One side for those who teach a pupil: what reports say about needs, advice and provision, each line with its report and page."""

from dataclasses import dataclass
from typing import Any

from sencoapp import reference
from sencoapp.domain.casework import Document
from sencoapp.domain.dates import full_date
from sencoapp.domain.people import Pupil
from sencoapp.domain.professionals import Recommendation
from sencoapp.domain.refusals import Refusal
from sencoapp.domain.report_marks import MARK_KINDS, ReportMark
from sencoapp.services.beginning import school
from sencoapp.services.changes import must_get
from sencoapp.services.permissions import must_be_allowed
from sencoapp.services.ports import Record, Session
from sencoapp.services.report_marks import marks_by_document
from sencoapp.services.today import place_words


@dataclass(frozen=True)
class TeacherSheet:
    """What is printed, and how many lines stay off it because their report is confidential."""

    content: dict[str, Any]
    kept_back: int
    lines: int


def teacher_sheet(session: Session, pupil: str) -> TeacherSheet:
    """The sheet as it would be today. A confidential report keeps its readers: nothing of it is on a sheet that others read.

    Raises ``Refusal``: ``not_for_your_role``, ``no_longer_there``, ``nothing_marked_for_teachers``.
    """
    must_be_allowed(session, "print")
    record, today = session.record, session.clock.today()
    about, home = must_get(record, Pupil, pupil), school(record)
    papers = {each.id: each for each in record.find(Document, pupil=pupil)}
    marks = [each for found in marks_by_document(record, pupil).values() for each in found if each.for_teachers and each.document in papers]
    open_to_teachers = [each for each in marks if not papers[each.document].confidential]
    if not open_to_teachers:
        raise Refusal("nothing_marked_for_teachers")
    advice = {each.id: each for each in record.find(Recommendation, pupil=pupil)}
    order = sorted(open_to_teachers, key=lambda each: (str(papers[each.document].document_on or ""), each.page, each.id))
    parts = [
        {
            "heading": reference.say(f"marks.sheet_{what}"),
            "lines": [_line(each, papers[each.document], advice) for each in order if each.what == what],
        }
        for what in MARK_KINDS
    ]
    content = {
        "school": home.name,
        "pupil": about.name,
        "pupil_id": about.id,
        "place": place_words(about.year, about.reg_group),
        "made_on": today.isoformat(),
        "made_by": session.actor.name,
        "parts": [each for each in parts if each["lines"]],
        "demo": home.demo,
    }
    return TeacherSheet(content, len(marks) - len(open_to_teachers), len(open_to_teachers))


def _line(mark: ReportMark, paper: Document, advice: dict[str, Recommendation]) -> dict[str, str]:
    given = advice.get(mark.recommendation or "")
    words = mark.teacher_words or (given.text if given else "") or f"“{mark.quote}”"
    return {"words": words, "source": source_words(paper, mark.page)}


def source_words(paper: Document, page: int) -> str:
    """ "Speech and language report, Mrs Lacey, 3 March 2026, page 3"."""
    on = full_date(paper.document_on) if paper.document_on else ""
    who = paper.author_name or paper.organisation or ""
    return ", ".join(each for each in (paper.title, who, on, reference.say("marks.page", page=page)) if each)


def has_marks(record: Record, pupil: str) -> bool:
    """Whether anything is marked for teachers in the pupil's documents."""
    return any(each.for_teachers for each in record.find(ReportMark, pupil=pupil))
