"""A plan as its template prints it, and which kind of plan a school and a pupil have."""

from sencoapp import reference
from sencoapp.domain.dates import full_date
from sencoapp.domain.people import Pupil
from sencoapp.domain.plan import Cycle
from sencoapp.domain.plan_template import USUAL, PlanTemplate
from sencoapp.domain.record import Amend, Saved
from sencoapp.domain.refusals import Refusal
from sencoapp.domain.reviews import PlanCopy
from sencoapp.domain.snapshot import NeedContent, PlanContent, PlanSectionContent
from sencoapp.services.beginning import school
from sencoapp.services.changes import must_get
from sencoapp.services.crest import crest_for_paper
from sencoapp.services.permissions import must_be_allowed
from sencoapp.services.ports import Record, Session
from sencoapp.services.pupils import open_needs
from sencoapp.services.snapshots import cycle_content
from sencoapp.services.today import place_words


def template_of(record: Record, cycle: Cycle) -> PlanTemplate:
    """The kind of plan that a cycle is: its own, else the school's, else the usual one. One that is no longer there is passed over."""
    templates = reference.plan_templates()
    for wanted in (cycle.template, school(record).plan_template):
        if wanted in templates:
            return templates[wanted]
    return templates[USUAL]


def choose_template(session: Session, cycle: str, template: str | None, layer: str | None) -> Saved:
    """Which kind of plan this one is, and at which of its layers.

    Raises ``Refusal``: ``no_longer_there``, ``cycle_is_closed``, ``plan_kind_is_not_known``, ``layer_is_not_known``.
    """
    found = must_get(session.record, Cycle, cycle)
    if found.closed_on:
        raise Refusal("cycle_is_closed")
    if template is not None and template not in reference.plan_templates():
        raise Refusal("plan_kind_is_not_known", field="template")
    kind = reference.plan_templates()[template] if template else template_of(session.record, found)
    if layer is not None and not kind.layer_name(layer):
        raise Refusal("layer_is_not_known", field="layer")
    edit = Amend(Cycle, cycle, {"template": template, "layer": layer})
    return session.record.save([edit], action="choose_template", actor=session.actor)


def plan_content(session: Session, cycle: str) -> PlanContent:
    """Everything that the printed plan says. What is confidential is left out.

    Raises ``Refusal``: ``not_for_your_role``, ``no_longer_there``.
    """
    must_be_allowed(session, "print")
    record, today = session.record, session.clock.today()
    found = must_get(record, Cycle, cycle)
    pupil, home = must_get(record, Pupil, found.pupil), school(record)
    template = template_of(record, found)
    forename = pupil.forename
    return PlanContent(
        school=home.name,
        crest=crest_for_paper(session),
        pupil=pupil.name,
        pupil_id=pupil.id,
        forename=forename,
        about=_about(pupil),
        strengths=pupil.strengths,
        what_works=pupil.what_works,
        communication=pupil.communication,
        called=reference.say("plan_paper.called", name=template.name, number=found.number),
        layer=template.layer_name(found.layer),
        draft=found.planned_on is None,
        needs=[_need(each.sen_type, each.rank, each.description) for each in open_needs(record, pupil.id, today)],
        cycle=cycle_content(record, found),
        copies=[_copy(each) for each in record.find(PlanCopy, cycle=cycle)],
        sections=[PlanSectionContent(shows=each.shows, heading=each.heading_for(forename), lead=each.lead) for each in template.sections],
        made_on=today.isoformat(),
        made_by=session.actor.name,
        demo=home.demo,
    )


def _about(pupil: Pupil) -> list[tuple[str, str]]:
    rows = [
        (reference.say("plan_paper.born"), full_date(pupil.birth_date) if pupil.birth_date else ""),
        (reference.say("plan_paper.class"), place_words(pupil.year, pupil.reg_group)),
    ]
    return [each for each in rows if each[1]]


def _need(sen_type: str, rank: int, description: str | None) -> NeedContent:
    label = reference.codes("SENtype").get(sen_type, sen_type)
    area = reference.codes("SENtype_area").get(sen_type)
    return NeedContent(sen_type=sen_type, label=label, area=area, rank=rank, starts_on=None, description=description)


def _copy(copy: PlanCopy) -> str:
    key = "review.copy_line_how" if copy.how else "review.copy_line"
    return reference.say(key, to=copy.given_to, day=full_date(copy.given_on), how=copy.how or "")
