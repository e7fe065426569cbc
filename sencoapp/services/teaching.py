"""What somebody needs to teach a pupil, on one page: what works, what the plan asks for now, and what happens each week.

Code of Practice 6.49: teachers and support staff who work with the pupil know their needs, the outcomes sought, the support
provided and any teaching strategies required.
"""

from dataclasses import dataclass
from datetime import date

from sencoapp import reference
from sencoapp.domain.people import Pupil, SENprovision
from sencoapp.domain.plan import Cycle, Outcome, View
from sencoapp.domain.professionals import Recommendation
from sencoapp.domain.provision import Provision, ProvisionPlace
from sencoapp.services.changes import must_get
from sencoapp.services.plans import cycles_of
from sencoapp.services.ports import Record
from sencoapp.services.pupils import current_status, open_needs, statuses_of


@dataclass(frozen=True)
class Teaching:
    """One pupil's page for those who teach them."""

    pupil: Pupil
    status: SENprovision
    needs: tuple[str, ...]
    """The labels of the needs that stand, the primary one first, each with its description."""
    cycle: Cycle | None
    """The open cycle, once it is planned: what was not agreed yet is not taught by."""
    outcomes: tuple[Outcome, ...]
    provision: tuple[Provision, ...]
    in_their_words: View | None
    advice: tuple[str, ...]
    """What professionals recommend and the school uses."""


def teaching_page(record: Record, pupil: str, today: date) -> Teaching:
    """Raises ``Refusal("no_longer_there")``, also for a pupil whom this person does not teach."""
    found = must_get(record, Pupil, pupil)
    cycle = next((each for each in cycles_of(record, pupil) if each.closed_on is None and each.planned_on), None)
    views = [each for each in record.find(View, pupil=pupil, whose="pupil") if each.text and not each.confidential]
    labels = reference.codes("SENtype")
    return Teaching(
        pupil=found,
        status=current_status(statuses_of(record, pupil), today),
        needs=tuple(". ".join(filter(None, (labels.get(each.sen_type), each.description))) for each in open_needs(record, pupil, today)),
        cycle=cycle,
        outcomes=tuple(sorted(record.find(Outcome, cycle=cycle.id), key=lambda each: each.number)) if cycle else (),
        provision=_running(record, pupil, today),
        in_their_words=max(views, key=lambda each: (each.given_on, each.id), default=None),
        advice=tuple(each.text for each in record.find(Recommendation, pupil=pupil) if each.in_use in ("yes", "partly")),
    )


def _running(record: Record, pupil: str, today: date) -> tuple[Provision, ...]:
    """Provision in which the pupil has a place now, each once."""
    places = [each for each in record.find(ProvisionPlace, pupil=pupil) if each.ends_on is None or each.ends_on >= today]
    found = [record.get(Provision, each) for each in dict.fromkeys(place.provision for place in places)]
    return tuple(each for each in found if each and each.starts_on <= today and (each.ends_on is None or each.ends_on >= today))
