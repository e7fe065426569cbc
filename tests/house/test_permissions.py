"""The table of permissions names every kind of thing and only what there is.

Whoever adds a kind to ``domain.record.KINDS`` decides here who may see and save it: an entry in
``resources/rules/permissions.json`` and its words in ``resources/wording/permissions.toml`` (``kind_…``).
"""

import re

from sencoapp import reference
from sencoapp.domain.permissions import CONFIDENTIAL, VERBS, belongs_to_pupils
from sencoapp.domain.record import KINDS, WHO_READS, field_names
from tests.house.tree import CODE, modules


def table():
    return reference.data("rules", "permissions.json")


def test_every_kind_of_thing_is_in_the_table_and_nothing_else():
    assert set(table()["kinds"]) == set(KINDS), "Add the new kind to resources/rules/permissions.json: who may see and save it?"


def test_every_kind_and_deed_has_words():
    for kind in KINDS:
        assert reference.say(f"permissions.kind_{kind}")
    for deed in table()["deeds"]:
        assert reference.say(f"permissions.deed_{deed}")


def test_own_classes_are_only_spoken_of_where_a_thing_is_about_a_pupil():
    wrong = [
        (kind, verb, scope)
        for kind, verbs in table()["kinds"].items()
        for verb in VERBS
        for scope in verbs[verb]
        if scope != "all" and not belongs_to_pupils(kind) and (kind, scope) != ("staff_member", "mine")
    ]
    assert not wrong


def test_the_fields_that_the_table_names_are_there():
    for kind, by_role in table()["fields"].items():
        for names in by_role.values():
            assert set(names) <= set(field_names(KINDS[kind])), kind


def test_what_can_be_confidential_has_readers():
    assert {kind for kind in KINDS if "readers" in field_names(KINDS[kind])} == CONFIDENTIAL
    assert all({"confidential", "readers"} <= set(field_names(KINDS[kind])) & WHO_READS for kind in CONFIDENTIAL)


def test_every_deed_that_the_code_asks_about_is_in_the_table():
    asked = set()
    for path in modules(*CODE):
        asked |= set(
            re.findall(
                r"(?:must_be_allowed\(session|must_be_allowed\(place\.session|why_not\(|may\([a-z_.]+), \"([a-z_]+)\"",
                path.read_text("utf-8"),
            )
        )
    assert asked <= set(table()["deeds"]), asked - set(table()["deeds"])
