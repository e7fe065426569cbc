"""What the record would say in a statement today: sentence by sentence, each with the thing that it rests on.

In the order of the SEND Code of Practice 2015, 9.14. Nothing is guessed: a sentence holds what somebody entered, and where little was
entered there are few sentences. What is confidential goes in by itself nowhere.
"""

from collections.abc import Iterator
from datetime import date

from sencoapp import reference
from sencoapp.domain.background import Diagnosis, attendance_share
from sencoapp.domain.casework import Document
from sencoapp.domain.dates import full_date
from sencoapp.domain.people import Pupil
from sencoapp.domain.plan import Cycle, Outcome
from sencoapp.domain.report_marks import ReportMark
from sencoapp.domain.statement import HEADINGS, Drafted, Heading, Source
from sencoapp.services.changes import must_get
from sencoapp.services.cost_words import money
from sencoapp.services.measuring import measured_of, shows
from sencoapp.services.plans import cycles_of
from sencoapp.services.ports import Session
from sencoapp.services.professionals import advice_words, help_for, involved_words
from sencoapp.services.provision import pupil_map, weeks_words
from sencoapp.services.pupils import open_needs

say = reference.say


def drafted_sentences(session: Session, pupil: str) -> tuple[Drafted, ...]:
    """Every sentence that the record has for this pupil, heading after heading."""
    found = list(_Draft(session, pupil).sentences())
    return tuple(sorted(found, key=lambda each: HEADINGS.index(each.heading)))


class _Draft:
    def __init__(self, session: Session, pupil: str) -> None:
        self._session, self._record = session, session.record
        self._today = session.clock.today()
        self._pupil = must_get(session.record, Pupil, pupil)
        self._cycles = {each.id: each for each in cycles_of(session.record, pupil)}

    def sentences(self) -> Iterator[Drafted]:
        yield from self._progress()
        yield from self._needs()
        yield from self._action()
        yield from self._extra()
        yield from self._health()
        yield from self._marked()

    # ---- attainment and rate of progress ----------------------------------------------------------------------------
    def _progress(self) -> Iterator[Drafted]:
        outcomes = [each for each in self._record.find(Outcome, pupil=self._pupil.id) if each.cycle in self._cycles]
        for each in sorted(outcomes, key=lambda each: (self._cycles[each.cycle].number, each.number)):
            cycle = self._cycles[each.cycle]
            source = Source(say("requests.from_outcome", number=each.number, cycle=cycle.number), "plan")
            words = _outcome_words(each, cycle)
            if words:
                yield Drafted(f"outcome:{each.id}", "progress", words, source)
            measured = measured_of(self._record, each)
            if measured is not None and measured.taken:
                yield Drafted(f"data_point:{each.id}", "progress", f"{_plain(each.text)}: {_sentence(shows(measured))}", source)
        pupil = self._pupil
        share = attendance_share(pupil.sessions_possible, pupil.sessions_attended)
        if share is not None:
            words = say("requests.draft_attendance", attended=pupil.sessions_attended, possible=pupil.sessions_possible, share=share)
            yield self._of_pupil("attendance", "progress", words, "requests.from_attendance")

    # ---- nature, extent and context of the needs --------------------------------------------------------------------
    def _needs(self) -> Iterator[Drafted]:
        labels = reference.codes("SENtype")
        for each in open_needs(self._record, self._pupil.id, self._today):
            label = labels.get(each.sen_type, each.sen_type)
            since = say("requests.since", day=full_date(each.starts_on)) if each.starts_on else ""
            head = f"{label}, {since}" if since else label
            words = f"{head}: {_sentence(each.description)}" if each.description else f"{head}."
            yield Drafted(f"sen_need:{each.id}", "needs", words, Source(say("requests.from_need", rank=each.rank), "overview"))
        for name in ("strengths", "what_works", "communication"):
            text = getattr(self._pupil, name)
            if text:
                label = say(f"requests.statement_{name}")
                yield self._of_pupil(name, "needs", f"{label}: {_sentence(text)}", "requests.from_pupil_page")

    # ---- action already taken ---------------------------------------------------------------------------------------
    def _action(self) -> Iterator[Drafted]:
        for each in self._cycles.values():
            source = Source(say("requests.from_cycle", number=each.number), "plan")
            yield Drafted(f"cycle:{each.id}", "action", _cycle_words(each), source)
        confidential = {each.id for each in self._record.find(Document, pupil=self._pupil.id) if each.confidential}
        for help in help_for(self._record, self._pupil.id, self._today):
            for given in help.recommendations:
                if given.in_use in ("yes", "partly") and given.document not in confidential:
                    source = Source(say("requests.from_recommendation", name=help.professional.title), "people")
                    yield Drafted(f"recommendation:{given.id}", "action", advice_words(help, given), source)

    # ---- progress that took much additional intervention ------------------------------------------------------------
    def _extra(self) -> Iterator[Drafted]:
        provided = pupil_map(self._session, self._pupil.id)
        for row in provided["rows"]:
            words = say(
                "requests.statement_provision",
                title=row["title"],
                by=row["delivered_by"],
                sessions=row["sessions_per_week"],
                minutes=row["minutes"],
                weeks=weeks_words(row),
                group=say("requests.statement_alone")
                if row["group_size"] == 1
                else say("requests.statement_group", size=row["group_size"]),
                cost=money(row["cost_pence"]),
            )
            yield Drafted(f"provision:{row['id']}", "extra", words, Source(say("requests.from_map"), "provision"))
        if provided["rows"]:
            total = say("requests.statement_cost", cost=money(provided["total_pence"]), name=self._pupil.forename)
            yield self._of_pupil("cost", "extra", total, "requests.from_map")

    # ---- development and health, and what others have done ----------------------------------------------------------
    def _health(self) -> Iterator[Drafted]:
        for each in self._record.find(Diagnosis, pupil=self._pupil.id):
            key = "statement_waiting" if each.waiting else "statement_diagnosis"
            by = f", {each.given_by}" if each.given_by else ""
            on = f", {full_date(each.given_on)}" if each.given_on else ""
            words = say(f"requests.{key}", what=_plain(each.what), by=by, on=on) + (f" {_sentence(each.note)}" if each.note else "")
            yield Drafted(f"diagnosis:{each.id}", "health", words, Source(say("requests.from_diagnosis"), "overview"))
        for help in help_for(self._record, self._pupil.id, self._today):
            source = Source(say("requests.from_involvement"), "people")
            yield Drafted(f"involvement:{help.involvement.id}", "health", involved_words(help), source)

    # ---- what was marked in reports ---------------------------------------------------------------------------------
    def _marked(self) -> Iterator[Drafted]:
        papers = {
            each.id: each for each in self._record.find(Document, pupil=self._pupil.id) if each.for_requests and not each.confidential
        }
        headings: dict[str, Heading] = {"need": "needs", "recommendation": "health", "provision": "health"}
        for each in self._record.find(ReportMark, pupil=self._pupil.id):
            paper = papers.get(each.document)
            if paper is None or each.recommendation:
                continue
            words = say("requests.statement_quote", what=say(f"requests.marked_{each.what}"), who=_author(paper), quote=each.quote.strip())
            source = Source(say("requests.from_report", title=paper.title, page=each.page), "documents", paper.id, each.page)
            yield Drafted(f"report_mark:{each.id}", headings[each.what], words, source)

    def _of_pupil(self, part: str, heading: Heading, words: str, source: str) -> Drafted:
        return Drafted(f"pupil:{self._pupil.id}:{part}", heading, words, Source(say(source), "provision" if part == "cost" else "overview"))


def _outcome_words(outcome: Outcome, cycle: Cycle) -> str:
    """What came of an outcome, from where; empty where nothing is known of it yet."""
    if not outcome.result and not outcome.rating:
        return ""
    parts = [say("requests.statement_outcome", text=_plain(outcome.text))]
    if outcome.baseline:
        parts.append(
            say("requests.statement_baseline", baseline=_plain(outcome.baseline), day=full_date(outcome.baseline_on or cycle.starts_on))
        )
    if outcome.target:
        parts.append(say("requests.statement_target", target=_plain(outcome.target)))
    if outcome.result:
        ended = cycle.reviewed_on or cycle.closed_on
        on = f", {full_date(ended)}" if ended else ""
        parts.append(say("requests.statement_result", result=_plain(outcome.result), on=on))
    if outcome.rating:
        parts.append(say(f"requests.statement_rated_{outcome.rating}"))
    return "; ".join(parts) + "."


def _cycle_words(cycle: Cycle) -> str:
    span = say("requests.statement_cycle", number=cycle.number, first=full_date(cycle.starts_on), last=_ended(cycle))
    said = [_sentence(each) for each in (cycle.assess_summary, cycle.review_summary, cycle.decision) if each]
    return " ".join([span, *said])


def _ended(cycle: Cycle) -> str:
    ended: date | None = cycle.closed_on or cycle.reviewed_on
    return say("requests.statement_until", day=full_date(ended)) if ended else say("requests.statement_going_on")


def _author(paper: Document) -> str:
    who = ", ".join(each for each in (paper.author_name, paper.author_role or paper.organisation) if each)
    on = full_date(paper.document_on) if paper.document_on else ""
    return ", ".join(each for each in (who or paper.title, on) if each)


def _plain(text: str) -> str:
    return " ".join(text.split()).rstrip(".;")


def _sentence(text: str) -> str:
    words = " ".join(text.split())
    return words if words.endswith((".", "!", "?")) else f"{words}."
