"""OAuth 2.0 for laptops: authorisation code with PKCE, tokens bound to the laptop's key (RFC 6749, 7636, 8252, 9449, 9700).

Tokens mean nothing in themselves and are kept as hashes. An access token lasts ten minutes. A refresh token lasts
ninety days from its last use and is not rotated: a laptop that loses an answer must not lose its sign-in, and the
binding to its key does what rotation would (sync.md 3).
"""

import hashlib
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import sqlalchemy as sa

from sencoapp.council import audit, tables
from sencoapp.council.database import Database
from sencoapp.crypto.dpop import answers, is_challenge

CLIENT = "sencoapp"
SCOPE = "submissions"
ACCESS_SECONDS = 600
REFRESH_SECONDS = 90 * 86400
CODE_SECONDS = 60
_THUMBPRINT = re.compile(r"[A-Za-z0-9_-]{43}")


class OAuthError(Exception):
    """A refusal in the words of RFC 6749 4.1.2.1 and 5.2."""

    def __init__(self, error: str, description: str) -> None:
        super().__init__(error)
        self.error = error
        self.description = description


class UntrustedRedirect(Exception):
    """The request names no client or address that we know, so its answer must not go there."""


@dataclass(frozen=True)
class Asked:
    """A checked authorisation request."""

    redirect_uri: str
    state: str
    challenge: str
    key: str | None


@dataclass(frozen=True)
class Tokens:
    access_token: str
    refresh_token: str | None


@dataclass(frozen=True)
class Caller:
    """Whom an access token stands for, and the thumbprint of the key that it is bound to."""

    person: str
    school: str
    key: str


def redirect_of(parameters: Mapping[str, str]) -> str:
    """The loopback address to go back to (RFC 8252 7.3: any port). Raises ``UntrustedRedirect``."""
    address = parameters.get("redirect_uri", "")
    try:
        parts = urlsplit(address)
        known = f"http://{'[::1]' if parts.hostname == '::1' else '127.0.0.1'}:{parts.port}/callback"
    except ValueError:
        raise UntrustedRedirect from None
    if parameters.get("client_id") != CLIENT or not parts.port or address != known:
        raise UntrustedRedirect
    return address


def check_request(parameters: Mapping[str, str]) -> Asked:
    """Raises ``UntrustedRedirect``, or ``OAuthError`` for what may be told to the client."""
    redirect_uri = redirect_of(parameters)
    if parameters.get("response_type") != "code":
        raise OAuthError("unsupported_response_type", "response_type must be code")
    if parameters.get("code_challenge_method") != "S256" or not is_challenge(parameters.get("code_challenge", "")):
        raise OAuthError("invalid_request", "code_challenge with the method S256 is required")
    if parameters.get("scope", SCOPE) != SCOPE:
        raise OAuthError("invalid_scope", f"the scope is {SCOPE}")
    key = parameters.get("dpop_jkt")
    if key is not None and not _THUMBPRINT.fullmatch(key):
        raise OAuthError("invalid_request", "dpop_jkt is not a thumbprint")
    return Asked(redirect_uri, parameters.get("state", "")[:500], parameters["code_challenge"], key)


class Grants:
    """Codes and tokens. ``clock`` gives seconds since 1970."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database, self._clock = database, clock

    def new_code(self, person: str, asked: Asked) -> str:
        """A code for one exchange within a minute."""
        code = secrets.token_urlsafe(32)
        values = {"person": person, "redirect_uri": asked.redirect_uri, "challenge": asked.challenge, "key": asked.key}
        with self._database.writing() as connection:
            self._forget_old(connection)
            made = sa.insert(tables.authorisation_code).values(hash=_hash(code), ends_at=self._clock() + CODE_SECONDS, **values)
            connection.execute(made)
        return code

    def exchange(self, code: str, redirect_uri: str, verifier: str, key: str, *, source: str) -> Tokens:
        """Tokens for a code, bound to the key. A code that comes twice ends what came of it (RFC 6749 4.1.2)."""
        codes = tables.authorisation_code
        with self._database.writing() as connection:
            asked = sa.select(codes, tables.person.c.school).join(tables.person).where(codes.c.hash == _hash(code)).with_for_update()
            found = connection.execute(asked).mappings().first()
            if found is not None and found["used"]:
                self._end(connection, found["sign_in"], found["person"], source)
                found = None
            if found is None or not self._fits(found, redirect_uri, verifier, key):
                audit_of = found["person"] if found is not None else ""
                audit.record(connection, who=audit_of, action="code_exchanged", result="refused", source=source)
                refused = True
            else:
                refused = False
                id, refresh = secrets.token_hex(16), secrets.token_urlsafe(32)
                made = {"id": id, "person": found["person"], "school": found["school"], "key": key, "refresh_hash": _hash(refresh)}
                connection.execute(sa.insert(tables.sign_in).values(ends_at=self._clock() + REFRESH_SECONDS, **made))
                connection.execute(sa.update(codes).where(codes.c.hash == _hash(code)).values(used=True, sign_in=id))
                tokens = Tokens(self._new_access(connection, id), refresh)
                audit.record(connection, who=found["person"], action="code_exchanged", what=id, source=source)
        if refused:
            raise OAuthError("invalid_grant", "the code is not valid here, or no longer")
        return tokens

    def refresh(self, token: str, key: str) -> Tokens:
        """A new access token; the refresh token stays and lasts ninety days more."""
        sign_in, now = tables.sign_in, self._clock()
        with self._database.writing() as connection:
            found = connection.execute(sa.select(sign_in).where(sign_in.c.refresh_hash == _hash(token))).mappings().first()
            if found is None or found["ended"] or found["ends_at"] < now or found["key"] != key:
                raise OAuthError("invalid_grant", "sign in again")
            connection.execute(sa.update(sign_in).where(sign_in.c.id == found["id"]).values(ends_at=now + REFRESH_SECONDS))
            self._forget_old(connection)
            return Tokens(self._new_access(connection, found["id"]), None)

    def caller(self, access_token: str) -> Caller | None:
        """Whom the token stands for, or None where it does not hold (any more)."""
        access, sign_in = tables.access, tables.sign_in
        asked = (
            sa.select(sign_in.c.person, sign_in.c.school, sign_in.c.key)
            .join(access, access.c.sign_in == sign_in.c.id)
            .where(access.c.hash == _hash(access_token), access.c.ends_at > self._clock(), sign_in.c.ended.is_(False))
        )
        with self._database.reading() as connection:
            found = connection.execute(asked).first()
        return Caller(*found) if found is not None else None

    def _fits(self, code: sa.RowMapping, redirect_uri: str, verifier: str, key: str) -> bool:
        in_time = code["ends_at"] >= self._clock()
        return in_time and code["redirect_uri"] == redirect_uri and answers(verifier, code["challenge"]) and code["key"] in (None, key)

    def _new_access(self, connection: sa.Connection, sign_in: str) -> str:
        token = secrets.token_urlsafe(32)
        ends_at = self._clock() + ACCESS_SECONDS
        connection.execute(sa.insert(tables.access).values(hash=_hash(token), sign_in=sign_in, ends_at=ends_at))
        return token

    def _end(self, connection: sa.Connection, sign_in: str | None, person: str, source: str) -> None:
        connection.execute(sa.update(tables.sign_in).where(tables.sign_in.c.id == sign_in).values(ended=True))
        audit.record(connection, who=person, action="code_replayed", what=sign_in or "", result="ended", source=source)

    def _forget_old(self, connection: sa.Connection) -> None:
        connection.execute(sa.delete(tables.access).where(tables.access.c.ends_at < self._clock()))
        # A used code is remembered for an hour, so that its replay is noticed.
        connection.execute(sa.delete(tables.authorisation_code).where(tables.authorisation_code.c.ends_at < self._clock() - 3600))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
