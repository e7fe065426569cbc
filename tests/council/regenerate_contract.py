"""Writes ``resources/openapi/council.yaml`` from the running app, when the contract is meant to change.

    .venv/bin/python -m tests.council.regenerate_contract

The contract comes first: change it, read the difference in version control, and raise ``API_VERSION`` in
``sencoapp/api/messages.py``: the last number for words, the middle one for additions, the first for anything that an
older laptop cannot follow.
"""

from pathlib import Path

import yaml

from sencoapp.council.app import create_app

CONTRACT = Path(__file__).resolve().parent.parent.parent / "resources" / "openapi" / "council.yaml"
HEADING = """\
# The contract between a school's laptop and a council's gateway: OpenAPI 3.1.
# A test holds that the reference gateway keeps it: tests/council/test_contract.py says how to change it.
"""


class _Plain(yaml.SafeDumper):
    def ignore_aliases(self, data):
        return True


def _prose(dumper, text):
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Plain.add_representer(str, _prose)


def written():
    """The contract as the app keeps it, as text."""
    return HEADING + yaml.dump(create_app(None).openapi(), Dumper=_Plain, sort_keys=False, allow_unicode=True, width=130)


if __name__ == "__main__":
    CONTRACT.parent.mkdir(parents=True, exist_ok=True)
    CONTRACT.write_text(written(), encoding="utf-8")
