"""The manifest and its one canonical form."""

import json

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sencoapp.api.messages import Manifest, canonical, check_manifest
from sencoapp.api.shapes import ShapeError, schema
from tests.council.running import pack_of

MANIFEST, _ = pack_of(b"a file")
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_canonical_json_is_the_same_for_the_same_value_and_reads_back(value):
    try:
        written = canonical(value)
    except UnicodeEncodeError:
        return  # half a surrogate pair has no UTF-8
    assert json.loads(written) == value
    assert canonical(json.loads(written)) == written


def test_canonical_json_has_sorted_keys_no_spaces_and_plain_letters():
    assert canonical({"b": [1, "é"], "a": {"z": None, "y": True}}) == '{"a":{"y":true,"z":null},"b":[1,"é"]}'.encode()


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_json_lacks_is_refused(value):
    with pytest.raises(ValueError, match="JSON"):
        canonical(value)


def test_a_manifest_is_read_as_it_was_written():
    assert canonical(check_manifest(MANIFEST)) == MANIFEST


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_with_a_place_and_nothing_worse(content):
    with pytest.raises(ShapeError):
        check_manifest(content)


@given(st.data())
def test_a_manifest_with_one_value_of_another_kind_is_refused_or_a_manifest(data):
    manifest = json.loads(MANIFEST)
    place, name = data.draw(st.sampled_from(list(_places(manifest))))
    place[name] = data.draw(VALUES)
    try:
        content = canonical(manifest)
    except UnicodeEncodeError:
        return
    try:
        check_manifest(content)
    except ShapeError:
        return
    jsonschema.Draft202012Validator(schema(Manifest)).validate(manifest)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (MANIFEST.replace(b'"version":1', b'"version": 1'), "canonical"),
        (MANIFEST[:-1] + b',"version":1}', "canonical"),
        (MANIFEST + b"\n", "canonical"),
        (MANIFEST.replace(b'"version":1', b'"version":NaN'), "JSON"),
        (MANIFEST.replace(b"Maya", b"\xff"), "JSON"),
        (MANIFEST.replace(b"Maya", b"\\ud800"), "JSON"),
    ],
)
def test_there_is_one_way_to_write_a_manifest(content, problem):
    with pytest.raises(ShapeError, match=problem):
        check_manifest(content)


def _places(value):
    for name in value if isinstance(value, dict) else range(len(value)):
        yield value, name
        if isinstance(value[name], dict | list):
            yield from _places(value[name])
