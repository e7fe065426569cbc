"""The real gateway in a process of its own, and real laptops of its schools."""

import hashlib
import os
import secrets
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from sencoapp.api.messages import CHUNK_BYTES, canonical
from sencoapp.council import tables
from sencoapp.council.gateway import Gateway
from sencoapp.council.settings import Settings
from sencoapp.sync.council_client import CouncilClient
from sencoapp.sync.form_browser import FormBrowser, signing_in
from sencoapp.sync.transport import Transport

PASSWORD = "four words that differ"
ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass
class RunningGateway:
    """A gateway that listens. ``stop`` and ``start`` keep its data; ``kill`` is as a power cut."""

    data: Path
    database: str | None = None
    url: str = ""
    port: int = 0
    process: subprocess.Popen = field(default=None)  # type: ignore[assignment]

    def start(self):
        command = [sys.executable, "-m", "sencoapp.council", "serve", "--data", str(self.data), "--port", str(self.port)]
        environment = {**os.environ, **({"SENCOAPP_GATEWAY_DB": self.database} if self.database else {})}
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
        line = self.process.stdout.readline()
        assert line.startswith("Gateway listening on http://127.0.0.1:"), line + self.process.stderr.read()
        self.url = line.split()[-1]
        self.port = int(self.url.rpartition(":")[2])
        return self

    def stop(self):
        """Ends it in order, and hands back what it wrote on stderr."""
        self.process.terminate()
        _, said = self.process.communicate(timeout=20)
        return said

    def kill(self):
        self.process.kill()
        self.process.communicate(timeout=20)

    def opened(self):
        """The same data, opened beside the running process: as an administrator's command does."""
        return Gateway.open(Settings(self.data, self.url or "http://127.0.0.1", self.database))

    def add_people(self):
        gateway = self.opened()
        try:
            self.school = gateway.accounts.add_school("Ashby Road Primary School", "100001")
            other = gateway.accounts.add_school("Birch Lane Primary School", "100002")
            gateway.accounts.add_person("ashby", "Rosa Ashby", "school", PASSWORD, self.school)
            gateway.accounts.add_person("birch", "Ben Birch", "school", PASSWORD, other)
            gateway.accounts.add_person("officer", "Olive Officer", "officer", PASSWORD)
        finally:
            gateway.close()
        return self

    @contextmanager
    def reading(self):
        """What the database holds, read while the gateway runs."""
        gateway = self.opened()
        try:
            with gateway.database.reading() as connection:
                yield connection
        finally:
            gateway.close()

    def query(self, statement):
        with self.reading() as connection:
            return list(connection.execute(statement).mappings())


@contextmanager
def running(data, database=None):
    if database:
        engine = sa.create_engine(database)
        tables.everything.drop_all(engine)
        engine.dispose()
    gateway = RunningGateway(data, database).add_people().start()
    try:
        yield gateway
    finally:
        if gateway.process.poll() is None:
            gateway.kill()


class Laptop:
    """A school's laptop: its client, and the grants that it kept."""

    def __init__(self, url, username="ashby", *, grant=None, **transport):
        self.grants = [grant] if grant else []
        transport.setdefault("sleep", lambda _seconds: None)
        self.transport = Transport(url, **transport)
        self.opened = []
        self.username = username
        self.client = CouncilClient(self.transport, grant, self.grants.append, open_url=self.open_url)

    def open_url(self, url):
        self.opened.append(url)
        return signing_in(self.username, PASSWORD)(url)

    @property
    def grant(self):
        return self.grants[-1]

    def send_all(self, manifest, pieces, id):
        for digest in self.client.missing_chunks(list(pieces)):
            self.client.put_chunk(digest, pieces[digest])
        return self.client.submit(id, manifest)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.client.close()


def new_id():
    return secrets.token_hex(16)


def cut(content):
    pieces = [content[start : start + CHUNK_BYTES] for start in range(0, len(content), CHUNK_BYTES)]
    return {hashlib.sha256(each).hexdigest(): each for each in pieces}


def pack_of(content, **changes):
    """A manifest with one document, as canonical bytes, and its pieces by their digest."""
    pieces = cut(content)
    manifest = {
        "version": 1,
        "school": {"name": "Ashby Road Primary School", "urn": "100001", "laNumber": "855", "estab": "2001"},
        "pupil": {
            "localId": "p1",
            "UPN": "R201100018042",
            "surname": "Quillfeather",
            "forename": "Maya",
            "preferredForename": "May",
            "personBirthDate": "2018-03-14",
            "sex": "F",
            "ncYearActual": "3",
            "regGroup": "3 Oak",
            "postCode": "LE67 1AA",
        },
        "sen": {
            "SENprovision": "K",
            "needs": [{"SENtype": "SLCN", "SENtypeRank": 1}, {"SENtype": "SEMH", "SENtypeRank": 2, "start": "2025-01-10"}],
        },
        "contacts": [
            {"order": 1, "name": "Mrs Joan Quillfeather", "relationship": "PAM", "responsibility": True, "phones": ["01632 960001"]},
            {"order": 2, "name": "Mr Tom Reed", "relationship": "CAR", "responsibility": False, "interpreter": True},
        ],
        "request": {
            "id": "r1",
            "kind": "ehc_needs_assessment",
            "source": "school",
            "form": "ehcna",
            "submittedAt": "2026-11-24T10:00:00Z",
            "signedOffBy": "Mrs R. Adeyemi",
            "parentsToldOn": "2026-11-02",
            "parentConsent": {"obtained": True},
            "reasons": "Maya has had three cycles of support for her speech.\nShe has made less progress than her friends.",
        },
        "provision": [
            {
                "what": "Talk Boost",
                "by": "Mr Patel, teaching assistant",
                "groupSize": 4,
                "frequency": "3 a week",
                "duration": 30,
                "costPence": 123840,
                "from": "2026-01-05",
                "to": "2026-07-17",
            },
            {"what": "Speech sounds, with a plan from the therapist", "groupSize": 1, "frequency": "5 a week", "costPence": 45100},
        ],
        "documents": [
            {
                "id": "d1",
                "filename": "request-1.pdf",
                "title": "Request for an EHC needs assessment, Maya Quillfeather, version 1",
                "mediaType": "application/pdf",
                "bytes": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
                "category": "request",
                "pages": 24,
                "chunks": list(pieces),
            }
        ],
    }
    for pointer, value in changes.items():
        _put(manifest, pointer.split("__"), value)
    return canonical(manifest), pieces


def _put(place, path, value):
    for each in path[:-1]:
        place = place[int(each) if isinstance(place, list) else each]
    name = int(path[-1]) if isinstance(place, list) else path[-1]
    if value is ...:
        del place[name]
    else:
        place[name] = value


def grants_of(gateway):
    """A sign-in for each school, to be shared by tests that are about something else."""
    found = {}
    for username in ("ashby", "birch"):
        with Laptop(gateway.url, username) as laptop:
            found[username] = laptop.client.grant()
    return found


def officer_at(gateway, username="officer"):
    """A signed-in officer's browser."""
    browser = FormBrowser()
    page = browser.fill(f"{gateway.url}/officer/sign-in", "sign-in", {"username": username, "password": PASSWORD})
    assert page.url == f"{gateway.url}/officer", page.text
    return browser
