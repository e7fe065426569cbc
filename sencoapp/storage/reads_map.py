"""The part of the record that answers for the provision map of a school."""

from collections.abc import Mapping, Sequence
from datetime import date

from sencoapp.domain.provision_map import MapChoices, MapFacts, MapQuery, Period
from sencoapp.storage.engine import Database, faults_of_the_world
from sencoapp.storage.map_facts import map_choices, map_facts
from sencoapp.storage.sight import Seen


class ReadsMap:
    """Questions of ``services.map_port``, for a class that has the database and how far somebody sees."""

    _db: Database
    _seen: Seen

    @faults_of_the_world()
    def map_facts(self, query: MapQuery, cuts: Mapping[str, Sequence[date]]) -> MapFacts:
        return map_facts(self._db, query, cuts, self._seen)

    @faults_of_the_world()
    def map_choices(self, period: Period) -> MapChoices:
        return map_choices(self._db, period, self._seen)
