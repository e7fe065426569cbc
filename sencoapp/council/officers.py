"""Sessions of officers in the browser. A session is a random word in a cookie; only its hash is kept."""

import hashlib
import hmac
import secrets
from collections.abc import Callable

import sqlalchemy as sa

from sencoapp.council import audit, tables
from sencoapp.council.accounts import Person
from sencoapp.council.database import Database

SESSION_SECONDS = 8 * 3600


class Sessions:
    """Begins, finds and ends sessions. They end after eight hours."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database, self._clock = database, clock

    def begin(self, person: Person) -> str:
        word = secrets.token_urlsafe(32)
        session, now = tables.web_session, self._clock()
        with self._database.writing() as connection:
            connection.execute(sa.delete(session).where(session.c.ends_at < now))
            connection.execute(sa.insert(session).values(hash=_hash(word), person=person.id, ends_at=now + SESSION_SECONDS))
        return word

    def officer(self, word: str | None) -> Person | None:
        """The officer whose session this is, or None."""
        if not word:
            return None
        session, person = tables.web_session, tables.person
        asked = (
            sa.select(person)
            .join(session)
            .where(session.c.hash == _hash(word), session.c.ends_at > self._clock(), person.c.role == "officer")
        )
        with self._database.reading() as connection:
            found = connection.execute(asked).mappings().first()
        return Person(found["id"], found["username"], found["name"], "officer", None) if found is not None else None

    def end(self, word: str, *, source: str) -> None:
        session = tables.web_session
        with self._database.writing() as connection:
            person = connection.execute(sa.select(session.c.person).where(session.c.hash == _hash(word))).scalar()
            connection.execute(sa.delete(session).where(session.c.hash == _hash(word)))
            if person is not None:
                audit.record(connection, who=person, action="sign_out", source=source)


def new_form_word() -> str:
    """A random word for the cookie of someone who has not signed in yet."""
    return secrets.token_urlsafe(32)


def form_token(word: str) -> str:
    """What a form must send back: it follows from the cookie, which another site can neither read nor set."""
    return hashlib.sha256(b"form " + word.encode()).hexdigest()


def is_form_token(word: str | None, token: str) -> bool:
    return bool(word) and hmac.compare_digest(form_token(word or "").encode(), token.encode())


def _hash(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()
