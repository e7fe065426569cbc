"""The record's own words for the questions of a form: a first draft of each answer, which a person edits and owns."""

from collections.abc import Mapping
from typing import Any, cast

from sencoapp import reference
from sencoapp.domain.casework import Request
from sencoapp.domain.households import living
from sencoapp.services.beginning import school
from sencoapp.services.plans import cycles_of
from sencoapp.services.ports import Session
from sencoapp.services.professionals import Help, advice_words, help_for, involved_words
from sencoapp.services.provision import pupil_map
from sencoapp.services.pupils import open_needs, pupil_page
from sencoapp.services.snapshots import contact_content, latest_views

_TWO_YEARS = 731


def first_drafts(session: Session, request: Request, form: Mapping[str, Any]) -> dict[str, str]:
    """A first draft of each answer whose question names where it comes from. A person edits and owns it."""
    writer = _Drafts(session, request)
    return {
        question["id"]: writer.draft(question["source"])
        for section in form["sections"]
        for question in section["questions"]
        if question["source"] != "none"
    }


class _Drafts:
    """Words from the record for the sources that a form may name (``council_form.schema.json``)."""

    def __init__(self, session: Session, request: Request) -> None:
        self._session = session
        self._record = session.record
        self._request = request
        self._pupil = pupil_page(session.record, request.pupil, session.clock.today())

    def draft(self, source: str) -> str:
        """An empty text where the record has nothing to say."""
        return cast(str, getattr(self, "_" + source.replace(".", "_"))())

    def _pupil_strengths(self) -> str:
        return self._pupil.pupil.strengths or ""

    def _pupil_what_works(self) -> str:
        return self._pupil.pupil.what_works or ""

    def _pupil_communication(self) -> str:
        return self._pupil.pupil.communication or ""

    def _views_pupil(self) -> str:
        return self._view("pupil")

    def _views_parents(self) -> str:
        return self._view("parents")

    def _view(self, whose: str) -> str:
        return "\n\n".join(
            each.text or each.absent_because or "" for each in latest_views(self._record, self._request.pupil) if each.whose == whose
        )

    def _needs(self) -> str:
        labels = reference.codes("SENtype")
        needs = open_needs(self._record, self._request.pupil, self._session.clock.today())
        return "\n".join(f"{labels.get(each.sen_type, each.sen_type)}. {each.description or ''}".strip() for each in needs)

    def _cycles_summary(self) -> str:
        return "\n\n".join(
            reference.say(
                "requests.draft_cycle", number=each.number, assessed=each.assess_summary or "", review=each.review_summary or ""
            ).strip()
            for each in cycles_of(self._record, self._request.pupil)
        )

    def _provision_summary(self) -> str:
        lines = []
        for row in pupil_map(self._session, self._request.pupil)["rows"]:
            what = ", ".join(filter(None, (row["title"], row["delivered_by"])))
            lines.append(": ".join(filter(None, (what, row["formula"]))))
        return "\n".join(lines)

    def _attendance(self) -> str:
        pupil = self._pupil.pupil
        if not pupil.sessions_possible or pupil.sessions_attended is None:
            return ""
        share = round(1000 * pupil.sessions_attended / pupil.sessions_possible) / 10
        return reference.say(
            "requests.draft_attendance", attended=pupil.sessions_attended, possible=pupil.sessions_possible, share=f"{share:.1f}"
        )

    def _contacts(self) -> str:
        """Each person with whether they have parental responsibility: a form may ask for nothing else."""
        duty = {True: "documents.has_responsibility", False: "documents.lacks_responsibility", None: "documents.unknown_responsibility"}
        return "\n".join(
            f"{content['name']}, {content['relationship'].lower()}, {reference.say(duty[content['parental_responsibility']])}"
            for content in (contact_content(each, self._pupil.contacts) for each in living(self._pupil.contacts))
            if content["relationship"]
        )

    def _services_involved(self) -> str:
        """Who has helped in the last two years, each with their reports."""
        today = self._session.clock.today()
        recent = [each for each in self._helps() if not each.involvement.ends_on or (today - each.involvement.ends_on).days <= _TWO_YEARS]
        return "\n".join(involved_words(each) for each in recent)

    def _services_advice(self) -> str:
        """What they recommended, whether it is in use, and what it has changed."""
        return "\n".join(advice_words(each, given) for each in self._helps() for given in each.recommendations)

    def _helps(self) -> list[Help]:
        return help_for(self._record, self._request.pupil, self._session.clock.today())

    def _school(self) -> str:
        home = school(self._record)
        return ", ".join(filter(None, (home.name, home.address, home.postcode, home.phone, home.email)))
