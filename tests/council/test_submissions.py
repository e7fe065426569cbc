"""What the gateway takes and what it refuses, with the reason as a problem document (RFC 9457)."""

import json
import os

import pytest
import sqlalchemy as sa

from sencoapp.api.messages import CHUNK_BYTES, FILE_BYTES, MANIFEST_BYTES, canonical
from sencoapp.council import tables
from tests.council.running import new_id, pack_of

PUT = {"If-None-Match": "*", "Content-Type": "application/json"}


@pytest.fixture
def ask(laptop):
    return laptop.client._ask


def put(ask, id, manifest, **headers):
    return ask("PUT", f"/v1/submissions/{id}", data=manifest, headers={**PUT, **headers})


def problem(answer, status, kind):
    assert (answer.status, answer.headers["Content-Type"]) == (status, "application/problem+json"), answer
    found = answer.object()
    assert found["type"] == f"urn:sencoapp:problem:{kind}"
    assert found["status"] == status
    return found


def test_a_piece_is_kept_once_and_comes_back_as_it_was(ask):
    _, pieces = pack_of(os.urandom(5000))
    [(digest, content)] = pieces.items()
    assert [ask("PUT", f"/v1/chunks/{digest}", data=content).status for _ in range(2)] == [201, 200]
    assert ask("GET", f"/v1/chunks/{digest}").content == content


def test_a_piece_with_another_hash_is_refused(ask, gateway):
    digest = "ab" * 32
    problem(ask("PUT", f"/v1/chunks/{digest}", data=b"something else"), 422, "another-digest")
    assert ask("POST", "/v1/chunks/missing", json={"sha256": [digest]}).object() == {"missing": [digest]}


def test_a_piece_of_exactly_one_mebibyte_is_taken_and_one_byte_more_is_not(ask):
    _, pieces = pack_of(os.urandom(CHUNK_BYTES))
    [(digest, content)] = pieces.items()
    assert ask("PUT", f"/v1/chunks/{digest}", data=content).status == 201
    problem(ask("PUT", f"/v1/chunks/{digest}", data=content + b"x"), 413, "too-large")


def test_a_manifest_that_is_too_large_is_refused(ask):
    problem(put(ask, new_id(), b" " * (MANIFEST_BYTES + 1)), 413, "too-large")


@pytest.mark.parametrize("digest", ["AB" * 32, "ab" * 31, "..%2f..%2fetc", "ab" * 33])
def test_a_name_that_is_no_digest_is_refused(ask, digest):
    assert ask("GET", f"/v1/chunks/{digest}").status in (404, 422)


def test_another_manifest_under_the_same_id_is_refused_and_the_first_stands(ask, laptop):
    manifest, pieces = pack_of(os.urandom(100))
    id = new_id()
    receipt = laptop.send_all(manifest, pieces, id)
    other = manifest.replace(b"Maya", b"Ella")
    problem(put(ask, id, other), 409, "another-manifest")
    assert ask("GET", f"/v1/submissions/{id}").object()["receipt"] == receipt.jws


def test_without_if_none_match_nothing_is_created(ask, laptop):
    manifest, _ = pack_of(os.urandom(100))
    id = new_id()
    problem(ask("PUT", f"/v1/submissions/{id}", data=manifest), 428, "if-none-match-needed")
    problem(ask("GET", f"/v1/submissions/{id}"), 404, "not-found")


def test_while_pieces_are_missing_it_is_refused_and_says_how_many(ask, laptop):
    manifest, pieces = pack_of(os.urandom(2 * CHUNK_BYTES + 5))
    laptop.client.missing_chunks(list(pieces))
    digest = next(iter(pieces))
    laptop.client.put_chunk(digest, pieces[digest])
    found = problem(put(ask, new_id(), manifest), 422, "chunks-missing")
    assert found["missing"] == 2


@pytest.mark.parametrize(
    ("change", "value"),
    [("documents__0__sha256", "0" * 64), ("documents__0__bytes", 99)],
)
def test_pieces_that_do_not_make_the_file_are_refused(ask, laptop, change, value):
    manifest, pieces = pack_of(os.urandom(100), **{change: value})
    for digest, content in pieces.items():
        laptop.client.put_chunk(digest, content)
    assert problem(put(ask, new_id(), manifest), 422, "another-file")["pointer"] == "/documents/0/sha256"


@pytest.mark.parametrize(
    ("change", "value", "pointer"),
    [
        ("pupil__surname", ..., "/pupil/surname"),
        ("pupil__surname", "", "/pupil/surname"),
        ("pupil__surname", 7, "/pupil/surname"),
        ("pupil__personBirthDate", "2018-02-30", "/pupil/personBirthDate"),
        ("sen__needs__0__SENtypeRank", True, "/sen/needs/0/SENtypeRank"),
        ("request__kind", "something", "/request/kind"),
        ("documents", [], "/documents"),
        ("documents__0__filename", "../../etc/passwd", "/documents/0/filename"),
        ("documents__0__mediaType", "text/html; charset=x", "/documents/0/mediaType"),
        ("documents__0__chunks", ["ab" * 32] * 2, "/documents/0/chunks"),
        ("documents__0__bytes", FILE_BYTES + 1, "/documents/0/bytes"),
        ("version", 2, "/version"),
    ],
)
def test_a_manifest_that_is_not_as_agreed_is_refused_with_its_place_and_without_its_content(ask, change, value, pointer):
    manifest, _ = pack_of(b"x", **{change: value})
    answer = put(ask, new_id(), manifest)
    assert problem(answer, 422, "not-as-agreed")["pointer"] == pointer
    assert b"Quillfeather" not in answer.content


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", b"null", b"[" * 100_000, b'{"version":1}', b'{"a": 1}'])
def test_what_is_no_manifest_is_refused(ask, content):
    problem(put(ask, new_id(), content), 422, "not-as-agreed")


def test_members_that_this_gateway_does_not_know_are_let_through(laptop):
    content = os.urandom(10)
    manifest, pieces = pack_of(content)
    newer = canonical({**json.loads(manifest), "annualReview": {"recommendation": "maintain"}})
    assert laptop.send_all(newer, pieces, new_id())


def test_an_event_that_is_not_there_cannot_be_acknowledged(ask):
    assert problem(ask("POST", "/v1/events/ack", json={"through": 10**6}), 422, "no-such-event")["pointer"] == "/through"


@pytest.mark.parametrize("body", [{"json": {"sha256": ["x"]}}, {"json": {}}, {"data": b"{"}, {"json": {"sha256": ["ab" * 32] * 2601}}])
def test_a_question_that_is_not_as_agreed_is_refused(ask, body):
    found = problem(ask("POST", "/v1/chunks/missing", **body), 422, "not-as-agreed")
    assert found["pointer"].startswith("/body")


def test_a_path_that_is_not_there_and_a_method_that_is_not_allowed_are_problems_too(ask):
    problem(ask("GET", "/v1/nothing"), 404, "not-found")
    problem(ask("DELETE", "/v1/events"), 405, "not-allowed")


def test_everything_is_audited_without_content_and_the_chain_holds(gateway, laptop):
    manifest, pieces = pack_of(os.urandom(10))
    id = new_id()
    laptop.send_all(manifest, pieces, id)
    rows = gateway.query(sa.select(tables.audit).order_by(tables.audit.c.seq))
    assert {"sign_in", "code_exchanged", "chunk_received", "submission_received"} <= {each["action"] for each in rows}
    assert [each["seq"] for each in rows] == list(range(1, len(rows) + 1))
    assert not any("Quillfeather" in str(value) for row in rows for value in row.values())
    assert [each["what"] for each in rows if each["action"] == "submission_received"].count(id) == 1


def test_the_gateway_says_that_it_is_well(laptop, ask):
    assert ask("GET", "/healthz").object() == {"status": "ok"}
    assert ask("GET", "/readyz").status in (200, 503)  # 503 where the disk of this computer is nearly full
