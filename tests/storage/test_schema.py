"""The tables and the words of the domain agree."""

from sencoapp.domain.plain import hints_of
from sencoapp.domain.record import KINDS
from tests.migrations.write_schema import SCHEMA, schema_of


def test_every_kind_has_a_table_with_its_fields(place):
    db = place.profile.record._db
    for name, kind in KINDS.items():
        columns = {row[1] for row in db.execute(f"PRAGMA table_info({name})").fetchall()}
        assert columns - {"n", "made_n", "removed"} == set(hints_of(kind)), name


def test_the_schema_is_the_one_that_was_written_down(place):
    """``schema.sql`` shows what a migration changes; ``python -m tests.migrations.write_schema`` writes it anew."""
    assert SCHEMA.read_text("utf-8") == schema_of(place)
