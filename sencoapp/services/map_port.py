"""What the services ask of the record for the provision map of a school. ``services.ports`` hands it on."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Protocol

from sencoapp.domain.provision_map import MapChoices, MapFacts, MapQuery, Period


class MapReading(Protocol):
    """The part of the record that answers for the map: a few questions, whatever the size of the school."""

    def map_facts(self, query: MapQuery, cuts: Mapping[str, Sequence[date]]) -> MapFacts:
        """Provisions by title, their places by name, and the sums of their sessions. ``cuts`` are, by provision, the days on which
        what an hour costs changes: the sums before and after are told apart.
        """

    def map_choices(self, period: Period) -> MapChoices:
        """The years, members of staff and fundings that provision of the period can be narrowed to."""


class GuardedMap:
    """The same for somebody who does not see all: ``_seen`` answers within their sight, ``_shown`` empties what they do not see."""

    _seen: MapReading

    def _shown(self, entity: Any) -> Any: ...

    def map_facts(self, query: MapQuery, cuts: Mapping[str, Sequence[date]]) -> MapFacts:
        found = self._seen.map_facts(query, cuts)
        return replace(found, provisions=[self._shown(each) for each in found.provisions])

    def map_choices(self, period: Period) -> MapChoices:
        return self._seen.map_choices(period)
