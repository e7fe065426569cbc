"""One line to one gateway: limits on time and size, a few tries, and every failure as a sentence a person can act on."""

import json
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import requests
import truststore
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase
from urllib3.exceptions import NameResolutionError

from sencoapp import __version__
from sencoapp.domain.refusals import Fault

CONNECT_SECONDS = 10.0
READ_SECONDS = 30.0
WHOLE_ANSWER_SECONDS = 120.0
LARGEST_ANSWER = 8 * 1024 * 1024
TRIES = 4
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0
_NOTICEABLE_SECONDS = 5.0
_TRY_LATER = (429, 502, 503, 504)
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True)
class Answer:
    """What a gateway said, read whole."""

    status: int
    headers: Mapping[str, str]
    content: bytes
    gateway: str

    def object(self) -> dict[str, Any]:
        """The JSON object in it, without members that are null. Raises ``Fault("council_nonsense")``."""
        try:
            found = json.loads(self.content)
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            raise Fault("council_nonsense", council=host_of(self.gateway))
        return {name: value for name, value in found.items() if value is not None}


def gateway_address(typed: str) -> str:
    """The address of a gateway as it is kept: scheme, host and port. Raises ``Fault`` for what cannot be one.

    Only https, or http to this computer itself.
    """
    try:
        parts = urlsplit(typed.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port, parts = None, None, urlsplit("")
    if not host or parts.scheme not in ("http", "https") or parts.path.strip("/") or parts.query or parts.fragment or parts.username:
        raise Fault("council_address_not_understood", address=typed)
    if parts.scheme == "http" and host not in _LOOPBACK:
        raise Fault("council_address_needs_https", address=typed)
    name = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{name}" + (f":{port}" if port else "")


def host_of(gateway: str) -> str:
    """What to call a gateway in a sentence."""
    return urlsplit(gateway).netloc


class Transport:
    """Asks one gateway. May be used again after any ``Fault``; not by two threads at once."""

    def __init__(
        self,
        gateway: str,
        *,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.time,
        read_seconds: float = READ_SECONDS,
    ) -> None:
        self.gateway = gateway_address(gateway)
        self._sleep, self._clock, self._read_seconds = sleep, clock, read_seconds
        self._ahead = 0.0
        self._session = requests.Session()
        self._session.headers["User-Agent"] = f"sencoapp/{__version__}"
        if urlsplit(self.gateway).hostname in _LOOPBACK:
            self._session.trust_env = False  # a proxy of the school's is not asked about this very computer
        self._session.mount("https://", _SystemTrust())

    def now(self) -> float:
        """The gateway's time in seconds since 1970: laptops in schools have wrong clocks, and proofs must be fresh."""
        return self._clock() + self._ahead

    def ask(self, method: str, path: str, *, auth: AuthBase | None = None, headers: Mapping[str, str] | None = None, **body: Any) -> Answer:
        """One question and its answer, whatever its status. Tries again where that can help; every call may be repeated.

        Raises ``Fault``: ``council_unreachable``, ``council_name_unknown``, ``council_slow``, ``council_breaks_off``,
        ``council_not_private``, ``council_busy``, ``council_trouble``, ``council_nonsense``.
        """
        trouble: Fault | None = None
        for pause in self._pauses():
            try:
                answer = self._once(method, path, auth, headers, body)
            except _WorthAnotherTry as again:
                trouble, wait = again.fault, pause
            else:
                if answer.status not in _TRY_LATER:
                    return self._sensible(answer)
                trouble = Fault("council_busy" if answer.status in (429, 503) else "council_trouble", council=host_of(self.gateway))
                wait = _seconds_asked_for(answer, pause)
            if pause:
                self._sleep(min(wait, LONGEST_PAUSE_SECONDS))
        assert trouble is not None
        raise trouble

    def close(self) -> None:
        self._session.close()

    def _pauses(self) -> Iterator[float]:
        """How long to wait after each try; nothing after the last."""
        yield from (FIRST_PAUSE_SECONDS * 2**number for number in range(TRIES - 1))
        yield 0.0

    def _once(self, method: str, path: str, auth: AuthBase | None, headers: Mapping[str, str] | None, body: dict[str, Any]) -> Answer:
        council = host_of(self.gateway)
        timeouts = (CONNECT_SECONDS, self._read_seconds)
        try:
            with self._session.request(
                method, self.gateway + path, auth=auth, headers=headers, timeout=timeouts, allow_redirects=False, stream=True, **body
            ) as response:
                content = self._read(response)
                self._set_clock(response.headers)
                return Answer(response.status_code, response.headers, content, self.gateway)
        except requests.exceptions.SSLError:
            raise Fault("council_not_private", council=council) from None
        except requests.exceptions.ConnectTimeout:
            raise Fault("council_unreachable", council=council) from None
        except requests.exceptions.Timeout:
            raise Fault("council_slow", council=council) from None
        except (requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError):
            raise _WorthAnotherTry(Fault("council_breaks_off", council=council)) from None
        except requests.exceptions.ConnectionError as trouble:
            raise _of_connection(trouble, council) from None
        except requests.exceptions.RequestException:
            raise Fault("council_nonsense", council=council) from None

    def _read(self, response: requests.Response) -> bytes:
        until = time.monotonic() + WHOLE_ANSWER_SECONDS
        content = bytearray()
        for piece in response.iter_content(64 * 1024):
            content += piece
            if len(content) > LARGEST_ANSWER:
                raise Fault("council_nonsense", council=host_of(self.gateway))
            if time.monotonic() > until:
                raise Fault("council_slow", council=host_of(self.gateway))
        return bytes(content)

    def _sensible(self, answer: Answer) -> Answer:
        # A redirect is how the sign-in page of a school's or a hotel's network shows itself.
        if 300 <= answer.status < 400 or answer.status < 200:
            raise Fault("council_nonsense", council=host_of(self.gateway))
        if answer.status >= 500:
            raise Fault("council_trouble", council=host_of(self.gateway))
        return answer

    def _set_clock(self, headers: Mapping[str, str]) -> None:
        try:
            theirs = parsedate_to_datetime(headers["Date"]).timestamp()
        except (KeyError, ValueError, TypeError):
            return
        ahead = theirs - self._clock()
        self._ahead = ahead if abs(ahead) > _NOTICEABLE_SECONDS else 0.0


class _WorthAnotherTry(Exception):
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.key)
        self.fault = fault


class _SystemTrust(HTTPAdapter):
    """Believes whom the operating system believes: schools that inspect connections put their certificate there."""

    def init_poolmanager(self, *args: Any, **named: Any) -> None:
        super().init_poolmanager(*args, ssl_context=truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT), **named)

    def proxy_manager_for(self, *args: Any, **named: Any) -> Any:
        return super().proxy_manager_for(*args, ssl_context=truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT), **named)


def _of_connection(trouble: requests.exceptions.ConnectionError, council: str) -> Exception:
    reason = getattr(trouble.args[0], "reason", None) if trouble.args else None
    if isinstance(reason, NameResolutionError):
        return Fault("council_name_unknown", council=council)
    if "Read timed out" in str(trouble):  # so requests tells of a body that stops coming
        return Fault("council_slow", council=council)
    if reason is not None:
        return _WorthAnotherTry(Fault("council_unreachable", council=council))
    return _WorthAnotherTry(Fault("council_breaks_off", council=council))


def _seconds_asked_for(answer: Answer, otherwise: float) -> float:
    """``Retry-After``, in seconds or as a date (RFC 9110 10.2.3)."""
    said = answer.headers.get("Retry-After", "")
    if said.isascii() and said.isdigit():
        return float(said)
    try:
        until: datetime = parsedate_to_datetime(said)
        return max(0.0, until.timestamp() - parsedate_to_datetime(answer.headers["Date"]).timestamp())
    except (KeyError, ValueError, TypeError):
        return otherwise
