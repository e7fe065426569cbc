"""What the DfE's checks of the school census would say about a pupil's SEN status and needs. They warn and never block."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sencoapp.domain.people import Pupil, SenNeed, SENprovision


@dataclass(frozen=True)
class CensusWarning:
    """``number`` is the DfE's; it is empty for a check of our own."""

    number: str
    sentence: str


@dataclass(frozen=True)
class _Asked:
    status: SENprovision
    needs: Sequence[SenNeed]
    pupil: Pupil
    special_places: bool

    @property
    def ranks(self) -> list[int]:
        return [each.rank for each in self.needs]

    @property
    def has_sen(self) -> bool:
        return self.status in ("K", "E")

    @property
    def is_apart(self) -> bool:
        """Is said to be in a unit, or in resourced provision."""
        return bool(self.pupil.sen_unit or self.pupil.resourced_provision)


def census_warnings(
    rules: Sequence[Mapping[str, Any]], status: SENprovision, needs: Sequence[SenNeed], pupil: Pupil, *, special_places: bool = False
) -> list[CensusWarning]:
    """The rules (``resources/rules/census.json``) that a pupil with this status and these open needs would not meet.

    ``special_places``: the school has a SEN unit or resourced provision. Where it has none, nobody is asked who is in them.
    """
    asked = _Asked(status, needs, pupil, special_places)
    return [CensusWarning(each["number"] or "", each["sentence"]) for each in rules if _CHECKS[each["check"]](asked)]


_CHECKS: Mapping[str, Callable[[_Asked], bool]] = {
    "single_type_is_not_primary": lambda asked: len(asked.needs) == 1 and asked.ranks != [1],
    "more_than_two_types": lambda asked: len(asked.needs) > 2,
    "type_is_missing": lambda asked: asked.has_sen and not asked.needs,
    "nsa_without_k": lambda asked: asked.status != "K" and any(each.sen_type == "NSA" for each in asked.needs),
    "unit_is_not_said": lambda asked: asked.special_places and asked.has_sen and asked.pupil.sen_unit is None,
    "resourced_is_not_said": lambda asked: asked.special_places and asked.has_sen and asked.pupil.resourced_provision is None,
    "special_place_without_sen": lambda asked: not asked.has_sen and asked.is_apart,
    "rank_is_there_twice": lambda asked: len(set(asked.ranks)) < len(asked.ranks),
    "no_primary_of_several": lambda asked: len(asked.needs) > 1 and 1 not in asked.ranks,
    "types_without_sen": lambda asked: asked.status == "N" and bool(asked.needs),
}
