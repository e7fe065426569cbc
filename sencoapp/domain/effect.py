"""What a provision did: what a pupil could do on joining and on ending, and what may be said of the difference (domain.md 5)."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Moment = Literal["entry", "exit"]
Better = Literal["up", "down"]


@dataclass(frozen=True)
class ProvisionMeasure:
    """One measure of a pupil on joining a provision or on ending it; or the reason why it was left out."""

    id: str
    pupil: str
    provision: str
    moment: Moment
    measured_on: date
    tool: str | None = None
    """What it was measured with, such as the name of a test."""
    unit: str | None = None
    """A code of ``rules/measures.json``."""
    counts: str | None = None
    """What is counted, such as "words a minute", where the unit leaves that to a person."""
    value: str | None = None
    """As the unit writes it, and reads it again."""
    better: Better | None = None
    """Which way is better, where the unit does not say."""
    left_out_because: str | None = None
