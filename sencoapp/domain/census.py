"""What the DfE's checks of the school census would say about a pupil's SEN status and needs. They warn and never block."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sencoapp.domain.people import SenNeed, SENprovision


@dataclass(frozen=True)
class CensusWarning:
    """``number`` is the DfE's; it is empty for a check of our own."""

    number: str
    sentence: str


def census_warnings(rules: Sequence[Mapping[str, Any]], status: SENprovision, needs: Sequence[SenNeed]) -> list[CensusWarning]:
    """The rules (``resources/rules/census.json``) that a pupil with this status and these open needs would not meet."""
    return [CensusWarning(each["number"] or "", each["sentence"]) for each in rules if _CHECKS[each["check"]](status, needs)]


def _ranks(needs: Sequence[SenNeed]) -> list[int]:
    return [each.rank for each in needs]


_CHECKS: Mapping[str, Callable[[SENprovision, Sequence[SenNeed]], bool]] = {
    "single_type_is_not_primary": lambda _, needs: len(needs) == 1 and needs[0].rank != 1,
    "more_than_two_types": lambda _, needs: len(needs) > 2,
    "type_is_missing": lambda status, needs: status in ("K", "E") and not needs,
    "nsa_without_k": lambda status, needs: status != "K" and any(each.sen_type == "NSA" for each in needs),
    "rank_is_there_twice": lambda _, needs: len(set(_ranks(needs))) < len(needs),
    "no_primary_of_several": lambda _, needs: len(needs) > 1 and 1 not in _ranks(needs),
    "types_without_sen": lambda status, needs: status == "N" and bool(needs),
}
