"""Local accounts: people at schools, and the council's officers. A council with Entra ID or Google puts it in front."""

import secrets
import threading
from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa

from sencoapp.council import audit, tables
from sencoapp.council.database import Database
from sencoapp.crypto.passwords import hash_password, is_password
from sencoapp.domain.refusals import Refusal

Role = Literal["school", "officer"]
SHORTEST_PASSWORD = 12


@dataclass(frozen=True)
class Person:
    """An account. ``school`` is the id of its school, None for an officer."""

    id: str
    username: str
    name: str
    role: Role
    school: str | None


class Accounts:
    """Makes accounts and tells who someone is."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._nobody = hash_password(secrets.token_urlsafe())
        # Each check takes 64 MiB: two at a time, whoever asks.
        self._checking = threading.Semaphore(2)

    def add_school(self, name: str, urn: str | None = None) -> str:
        """The id of the school; one with this URN that is there already is kept. Raises ``Refusal``."""
        if urn is not None and not (urn.isascii() and urn.isdigit() and len(urn) == 6):
            raise Refusal("urn_has_six_digits", typed=urn)
        with self._database.writing() as connection:
            known = connection.execute(sa.select(tables.school.c.id).where(tables.school.c.urn == urn)).scalar() if urn else None
            if known is not None:
                return str(known)
            id = secrets.token_hex(16)
            connection.execute(sa.insert(tables.school).values(id=id, name=name, urn=urn))
            audit.record(connection, who="", action="school_added", what=id, source="command line")
        return id

    def add_person(self, username: str, name: str, role: Role, password: str, school: str | None = None) -> str:
        """The id of the account; one with this user name that is there already gets the new password. Raises ``Refusal``."""
        if len(password) < SHORTEST_PASSWORD:
            raise Refusal("gateway_password_too_short", least=SHORTEST_PASSWORD)
        kept = hash_password(password)
        person = tables.person
        with self._database.writing() as connection:
            if (
                school is not None
                and connection.execute(sa.select(tables.school.c.id).where(tables.school.c.id == school)).scalar() is None
            ):
                raise Refusal("gateway_has_no_such_school", school=school)
            known = connection.execute(sa.select(person).where(person.c.username == username)).mappings().first()
            if known is not None and (known["role"], known["school"]) != (role, school):
                raise Refusal("gateway_username_is_taken", username=username)
            id = str(known["id"]) if known is not None else secrets.token_hex(16)
            if known is not None:
                connection.execute(sa.update(person).where(person.c.id == id).values(name=name, password=kept))
                # Whoever knew the old password is signed out everywhere.
                connection.execute(sa.update(tables.sign_in).where(tables.sign_in.c.person == id).values(ended=True))
                connection.execute(sa.delete(tables.web_session).where(tables.web_session.c.person == id))
            else:
                connection.execute(sa.insert(person).values(id=id, username=username, name=name, role=role, school=school, password=kept))
            audit.record(connection, who=id, action="account_added" if known is None else "password_set", what=id, source="command line")
        return id

    def who_is(self, username: str, password: str, *, role: Role, source: str) -> Person | None:
        """The person with this password and role, or None. The answer takes as long in every case, and is audited."""
        found = None
        with self._database.reading() as connection:
            found = connection.execute(sa.select(tables.person).where(tables.person.c.username == username)).mappings().first()
        with self._checking:
            right = is_password(password, found["password"] if found is not None else self._nobody)
        known = found is not None and right and found["role"] == role
        with self._database.writing() as connection:
            who = str(found["id"]) if found is not None else ""
            audit.record(connection, who=who, action="sign_in", result="done" if known else "refused", source=source)
        return _person(found) if known and found is not None else None


def _person(row: sa.RowMapping) -> Person:
    return Person(row["id"], row["username"], row["name"], row["role"], row["school"])
