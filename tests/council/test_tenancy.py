"""Every operation of the contract, made from the file so that none is forgotten: without a token, for another school, for an officer."""

import pytest
import requests
import yaml

from tests.council.regenerate_contract import CONTRACT
from tests.council.running import Laptop, new_id, officer_at, pack_of

OPEN = {"capabilities", "authorize", "token", "authorisation_server", "healthz", "readyz"}
OPERATIONS = [
    pytest.param(method, path, operation, id=operation["operationId"])
    for path, operations in yaml.safe_load(CONTRACT.read_text("utf-8"))["paths"].items()
    for method, operation in operations.items()
]
CONTENT = b"what only Ashby Road has sent"


@pytest.fixture(scope="module")
def sent(gateway, grants):
    """Something of one school's: a submission, its manifest and its one piece."""
    manifest, pieces = pack_of(CONTENT)
    id = new_id()
    with Laptop(gateway.url, grant=grants["ashby"]) as laptop:
        laptop.send_all(manifest, pieces, id)
    return {"submission": id, "sha256": next(iter(pieces)), "manifest": manifest}


@pytest.fixture(scope="module")
def officer(gateway):
    with officer_at(gateway) as browser:
        yield browser


def _call(operation, sent):
    if operation["operationId"] == "submit":
        return {"data": sent["manifest"], "headers": {"If-None-Match": "*"}}
    bodies = {
        "missing_chunks": {"json": {"sha256": [sent["sha256"]]}},
        "put_chunk": {"data": CONTENT},
        "acknowledge": {"json": {"through": 0}},
    }
    return bodies.get(operation["operationId"], {})


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS)
def test_every_operation_names_who_may_use_it(method, path, operation):
    assert ("security" in operation) is (operation["operationId"] not in OPEN)


@pytest.mark.parametrize(("method", "path", "operation"), [each for each in OPERATIONS if each.values[2]["operationId"] not in OPEN])
class TestClosed:
    def test_without_a_token(self, gateway, sent, method, path, operation):
        answer = requests.request(method, gateway.url + path.format(**sent), timeout=10, **_call(operation, sent))
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"].startswith("DPoP")
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json()["type"] == "urn:sencoapp:problem:sign-in-needed"

    def test_with_an_officers_session(self, gateway, officer, sent, method, path, operation):
        answer = officer._session.request(method, gateway.url + path.format(**sent), timeout=10, **_call(operation, sent))
        assert answer.status_code == 401

    def test_for_another_school(self, gateway, other_laptop, sent, method, path, operation):
        call = _call(operation, sent)
        if operation["operationId"] == "put_chunk":  # a school that has the same piece may send it; then it is its own
            call = {"data": b"something else under the same name"}
        answer = other_laptop.client._ask(method.upper(), path.format(**sent), **call)
        if operation["operationId"] == "put_chunk":
            assert answer.status == 422
        elif "{" in path:
            assert answer.status == 404
        else:
            # Not about anything of the other school's: the answer is as if that school were not there.
            assert answer.status in (200, 201)
            if operation["operationId"] == "missing_chunks":
                assert answer.object() == {"missing": [sent["sha256"]]}
            if operation["operationId"] == "events":
                assert all(each["submission"] != sent["submission"] for each in answer.object()["events"])


def test_given_a_piece_that_another_school_sent_when_asked_for_then_it_is_missing(gateway, laptop, other_laptop):
    _, pieces = pack_of(new_id().encode())
    [(digest, content)] = pieces.items()
    laptop.client.put_chunk(digest, content)
    assert other_laptop.client.missing_chunks([digest]) == [digest]
    assert laptop.client.missing_chunks([digest]) == []


@pytest.mark.parametrize("path", ["/officer", "/officer/submissions/{submission}", "/officer/submissions/{submission}/documents/d1"])
def test_the_officers_pages_ask_a_school_to_sign_in_as_an_officer(gateway, laptop, sent, path):
    laptop.client.replies(0)
    answer = laptop.client._ask("GET", "/healthz")
    assert answer.status == 200
    proven = requests.get(
        gateway.url + path.format(**sent),
        headers={"Authorization": f"DPoP {laptop.grant.access_token}"},
        allow_redirects=False,
        timeout=10,
    )
    assert (proven.status_code, proven.headers["Location"]) == (303, "/officer/sign-in")


@pytest.mark.parametrize("step", ["checking", "information", "message", "decision"])
def test_nothing_is_recorded_without_a_session(gateway, sent, step):
    answer = requests.post(
        f"{gateway.url}/officer/submissions/{sent['submission']}/{step}", data={"text": "x"}, allow_redirects=False, timeout=10
    )
    assert answer.status_code == 403
