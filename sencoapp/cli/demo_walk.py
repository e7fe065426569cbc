"""``sencoapp demo``: the whole main job on the demo school, without a window and without a network outside this computer.

Everything is the real thing: the encrypted record, the documents, the gateway in a process of its own on a free
loopback port, the sign-in, the officer's page. The files it leaves are those that a school and a council would have.
"""

import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from sencoapp import reference
from sencoapp.app import App, Workplace, save_whole
from sencoapp.domain.casework import Request, Submission
from sencoapp.domain.dates import weekday_date
from sencoapp.domain.people import Pupil
from sencoapp.domain.plain import to_plain
from sencoapp.domain.plan import DataPoint, Rating
from sencoapp.domain.provision_map import MapQuery
from sencoapp.domain.refusals import Fault, Refusal
from sencoapp.services import documents, imports, observations, plans, provision, requests, submissions
from sencoapp.services.map_content import school_map_content
from sencoapp.services.provision_map import usual_period
from sencoapp.services.signing_off import OnPaper, head_teacher_named, sign_off_request

PASSPHRASE = "the demo school"  # noqa: S105 (the demo holds no real person)
PROFILE = "profile"
NEWCOMERS = "9992017_CTF_9992041_001.xml"
OFFICER, SCHOOL = "demo.officer", "demo.school"


def walk(out: Path) -> None:
    """Leaves the map, the pack, the receipt and pictures in ``out`` and prints where they are."""
    out = out.expanduser().resolve()
    folder = _fresh_profile(out)
    _say("building")
    app = App()
    place = app.begin_demo(folder, PASSPHRASE)
    try:
        _import_newcomers(place)
        request = _request_in_progress(place)
        _finish_cycle(place, request.pupil)
        _write_maps(place, out, request.pupil)
    finally:
        place.close()
    _take_pictures(out, folder)  # the window is a program of its own, and one at a time uses a record
    place = app.open(folder, PASSPHRASE)
    try:
        with _gateway() as (address, password):
            submission = _pack_and_submit(place, out, request, address, password)
            _decide(address, password, submission.id)
            _fetch_decision(place, address, password)
        _write_receipt(place, out, submission)
        if not all(each.sound for each in place.session.record.verify()):
            raise Fault("record_damaged")
        _say("verified")
    finally:
        place.close()
    _say("finished", folder=out)


def _fresh_profile(out: Path) -> Path:
    """An empty place for the demo profile; one that an earlier demo left is replaced, anything else is left alone."""
    folder = out / PROFILE
    mark = out / "demo.txt"
    if folder.exists():
        if not mark.exists():
            raise Refusal("folder_not_empty", folder=str(folder))
        shutil.rmtree(folder)
    out.mkdir(parents=True, exist_ok=True)
    save_whole(mark, (reference.say("demo.mark", passphrase=PASSPHRASE) + "\n").encode())
    return folder


def _import_newcomers(place: Workplace) -> None:
    path = reference.path_of("demo", NEWCOMERS)
    read = place.pupil_files.read(path.name, path.read_bytes(), today=place.session.clock.today())
    plan = imports.plan_import(place.session, read)
    assert plan is not None
    imports.carry_out_import(place.session, plan)
    _say("imported", added=len(plan.added), file=path.name)


def _request_in_progress(place: Workplace) -> Request:
    return next(each for each in place.session.record.find(Request) if each.state == "draft")


def _finish_cycle(place: Workplace, pupil: str) -> None:
    """A note, and the pupil's open cycle taken through to its closing."""
    session = place.session
    name = reference.say
    observations.record_observation(session, pupils=[pupil], text=name("demo.note"), kind="progress", area="ci")
    open_cycles = [each for each in plans.cycles_of(session.record, pupil) if each.closed_on is None]
    cycle = open_cycles[0] if open_cycles else plans.start_cycle(session, pupil)[0]
    today = session.clock.today()
    wanted = replace(
        cycle,
        assess_summary=cycle.assess_summary or name("demo.assess"),
        assessed_on=cycle.assessed_on or today,
        planned_on=cycle.planned_on or today,
        reviewed_on=today,
        review_summary=name("demo.review"),
        review_attended_by=name("demo.attended"),
        decision=name("demo.decision"),
        copy_given_on=today,
    )
    plans.change_cycle(session, cycle, wanted)
    if not plans.plan_page(session.record, cycle.id).outcomes:
        plans.add_outcome(session, cycle.id, {"text": name("demo.outcome"), "baseline": "2", "target": "10", "by_on": cycle.review_due_on})
    for outcome in plans.plan_page(session.record, cycle.id).outcomes:
        measured = sorted(session.record.find(DataPoint, outcome=outcome.id), key=lambda each: each.measured_on)
        result = measured[-1].value if measured else outcome.result or outcome.baseline
        rating: Rating = "not_met" if result == outcome.baseline else "some"
        plans.change_outcome(session, outcome, replace(outcome, rating=rating, result=result, next="change"))
    plans.record_view(session, pupil, "pupil", text=name("demo.pupil_view"), method=name("demo.spoken"), cycle=cycle.id)
    plans.record_view(session, pupil, "parents", text=name("demo.parents_view"), method=name("demo.meeting"), cycle=cycle.id)
    following, _ = plans.close_cycle(session, cycle.id)
    _say("closed", number=cycle.number, following=following.number, name=_name(place, pupil))


def _write_maps(place: Workplace, out: Path, pupil: str) -> None:
    content = school_map_content(place.session, MapQuery(usual_period(place.session)))
    rooms = place.documents
    for filename, made in (
        ("provision-map.pdf", rooms.school_map_pdf(content)),
        ("provision-map.xlsx", rooms.school_map_xlsx(content)),
        ("provision-of-one-pupil.pdf", rooms.provision_map_pdf(provision.map_content(place.session, pupil))),
    ):
        _give_out(place, out / filename, made, filename)
    _say("costed", cost=provision.money(content["total"]["planned_pence"]), pupils=content["pupils"])


def _pack_and_submit(place: Workplace, out: Path, request: Request, address: str, password: str) -> Submission:
    from sencoapp.sync.form_browser import signing_in

    session = place.session
    requests.write_answer(session, request.id, "why_an_assessment", reference.say("demo.why"))
    state = requests.check_readiness(session, request)
    _say("ready", sentence=state.sentence)
    sign_off_request(session, request.id, OnPaper(head_teacher_named(session, request.id), session.clock.today()))
    pack, _ = requests.freeze(session, place.documents, request.id)
    _, content = requests.read_pack(session, pack.id)
    _give_out(place, out / "request-pack.pdf", content, reference.say("requests.pack_title", version=pack.version))
    _say("packed", pages=pack.pages)
    submission, _ = submissions.prepare_submission(session, pack.id, address)
    council, grant = App().connect(address, place.grant_for(address), signing_in(SCHOOL, password))
    place.keep_grant(address, grant)
    sent, _ = submissions.send_submission(session, council, submission.id)
    again, _ = submissions.send_submission(session, council, submission.id)
    assert again == sent  # sending twice is one submission
    assert sent.received_at is not None
    _say("received", day=weekday_date(sent.received_at.astimezone().date()))
    return sent


def _decide(address: str, password: str, submission: str) -> None:
    """What a council officer does in the browser: reads the submission and records a decision."""
    from sencoapp.sync.form_browser import FormBrowser

    with FormBrowser() as browser:
        browser.fill(f"{address}/officer/sign-in", "sign-in", {"username": OFFICER, "password": password})
        page = f"{address}/officer/submissions/{submission}"
        browser.fill(page, "checking")
        browser.fill(page, "decision", {"decision": "assess", "text": reference.say("demo.event_assess")})


def _fetch_decision(place: Workplace, address: str, password: str) -> None:
    from sencoapp.sync.form_browser import signing_in

    council, grant = App().connect(address, place.grant_for(address), signing_in(SCHOOL, password))
    place.keep_grant(address, grant)
    fresh, _ = submissions.fetch_replies(place.session, council, address)
    if not any(each.kind == "decision_issued" for each in fresh):
        raise Fault("no_decision_came")
    _say("decided", text=next(each.text for each in fresh if each.kind == "decision_issued") or "")


def _write_receipt(place: Workplace, out: Path, submission: Submission) -> None:
    """The council's receipt as it came, with what it states and the dates that follow from it."""
    found = place.session.record.get(Submission, submission.id)
    assert found is not None
    assert found.received_at is not None
    dates = requests.request_deadlines(found.received_at.astimezone().date())
    plain = {
        "submission": found.id,
        "manifest_sha256": found.manifest_sha256,
        "received_at": to_plain(found.received_at),
        "receipt": found.receipt,
        "deadlines": [requests.deadline_content(each) for each in dates],
    }
    _give_out(place, out / "receipt.json", json.dumps(plain, ensure_ascii=False, indent=2).encode(), "receipt.json")


@contextmanager
def _gateway() -> Iterator[tuple[str, str]]:
    """The reference gateway on a free port of this computer, with accounts that end with it."""
    with tempfile.TemporaryDirectory(prefix="sencoapp-demo-") as data:
        password = secrets.token_urlsafe(18)
        secret = Path(data) / "password.txt"
        secret.touch(mode=0o600)
        secret.write_text(password)
        process = subprocess.Popen(  # noqa: S603 (our own gateway)
            [
                sys.executable,
                "-m",
                "sencoapp.council",
                "serve",
                "--demo",
                "--data",
                str(Path(data) / "gateway"),
                "--password-file",
                str(secret),
            ],
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            address = next((word for word in line.split() if word.startswith("http://")), None)
            if address is None:
                raise Fault("gateway_did_not_start")
            _say("gateway", address=address)
            yield address, password
        finally:
            process.terminate()
            process.wait()
            if process.stdout is not None:
                process.stdout.close()


def _take_pictures(out: Path, folder: Path) -> None:
    """Pictures of the main pages, drawn offscreen in a process of their own; without Qt it says so."""
    pictures = out / "pictures"
    with tempfile.TemporaryDirectory(prefix="sencoapp-demo-") as data:
        secret = Path(data) / "passphrase.txt"
        secret.touch(mode=0o600)
        secret.write_text(PASSPHRASE)
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "SENCOAPP_PASSPHRASE_FILE": str(secret)}
        done = subprocess.run(  # noqa: S603 (our own window)
            [sys.executable, "-m", "ui", "--pictures", str(pictures), "--profile", str(folder)],
            env=environment,
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        _say("no_pictures", reason=(done.stderr.strip().splitlines() or [""])[-1])
    else:
        _say("pictures", count=len(list(pictures.glob("*.png"))), folder=pictures)


def _give_out(place: Workplace, path: Path, content: bytes, what: str) -> None:
    save_whole(path, content)
    documents.record_disclosure(
        place.session, what, content, recipient=place.session.actor.name, purpose=reference.say("cli.purpose_saved")
    )
    _say("written", file=path)


def _name(place: Workplace, pupil: str) -> str:
    found = place.session.record.get(Pupil, pupil)
    assert found is not None
    return found.name


def _say(key: str, **details: object) -> None:
    print(reference.say(f"walk.{key}", **details), flush=True)
