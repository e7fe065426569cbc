"""A request's way to the council and back, with a real gateway in a process of its own and real HTTP."""

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor

import sqlalchemy as sa

from sencoapp.council import audit, tables
from sencoapp.services.ports import Council
from tests.council.running import Laptop, new_id, officer_at, pack_of, running


def test_a_laptop_signs_in_sends_a_pack_and_sees_the_decision(gateway, new_laptop):
    laptop = new_laptop
    council: Council = laptop.client
    content, id = os.urandom(2_500_000), new_id()
    manifest, pieces = pack_of(content)

    assert council.missing_chunks(list(pieces)) == list(pieces)
    for digest, piece in pieces.items():
        council.put_chunk(digest, piece)
    receipt = council.submit(id, manifest)

    assert (receipt.submission, receipt.manifest_sha256) == (id, hashlib.sha256(manifest).hexdigest())
    assert laptop.opened[0].startswith(f"{gateway.url}/authorize?")
    assert len(laptop.opened) == 1

    after = max((each.seq for each in council.replies(0)), default=0)
    page = f"{gateway.url}/officer/submissions/{id}"
    with officer_at(gateway) as officer:
        assert "Maya Quillfeather" in officer.load(f"{gateway.url}/officer").text
        officer.fill(page, "checking")
        officer.fill(page, "information", {"text": "Send the latest report of the speech therapist."})
        officer.fill(page, "message", {"text": "Thank you."})
        done = officer.fill(page, "decision", {"decision": "assess", "text": "The evidence meets section 36(8)."})
        assert "on its way to the school" in done.text

    replies = council.replies(after)
    assert [each.seq for each in replies] == [after + 1, after + 2, after + 3, after + 4]
    assert [each.kind for each in replies] == ["status_changed", "information_requested", "message", "decision_issued"]
    assert {each.submission for each in replies} == {id}
    assert (replies[-1].status, replies[-1].decision, replies[-1].text) == ("decided", "assess", "The evidence meets section 36(8).")
    assert council.replies(after + 4) == []
    [school] = gateway.query(sa.select(tables.school).where(tables.school.c.id == gateway.school))
    assert school["events_acked"] == school["events_head"] == after + 4


def test_sending_twice_gives_the_very_same_receipt(gateway, laptop):
    manifest, pieces = pack_of(os.urandom(1000))
    id = new_id()
    first = laptop.send_all(manifest, pieces, id)
    assert laptop.send_all(manifest, pieces, id) == first
    assert laptop.client.submit(id, manifest).jws == first.jws
    assert _submissions(gateway, id) == 1


def test_a_second_laptop_of_the_school_with_the_same_submission_gets_the_same_receipt(gateway, laptop):
    manifest, pieces = pack_of(os.urandom(1000))
    id = new_id()
    first = laptop.send_all(manifest, pieces, id)
    with Laptop(gateway.url) as second:
        assert second.client.submit(id, manifest) == first


def test_given_a_gateway_that_is_killed_half_way_when_it_is_back_then_only_what_is_missing_is_sent(tmp_path):
    manifest, pieces = pack_of(os.urandom(3_000_000))
    digests = list(pieces)
    with running(tmp_path / "gateway") as gateway, Laptop(gateway.url) as laptop:
        laptop.client.missing_chunks(digests)
        laptop.client.put_chunk(digests[0], pieces[digests[0]])
        gateway.kill()
        gateway.start()
        assert laptop.client.missing_chunks(digests) == digests[1:]
        id = new_id()
        receipt = laptop.send_all(manifest, pieces, id)
        gateway.kill()
        gateway.start()
        assert laptop.client.submit(id, manifest) == receipt
        assert len(laptop.opened) == 1  # the sign-in outlives the gateway
        assert _submissions(gateway, id) == 1
        assert gateway.stop() == ""


def _submissions(gateway, id):
    return gateway.query(sa.select(sa.func.count()).select_from(tables.submission).where(tables.submission.c.id == id))[0]["count_1"]


def test_given_six_laptops_that_sign_in_and_send_the_same_thing_at_once_then_it_is_there_once(gateway):
    manifest, pieces = pack_of(os.urandom(1_500_000))
    id = new_id()
    laptops = [Laptop(gateway.url) for _ in range(6)]
    try:
        with ThreadPoolExecutor(len(laptops)) as pool:
            receipts = list(pool.map(lambda laptop: laptop.send_all(manifest, pieces, id), laptops))
    finally:
        for laptop in laptops:
            laptop.client.close()
    assert len(set(receipts)) == 1
    assert _submissions(gateway, id) == 1
    with gateway.reading() as connection:
        assert audit.verify(connection)[1] is None
