"""The tables and the words of the domain agree."""

from pathlib import Path

from sencoapp.domain.plain import hints_of
from sencoapp.domain.record import KINDS

SCHEMA = Path(__file__).parent.parent / "migrations" / "schema.sql"


def test_every_kind_has_a_table_with_its_fields(place):
    db = place.profile.record._db
    for name, kind in KINDS.items():
        columns = {row[1] for row in db.execute(f"PRAGMA table_info({name})").fetchall()}
        assert columns - {"n", "made_n", "removed"} == set(hints_of(kind)), name


def test_the_schema_is_the_one_that_was_written_down(place):
    """``tests/migrations/schema.sql`` shows what a migration changes; write it anew with the statement in its first line."""
    rows = place.profile.record._db.execute(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'observation_words_%' ORDER BY type, name"
    )
    present = ";\n\n".join(row[0] for row in rows.fetchall()) + ";\n"
    assert SCHEMA.read_text("utf-8") == present
