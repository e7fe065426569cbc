"""The contract as OpenAPI 3.1, written so that a person can read it: what recurs stands once, under components."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from sencoapp.api.messages import Manifest, ReceiptClaims
from sencoapp.api.shapes import schema
from sencoapp.council.problems import MEDIA_TYPE, ProblemDetail

_PROOF = {
    "name": "DPoP",
    "in": "header",
    "required": True,
    "description": "A DPoP proof for this call (RFC 9449 4.2), signed with Ed25519 by the key that the token is bound to.",
    "schema": {"type": "string"},
}


def contract(app: FastAPI) -> dict[str, Any]:
    """What the app does, from its own routes; the manifest and the receipt from ``sencoapp.api.messages``."""
    made = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
    components = made["components"]
    components["parameters"] = {"DPoP": _PROOF}
    components["responses"] = {}
    components["schemas"]["ProblemDetail"] = ProblemDetail.model_json_schema()
    for shape in (Manifest, ReceiptClaims):
        _hoist(schema(shape), components["schemas"])
    for operations in made["paths"].values():
        for operation in operations.values():
            _tidy(operation, components)
    components["schemas"] = dict(sorted(components["schemas"].items()))
    components["responses"] = dict(sorted(components["responses"].items()))
    return made


def _tidy(operation: dict[str, Any], components: dict[str, Any]) -> None:
    if "parameters" in operation:
        operation["parameters"] = [_parameter(each) for each in operation["parameters"]]
    for status, answer in operation["responses"].items():
        if MEDIA_TYPE in answer.get("content", {}):
            components["responses"][f"Problem{status}"] = answer
            operation["responses"][status] = {"$ref": f"#/components/responses/Problem{status}"}
        elif answer["description"] == "Successful Response":
            answer["description"] = "Done."
    operation["responses"] = dict(sorted(operation["responses"].items()))
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    if body.get("schema", {}).get("title") == Manifest.__name__:
        body["schema"] = {"$ref": f"#/components/schemas/{Manifest.__name__}"}


def _parameter(parameter: dict[str, Any]) -> dict[str, Any]:
    if parameter["name"] == "DPoP":
        return {"$ref": "#/components/parameters/DPoP"}
    described = parameter["schema"]
    if "anyOf" in described:  # one that may be left out is never sent as null
        parameter["schema"] = {name: value for name, value in described["anyOf"][0].items() if name != "title"}
    parameter["schema"].pop("title", None)
    if parameter["name"] == "If-None-Match":  # told apart from a bad one: 428, and not 422
        parameter["required"] = True
    return parameter


def _hoist(shape: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    """Puts an object's schema, and those within it, under its name; returns the reference to it."""
    if shape.get("type") == "array":
        return {**shape, "items": _hoist(shape["items"], schemas)}
    if shape.get("type") != "object":
        return shape
    name = shape["title"]
    members = {each: _hoist(value, schemas) for each, value in shape["properties"].items()}
    schemas[name] = {**{key: value for key, value in shape.items() if key != "title"}, "properties": members}
    return {"$ref": f"#/components/schemas/{name}"}
