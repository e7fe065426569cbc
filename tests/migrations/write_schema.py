"""Writes ``schema.sql`` anew, for review beside the migration that changed it: ``python -m tests.migrations.write_schema``."""

import tempfile
from pathlib import Path

from sencoapp.app import Workplace
from tests.places import new_place

SCHEMA = Path(__file__).parent / "schema.sql"


def schema_of(place: Workplace) -> str:
    """The statements that make the database of a new profile, in an order that stays."""
    rows = place.profile.record._db.execute(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'observation_words_%' ORDER BY type, name"
    )
    return ";\n\n".join(row[0] for row in rows.fetchall()) + ";\n"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = new_place(Path(folder) / "profile")
        try:
            SCHEMA.write_text(schema_of(place), "utf-8")
        finally:
            place.close()


if __name__ == "__main__":
    main()
