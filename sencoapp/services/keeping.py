"""Proving that the record is whole, and making its tables again; both are noted in the audit trail."""

from sencoapp.services.permissions import must_be_allowed
from sencoapp.services.ports import Finding, Progress, Session


def verify(session: Session, progress: Progress | None = None) -> list[Finding]:
    """What there is to say of each part of the record. Raises ``Refusal("not_for_your_role")``."""
    must_be_allowed(session, "verify")
    findings = session.record.verify(progress)
    session.record.note("verified", actor=session.actor, sound=sum(each.sound for each in findings), parts=len(findings))
    return findings


def rebuild(session: Session) -> int:
    """Makes the tables again from the log; returns how many saves were read. Raises ``Refusal("not_for_your_role")``."""
    must_be_allowed(session, "rebuild")
    count = session.record.rebuild()
    session.record.note("rebuilt", actor=session.actor, saves=count)
    return count
