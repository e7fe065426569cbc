"""Everything one running gateway consists of, put together in one place."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from fastapi import Request

from sencoapp.council import audit
from sencoapp.council.accounts import Accounts
from sencoapp.council.database import Database
from sencoapp.council.files import Files
from sencoapp.council.limits import Bucket
from sencoapp.council.oauth import Grants
from sencoapp.council.officers import Sessions
from sencoapp.council.proofs import Proofs
from sencoapp.council.receipts import Receipts
from sencoapp.council.settings import Settings


@dataclass(frozen=True)
class Gateway:
    """The parts, and the limits on how often a caller may try."""

    settings: Settings
    database: Database
    accounts: Accounts
    sessions: Sessions
    grants: Grants
    proofs: Proofs
    receipts: Receipts
    files: Files
    per_address: Bucket
    per_username: Bucket
    per_token_caller: Bucket
    clock: Callable[[], float]

    @classmethod
    def open(cls, settings: Settings, clock: Callable[[], float] = time.time) -> "Gateway":
        """Opens the data folder, making it when it is not there."""
        settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        database = Database(settings.database_url)
        with database.writing() as connection:
            audit.begin(connection)
        return cls(
            settings=settings,
            database=database,
            accounts=Accounts(database),
            sessions=Sessions(database, clock),
            grants=Grants(database, clock),
            proofs=Proofs(settings.base_url, clock),
            receipts=Receipts(settings.data, settings.council),
            files=Files(settings.data / "chunks"),
            per_address=Bucket(60, 2),
            per_username=Bucket(10, 30),
            per_token_caller=Bucket(120, 1),
            clock=clock,
        )

    def close(self) -> None:
        self.database.close()


def gateway_of(request: Request) -> Gateway:
    """The gateway that the app was made for."""
    found = request.app.state.gateway
    assert isinstance(found, Gateway)
    return found
