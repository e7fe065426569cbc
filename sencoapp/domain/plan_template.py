"""Kinds of plan as data: what a plan is called, its layers, which sections it prints, in which order and under which headings."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

NAME = "{name}"

USUAL = "sen_support_plan"
"""The kind of plan of a school that chose none."""


@dataclass(frozen=True)
class Section:
    """One section: what it shows of the plan, and its heading, in which ``{name}`` stands for the pupil's forename."""

    shows: str
    heading: str
    lead: str = ""

    def heading_for(self, forename: str) -> str:
        return self.heading.replace(NAME, forename)


@dataclass(frozen=True)
class PlanTemplate:
    id: str
    name: str
    order: int
    layers: tuple[tuple[str, str], ...]
    """Each with its name; none where a plan of this kind has no layers."""
    sections: tuple[Section, ...]

    def layer_name(self, layer: str | None) -> str:
        """What a layer is called; empty for one that this kind of plan does not have."""
        return dict(self.layers).get(layer or "", "")


def read_template(id: str, content: Mapping[str, Any]) -> PlanTemplate:
    """A template from its file."""
    sections = tuple(Section(each["shows"], each["heading"], each.get("lead", "")) for each in content["sections"])
    return PlanTemplate(id, content["name"], content["order"], tuple((each["id"], each["name"]) for each in content["layers"]), sections)
