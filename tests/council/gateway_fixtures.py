"""A gateway in a process of its own, and laptops signed in to it: for the council's rooms and for this laptop's half."""

import os

import pytest

from tests.council.running import Laptop, grants_of, running

# Read before the safety net takes away every variable of ours.
POSTGRES = os.environ.get("SENCOAPP_TEST_POSTGRES")


@pytest.fixture(scope="session")
def gateway(tmp_path_factory):
    """One gateway for all tests that do not stop it. On PostgreSQL where SENCOAPP_TEST_POSTGRES names a database to overwrite."""
    with running(tmp_path_factory.mktemp("gateway"), POSTGRES) as started:
        yield started


@pytest.fixture(scope="session")
def grants(gateway):
    return grants_of(gateway)


@pytest.fixture
def laptop(gateway, grants):
    """A laptop of Ashby Road's, signed in already."""
    with Laptop(gateway.url, grant=grants["ashby"]) as ready:
        yield ready


@pytest.fixture
def other_laptop(gateway, grants):
    with Laptop(gateway.url, "birch", grant=grants["birch"]) as ready:
        yield ready


@pytest.fixture
def new_laptop(gateway):
    """A laptop that has never signed in."""
    with Laptop(gateway.url) as ready:
        yield ready
