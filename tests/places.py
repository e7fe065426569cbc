"""Real records to test on: a real SQLCipher file in a temporary folder, a light key derivation, a clock that is set by hand."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from sencoapp.app import App, Workplace
from sencoapp.crypto.keys import Effort
from sencoapp.domain.people import Pupil, School, SenNeed, SenStatus, StaffMember, Term
from sencoapp.domain.record import New
from sencoapp.services.pack_draft import PackDraft, render_pack
from sencoapp.services.ports import Documents
from sencoapp.storage.stamps import SetClock, UuidIds
from sencoapp.storage.tries import uptime

PASSPHRASE = "four words that rhyme"
LIGHT = Effort(memory_kib=64, passes=1, lanes=1)
TODAY = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
TERMS = (Term("Autumn term 2026", date(2026, 8, 27), date(2026, 12, 18), date(2026, 10, 19), date(2026, 10, 30)),)


class NoKeyring:
    """An operating system without a keyring."""

    def available(self) -> bool:
        return False

    def find(self, profile: str) -> bytes | None:
        return None

    def keep(self, profile: str, secret: bytes) -> bool:
        return False

    def forget(self, profile: str) -> None:
        pass


class DrawerKeyring:
    """A keyring that keeps its secrets in memory, for tests of the two-secret mode."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def available(self) -> bool:
        return True

    def find(self, profile: str) -> bytes | None:
        return self.kept.get(profile)

    def keep(self, profile: str, secret: bytes) -> bool:
        self.kept[profile] = secret
        return True

    def forget(self, profile: str) -> None:
        self.kept.pop(profile, None)


def new_app(secrets: object | None = None, at: datetime = TODAY, up: Callable[[], float] = uptime) -> App:
    return App(clock=SetClock(at), ids=UuidIds(), secrets=secrets or NoKeyring(), effort=LIGHT, up=up)  # type: ignore[arg-type]


def new_place(folder: Path, app: App | None = None) -> Workplace:
    """A record that has just begun, at a primary school in Leicestershire."""
    app = app or new_app()
    school = School(app.new_id(), "Barrowby Primary", "primary", "leicestershire", urn="123456", dfe_number="855/2001", terms=TERMS)
    person = StaffMember(app.new_id(), "Mrs Ruth Adeyemi", "senco")
    return app.begin(folder, PASSPHRASE, school, person)[0]


def add_pupil(place: Workplace, surname: str = "Osei", forename: str = "Kian", **values: object) -> Pupil:
    """A pupil with SEN support and one need."""
    new = place.session.ids.new
    pupil = replace(Pupil(new(), surname, forename, birth_date=date(2018, 2, 3), year="4", reg_group="4M"), **values)  # type: ignore[arg-type]
    edits = [New(pupil), New(SenStatus(new(), pupil.id, "K", date(2025, 9, 3))), New(SenNeed(new(), pupil.id, "SLCN", 1, date(2025, 9, 3)))]
    place.session.record.save(edits, action="add_pupil", actor=place.session.actor)
    return pupil


def set_clock(place: Workplace, at: datetime) -> None:
    clock = place.session.clock
    assert isinstance(clock, SetClock)
    clock.set(at)


def add_pupil_without_sen(place: Workplace, surname: str, forename: str, **values: object) -> Pupil:
    """A pupil on roll whose status is N."""
    new = place.session.ids.new
    pupil = replace(Pupil(new(), surname, forename, birth_date=date(2020, 5, 4), year="1", reg_group="1K"), **values)  # type: ignore[arg-type]
    edits = [New(pupil), New(SenStatus(new(), pupil.id, "N", date(2025, 9, 3)))]
    place.session.record.save(edits, action="add_pupil", actor=place.session.actor)
    return pupil


def rendered(place: Workplace, draft: PackDraft, documents: Documents | None = None) -> bytes:
    """The PDF of a draft."""
    return place.session.blobs.read(render_pack(documents or place.documents, draft).blob)
