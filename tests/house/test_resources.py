"""Data, not code: every file under ``resources/`` can be read, and is what its schema says."""

import json
import tomllib

import jsonschema
import pytest

from tests.house.tree import ROOT

RESOURCES = ROOT / "resources"
SCHEMAS = {each.name.removesuffix(".schema.json"): each for each in sorted((RESOURCES / "schemas").glob("*.schema.json"))}
DATA = sorted(each for each in RESOURCES.rglob("*.json") if each.parent.name != "schemas")

# What a council, a year or a school can change must say what it may look like.
PUBLISHED = {"plan", "record"}
"""Schemas of files that go out; their own tests hold them."""
NEED_A_SCHEMA = {"codes", "councils", "rules", "exchange", "files", "costing", "catalogue", "banks", "plans", "questions"}


def schema_of(path):
    """Its own name, else its own name after what it belongs to (``council_form``), else the nearest folder that has a schema."""
    folders = path.relative_to(RESOURCES).parts[:-1]
    belongs = [f"{each.removesuffix('s')}_{path.stem}" for each in folders]
    return next((SCHEMAS[name] for name in [path.stem, *belongs, *reversed(folders)] if name in SCHEMAS), None)


@pytest.mark.parametrize("path", DATA, ids=lambda path: str(path.relative_to(RESOURCES)))
def test_every_data_file_is_what_its_schema_says(path):
    content = json.loads(path.read_text("utf-8"), object_pairs_hook=_no_key_twice)
    schema = schema_of(path)
    if schema is None:
        assert path.relative_to(RESOURCES).parts[0] not in NEED_A_SCHEMA, "This kind of file needs a schema in resources/schemas."
    else:
        jsonschema.Draft202012Validator(json.loads(schema.read_text("utf-8")), format_checker=jsonschema.FormatChecker()).validate(content)


def test_every_schema_is_one_and_describes_something():
    for schema in SCHEMAS.values():
        jsonschema.Draft202012Validator.check_schema(json.loads(schema.read_text("utf-8")))
    assert {each for path in DATA if (each := schema_of(path))} == {each for name, each in SCHEMAS.items() if name not in PUBLISHED}


def test_every_toml_file_can_be_read():
    for path in RESOURCES.rglob("*.toml"):
        tomllib.loads(path.read_text("utf-8"))


def _no_key_twice(pairs):
    assert len(dict(pairs)) == len(pairs), f"a key stands twice: {[key for key, _ in pairs]}"
    return dict(pairs)
