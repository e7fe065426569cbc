"""Whatever the network or the gateway does, it is one fault with a sentence that says what to do next."""

import socket
import time
from dataclasses import replace

import pytest

from sencoapp import reference
from sencoapp.crypto.signatures import new_signing_key, public_key
from sencoapp.domain.refusals import Fault
from sencoapp.sync import transport as transports
from sencoapp.sync.council_client import CouncilClient, connect
from sencoapp.sync.tokens import Grant
from sencoapp.sync.transport import Transport, gateway_address
from tests.council.running import Laptop, new_id, pack_of
from tests.sync.wires import Wire, answers, resets, says, says_and_waits

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n"
CAPABILITIES = "/v1/capabilities"


def key_of(trouble):
    """The key of a fault whose sentence can be read out."""
    assert len(reference.explain(trouble)) > 40
    assert "{" not in reference.explain(trouble)
    return trouble.key


def fault_of(wire, **options):
    pauses = []
    transport = Transport(wire.url if isinstance(wire, Wire) else wire, sleep=pauses.append, **options)
    client = CouncilClient(transport, None, lambda _: None)
    try:
        with pytest.raises(Fault) as raised:
            client.replies(0)
    finally:
        client.close()
    return key_of(raised.value), pauses


@pytest.mark.parametrize(
    ("behave", "key", "tries"),
    [
        (resets, "council_breaks_off", 4),
        (says(b""), "council_breaks_off", 4),
        (says(HEAD + b'{"api"'), "council_breaks_off", 4),
        (says(b"SSH-2.0-OpenSSH_9.2\r\n"), "council_breaks_off", 4),
        (answers(b"<html>Sign in to the network</html>"), "council_nonsense", 1),
        (answers(b"[]"), "council_nonsense", 1),
        (answers(b'{"api": "1.0.0"}'), "council_nonsense", 1),
        (answers(b"\xff\xfe"), "council_nonsense", 1),
        (answers(b"[" * 100_000), "council_nonsense", 1),
        (answers(status="302 Found", Location="http://wifi.example/"), "council_nonsense", 1),
        (answers(status="404 Not Found"), "council_does_not_have_it", 1),
        (answers(status="418 Teapot"), "council_nonsense", 1),
        (answers(status="403 Forbidden"), "council_forbids", 1),
        (answers(status="426 Upgrade Required"), "council_needs_newer", 1),
        (answers(b'{"api": "2.0.0"}'), "council_needs_newer", 1),
        (answers(b'{"api": "1.0.0", "min_client": "99.0"}'), "council_needs_newer", 1),
        (answers(status="500 Internal Server Error"), "council_trouble", 1),
        (answers(status="502 Bad Gateway"), "council_trouble", 4),
        (answers(status="503 Service Unavailable"), "council_busy", 4),
        (answers(b"x" * 10, Content_Encoding="gzip"), "council_breaks_off", 4),
    ],
)
def test_each_misbehaviour_has_its_sentence(behave, key, tries):
    with Wire(behave) as wire:
        assert fault_of(wire)[0] == key
        assert len(wire.requests) == tries


def test_an_answer_without_end_is_cut_off(monkeypatch):
    monkeypatch.setattr(transports, "LARGEST_ANSWER", 100_000)
    with Wire(answers(b"x" * 1_000_000)) as wire:
        assert fault_of(wire)[0] == "council_nonsense"


@pytest.mark.parametrize("raw", [b"", b"HTTP/1.1 200 OK\r\n", HEAD + b'{"api"'], ids=["silent", "no head", "half a body"])
def test_a_gateway_that_stops_talking_is_not_waited_for(raw):
    with Wire(says_and_waits(raw)) as wire:
        assert fault_of(wire, read_seconds=0.2)[0] == "council_slow"


def test_a_gateway_that_is_not_there():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    key, pauses = fault_of(f"http://127.0.0.1:{port}")
    assert (key, pauses) == ("council_unreachable", [0.5, 1.0, 2.0])


def test_a_name_that_nobody_knows(monkeypatch):
    _no_proxies(monkeypatch)
    assert fault_of("https://gateway.invalid")[0] == "council_name_unknown"


def test_a_line_that_is_not_private(monkeypatch):
    _no_proxies(monkeypatch)
    with Wire(answers()) as wire:  # it speaks no TLS
        wire.hear = lambda connection: connection.recv(1) and b"hello\r\n"
        assert fault_of(wire.url.replace("http", "https"))[0] == "council_not_private"


def test_a_busy_gateway_says_how_long_to_wait():
    with Wire(answers(status="429 Too Many Requests", Retry_After="7")) as wire:
        assert fault_of(wire) == ("council_busy", [7.0, 7.0, 7.0])
    with Wire(answers(status="503 Service Unavailable", Retry_After="86400")) as wire:
        assert fault_of(wire) == ("council_busy", [30.0, 30.0, 30.0])


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" https://send.example.gov.uk/ ", "https://send.example.gov.uk"),
        ("https://send.example.gov.uk:8443", "https://send.example.gov.uk:8443"),
        ("http://127.0.0.1:5000", "http://127.0.0.1:5000"),
        ("http://[::1]:5000/", "http://[::1]:5000"),
        ("HTTPS://Send.Example.GOV.uk", "https://send.example.gov.uk"),
    ],
)
def test_an_address_is_kept_in_one_form(typed, kept):
    assert gateway_address(typed) == kept


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("", "council_address_not_understood"),
        ("send.example.gov.uk", "council_address_not_understood"),
        ("ftp://send.example.gov.uk", "council_address_not_understood"),
        ("https://", "council_address_not_understood"),
        ("https://a:b@send.example.gov.uk", "council_address_not_understood"),
        ("https://send.example.gov.uk/below?x", "council_address_not_understood"),
        ("https://[", "council_address_not_understood"),
        ("https://send.example.gov.uk:99999", "council_address_not_understood"),
        ("http://send.example.gov.uk", "council_address_needs_https"),
        ("http://127.0.0.1.example.org", "council_address_needs_https"),
    ],
)
def test_what_cannot_be_a_gateways_address_is_refused_before_anything_is_sent(typed, key):
    with pytest.raises(Fault) as raised:
        connect(typed, None, lambda _: None)
    assert key_of(raised.value) == key


class TestSignedIn:
    """Against the real gateway."""

    def test_a_wrong_clock_does_no_harm(self, gateway):
        for days in (-400, 3):
            with Laptop(gateway.url, clock=lambda days=days: time.time() + days * 86400) as laptop:
                assert laptop.client.missing_chunks(["ab" * 32]) == ["ab" * 32]
                assert len(laptop.opened) == 1

    def test_given_an_access_token_that_ended_then_it_is_renewed_without_a_person(self, gateway, laptop):
        laptop.client.replies(0)
        laptop.client._grant = replace(laptop.grant, expires_at=0.0)
        laptop.client.replies(0)
        laptop.client._grant = replace(laptop.grant, access_token="void")
        laptop.client.replies(0)
        assert laptop.opened == []
        assert len(laptop.grants) == 3

    def test_given_a_sign_in_that_ended_then_a_person_is_asked_again(self, gateway, laptop):
        laptop.client.replies(0)
        ended = replace(laptop.grant, access_token="void", refresh_token="void")
        laptop.client._grant = ended
        laptop.client.replies(0)
        assert len(laptop.opened) == 1
        alone = CouncilClient(laptop.transport, ended, laptop.grants.append)
        with pytest.raises(Fault) as raised:
            alone.replies(0)
        assert key_of(raised.value) == "council_sign_in_again"

    def test_given_a_receipt_that_another_key_signed_then_it_is_not_believed(self, gateway, laptop):
        laptop.client.replies(0)
        laptop.client._grant = replace(laptop.grant, receipt_key=public_key(new_signing_key()))
        manifest, pieces = pack_of(b"a file")
        with pytest.raises(Fault) as raised:
            laptop.send_all(manifest, pieces, new_id())
        assert key_of(raised.value) == "council_receipt_wrong"

    def test_given_a_gateway_with_another_key_than_the_pinned_one_then_nothing_is_sent(self, gateway, laptop):
        laptop.client.replies(0)
        pinned = replace(laptop.grant, receipt_key=public_key(new_signing_key()))
        changed = CouncilClient(laptop.transport, pinned, laptop.grants.append, open_url=laptop.open_url)
        with pytest.raises(Fault) as raised:
            changed.replies(0)
        assert key_of(raised.value) == "council_key_changed"

    @pytest.mark.parametrize(
        ("changes", "key"),
        [({"pupil__surname": ""}, "council_rejects"), ({"documents__0__bytes": 27_000_000}, "council_file_too_large")],
    )
    def test_what_the_council_does_not_take_is_told(self, laptop, changes, key):
        manifest, _ = pack_of(b"a file", **changes)
        with pytest.raises(Fault) as raised:
            laptop.client.submit(new_id(), manifest)
        assert key_of(raised.value) == key

    def test_pieces_that_are_missing_and_another_manifest_are_told(self, laptop):
        manifest, pieces = pack_of(new_id().encode())
        id = new_id()
        with pytest.raises(Fault) as raised:
            laptop.client.submit(id, manifest)
        assert key_of(raised.value) == "council_lacks_pieces"
        laptop.send_all(manifest, pieces, id)
        with pytest.raises(Fault) as raised:
            laptop.client.submit(id, manifest.replace(b"Maya", b"Ella"))
        assert key_of(raised.value) == "council_has_another"

    def test_a_grant_survives_being_kept_as_plain_values(self, gateway, laptop):
        laptop.client.replies(0)
        plain = laptop.grant.as_plain()
        assert Grant.from_plain(plain) == laptop.grant
        assert laptop.grant.access_token not in repr(laptop.grant)
        again = connect(gateway.url, plain, lambda _: None)
        assert again.missing_chunks(["ab" * 32]) == ["ab" * 32]
        again.close()


def _no_proxies(monkeypatch):
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
