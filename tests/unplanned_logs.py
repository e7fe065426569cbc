"""Warnings and errors in the log that no test planned for are failures: they are how trouble first shows."""

import logging
import re
from typing import Self


class UnplannedLogs(logging.Handler):
    """Collects what is logged at WARNING or above while a test runs, and tells planned from unplanned."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []
        self.planned: list[tuple[str, str]] = []

    def __call__(self, logger: str, pattern: str) -> None:
        """Plans for records of ``logger`` (and of those below it) whose message has ``pattern`` in it; at least one must come."""
        self.planned.append((logger, pattern))

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    def __enter__(self) -> Self:
        logging.getLogger().addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        logging.getLogger().removeHandler(self)

    def trouble(self) -> str:
        """A sentence for each record that was not planned and each plan that did not come true; empty where all is well."""
        unplanned = [each for each in self.records if not any(_fits(each, plan) for plan in self.planned)]
        absent = [plan for plan in self.planned if not any(_fits(each, plan) for each in self.records)]
        lines = [f"Unplanned in the log: {each.levelname} {each.name}: {each.getMessage()}" for each in unplanned]
        lines += [f"Planned for the log and not there: {logger}: {pattern}" for logger, pattern in absent]
        return "\n".join(lines)


def _fits(record: logging.LogRecord, plan: tuple[str, str]) -> bool:
    logger, pattern = plan
    return (record.name == logger or record.name.startswith(f"{logger}.")) and re.search(pattern, record.getMessage()) is not None
