"""The audit: it only grows, and any change to it shows."""

import pytest
import sqlalchemy as sa

from sencoapp.council import audit, tables
from sencoapp.council.gateway import Gateway
from sencoapp.council.settings import Settings


@pytest.fixture
def database(tmp_path):
    gateway = Gateway.open(Settings(tmp_path, "http://127.0.0.1"))
    with gateway.database.writing() as connection:
        for number in range(5):
            audit.record(connection, who="someone", action="tried", what=str(number))
    yield gateway.database
    gateway.close()


def verified(database):
    with database.reading() as connection:
        return audit.verify(connection)


def without_guards(connection):
    for name in ("audit_stays", "audit_keeps"):
        connection.execute(sa.DDL("DROP TRIGGER %(name)s", context={"name": name}))


def test_an_untouched_chain_holds(database):
    assert verified(database) == (5, None)


@pytest.mark.parametrize("change", [sa.update(tables.audit).values(who="me"), sa.delete(tables.audit)])
def test_the_database_itself_refuses_a_change(database, change):
    with pytest.raises(sa.exc.IntegrityError, match="only grows"), database.writing() as connection:
        connection.execute(change)


@pytest.mark.parametrize(
    ("change", "first_bad"),
    [
        (sa.update(tables.audit).where(tables.audit.c.seq == 3).values(who="me"), 3),
        (sa.delete(tables.audit).where(tables.audit.c.seq == 2), 2),
        (sa.delete(tables.audit).where(tables.audit.c.seq == 5), 5),
    ],
    ids=["altered", "taken out", "cut off"],
)
def test_what_was_done_behind_its_back_shows(database, change, first_bad):
    with database.writing() as connection:
        without_guards(connection)
        connection.execute(change)
    assert verified(database)[1] == first_bad
