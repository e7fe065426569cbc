"""Where the gateway keeps what it holds, and how it is reached."""

import ipaddress
from dataclasses import dataclass
from pathlib import Path

from sencoapp import reference


@dataclass(frozen=True)
class Settings:
    """``base_url`` is the address that laptops and officers use; a proof of possession is made for it, so it must be exact."""

    data: Path
    base_url: str
    database: str | None = None
    """A SQLAlchemy URL; without one, ``gateway.sqlite3`` in the data folder."""
    behind_tls: bool = False
    council: str = reference.say("council.unnamed")

    @property
    def database_url(self) -> str:
        return self.database or f"sqlite:///{self.data / 'gateway.sqlite3'}"

    @property
    def secure(self) -> bool:
        """Whether cookies may go over TLS only."""
        return self.base_url.startswith("https://")


def is_loopback(host: str) -> bool:
    """Whether an address can be reached from this computer alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
