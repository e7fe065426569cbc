"""The catalogue of provision: what a school can give, what it is for, what is known of its effect, and the usual dose."""

from dataclasses import dataclass
from decimal import Decimal

from sencoapp.domain.people import Area
from sencoapp.domain.provision import Wave


@dataclass(frozen=True)
class CatalogueEntry:
    """One provision that can be chosen; its dose fills in the form and stays open to change.

    In the record it is the school's own: an addition, or with ``shipped`` its own version of an entry that comes with the program.
    """

    id: str
    title: str
    wave: Wave
    sessions_per_week: Decimal
    minutes: int
    weeks: int
    group_size: int
    area: Area | None = None
    description: str | None = None
    intended_outcome: str | None = None
    evidence: str | None = None
    evidence_source: str | None = None
    """Where the evidence can be read; None where it is still to be confirmed."""
    staff_role: str | None = None
    shipped: str | None = None
    """The code of the entry of ``resources/catalogue/`` in whose place this one stands."""
    hidden: bool = False
    """Whether the school does not offer it."""

    @property
    def code(self) -> str:
        """What a provision that was chosen from it keeps, whether or not the school has changed it since."""
        return self.shipped or self.id
