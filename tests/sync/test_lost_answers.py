"""Given an answer that is lost on its way, when the laptop asks again, then what was done is done once."""

import os

import pytest
import sqlalchemy as sa

from sencoapp.council import tables
from sencoapp.domain.refusals import Fault
from tests.council.running import Laptop, new_id, pack_of
from tests.sync.wires import LosesAnswers


@pytest.fixture
def through(gateway):
    """A laptop whose every connection goes through a line that loses answers."""

    def connected(lose):
        wire = LosesAnswers(gateway, lose)
        laptop = Laptop(gateway.url)
        laptop.transport._session.proxies = {"http": wire.url}
        return wire, laptop

    return connected


@pytest.mark.parametrize("lose", ["PUT /v1/submissions", "PUT /v1/chunks", "POST /token", "POST /v1/chunks/missing", "GET /v1/events", "/"])
def test_any_answer_may_be_lost(gateway, through, lose):
    manifest, pieces = pack_of(os.urandom(1_500_000))
    id = new_id()
    wire, laptop = through(lambda first: lose in first)
    with wire, laptop:
        receipt = _patiently(lambda: laptop.send_all(manifest, pieces, id))
        replies = _patiently(lambda: laptop.client.replies(0))
    assert wire.lost
    assert receipt.submission == id
    assert isinstance(replies, list)
    [count] = gateway.query(sa.select(sa.func.count().label("count")).select_from(tables.submission).where(tables.submission.c.id == id))
    assert count["count"] == 1
    audited = sa.select(tables.audit).where(tables.audit.c.what == id, tables.audit.c.action == "submission_received")
    assert len(gateway.query(audited)) == 1


def _patiently(step):
    """A code is good once: where its answer is lost, the person is told, and signs in again."""
    try:
        return step()
    except Fault as trouble:
        if trouble.key != "sign_in_refused":
            raise
        return step()
