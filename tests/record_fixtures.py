"""A real record in a temporary folder."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sencoapp.app import App, Workplace
from tests.places import PASSPHRASE, new_app, new_place


@pytest.fixture
def app() -> App:
    return new_app()


@pytest.fixture
def place(tmp_path: Path, app: App) -> Iterator[Workplace]:
    made = new_place(tmp_path / "profile", app)
    yield made
    made.close()


@pytest.fixture
def reopen(app: App) -> Iterator[Callable[[Workplace], Workplace]]:
    opened: list[Workplace] = []

    def again(place: Workplace) -> Workplace:
        place.close()
        opened.append(app.open(place.profile.folder, PASSPHRASE))
        return opened[-1]

    yield again
    for each in opened:
        each.close()
