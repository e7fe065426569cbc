"""What a laptop keeps of a sign-in: kept by the caller in the encrypted record, never in a file or the keyring."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from requests import PreparedRequest
from requests.auth import AuthBase

from sencoapp.crypto.dpop import make_proof


@dataclass(frozen=True)
class Grant:
    """A sign-in at one gateway. The tokens are bound to ``device_key`` and worth nothing without it.

    ``expires_at`` is the gateway's time in seconds since 1970. ``receipt_key`` is the council's public key, pinned at
    the first sign-in: receipts are believed under it alone.
    """

    gateway: str
    access_token: str = field(repr=False)
    expires_at: float
    refresh_token: str = field(repr=False)
    device_key: str = field(repr=False)
    receipt_key: Mapping[str, str]

    def as_plain(self) -> dict[str, Any]:
        """Values for the record's settings."""
        return {**asdict(self), "receipt_key": dict(self.receipt_key)}

    @classmethod
    def from_plain(cls, values: Mapping[str, Any]) -> "Grant":
        """Raises ``TypeError`` or ``KeyError`` for what ``as_plain`` did not write."""
        return cls(**{name: values[name] for name in cls.__dataclass_fields__})


class Proven(AuthBase):
    """Adds the access token and a fresh proof to each request (RFC 9449 7.1); without a token, the proof alone."""

    def __init__(self, device_key: str, token: str | None, now: Callable[[], float]) -> None:
        self._device_key, self._token, self._now = device_key, token, now

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        assert request.method is not None
        assert request.url is not None
        if self._token is not None:
            request.headers["Authorization"] = f"DPoP {self._token}"
        request.headers["DPoP"] = make_proof(self._device_key, request.method, request.url, now=self._now(), token=self._token)
        return request
