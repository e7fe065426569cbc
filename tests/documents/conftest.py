"""Real records, for documents that are made from one."""

from tests.record_fixtures import app, place, reopen  # noqa: F401 (fixtures)
