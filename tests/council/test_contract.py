"""The running gateway and ``resources/openapi/council.yaml`` agree; ``regenerate_contract`` says how to change them together."""

import json

import jsonschema
import requests
import yaml

from sencoapp.api.messages import API_VERSION
from tests.council.regenerate_contract import CONTRACT
from tests.council.running import new_id, pack_of

FILE = yaml.safe_load(CONTRACT.read_text("utf-8"))
METHODS = {"get", "put", "post", "delete", "patch"}


def test_the_running_app_and_the_file_agree(gateway):
    running = requests.get(f"{gateway.url}/openapi.json", timeout=10).json()
    assert sorted(running["paths"]) == sorted(FILE["paths"])
    for path, operations in FILE["paths"].items():
        assert sorted(running["paths"][path]) == sorted(operations), path
        for method, operation in operations.items():
            for part in ("parameters", "requestBody", "responses", "security"):
                assert running["paths"][path][method].get(part) == operation.get(part), f"{method} {path} {part}"
    assert running["components"] == FILE["components"]
    assert running == FILE


def test_the_contract_is_openapi_3_1_of_this_version():
    assert FILE["openapi"].startswith("3.1.")
    assert FILE["info"]["version"] == API_VERSION
    assert {each for operations in FILE["paths"].values() for each in operations} <= METHODS


def test_every_reference_leads_somewhere():
    for text in _references(FILE):
        place = FILE
        for step in text.removeprefix("#/").split("/"):
            place = place[step]


def test_what_the_gateway_answers_is_what_the_contract_says(gateway, laptop):
    manifest, pieces = pack_of(b"a small file")
    id = new_id()
    _check(json.loads(manifest), "Manifest")
    laptop.send_all(manifest, pieces, id)
    ask = laptop.client._ask
    _check(ask("GET", f"/v1/submissions/{id}").object(), "SubmissionKept")
    _check(ask("GET", "/v1/events").object(), "Events")
    _check(requests.get(f"{gateway.url}/v1/capabilities", timeout=10).json(), "Capabilities")
    _check(requests.get(f"{gateway.url}/.well-known/oauth-authorization-server", timeout=10).json(), "AuthorisationServer")
    _check(requests.get(f"{gateway.url}/v1/events", timeout=10).json(), "ProblemDetail")


def _check(value, name):
    schema = {"$ref": f"#/components/schemas/{name}", "components": FILE["components"]}
    jsonschema.Draft202012Validator(schema).validate(value)


def _references(value):
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for each in value.values():
            yield from _references(each)
    elif isinstance(value, list):
        for each in value:
            yield from _references(each)
