"""What the gateway keeps. Files lie beside the database, by their hash; tokens and sessions are kept as hashes only.

Every table that belongs to a school names it, and every question asks for it.
"""

from typing import Any

import sqlalchemy as sa

VERSION = 1
everything = sa.MetaData()

_Id = sa.String(64)
_Moment = sa.String(40)

note = sa.Table(
    "note",
    everything,
    sa.Column("name", sa.String(60), primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

school = sa.Table(
    "school",
    everything,
    sa.Column("id", _Id, primary_key=True),
    sa.Column("name", sa.String(300), nullable=False),
    sa.Column("urn", sa.String(6), unique=True),
    sa.Column("events_head", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("events_acked", sa.BigInteger, nullable=False, server_default="0"),
)

person = sa.Table(
    "person",
    everything,
    sa.Column("id", _Id, primary_key=True),
    sa.Column("username", sa.String(200), nullable=False, unique=True),
    sa.Column("name", sa.String(300), nullable=False),
    sa.Column("role", sa.String(20), nullable=False),
    sa.Column("school", sa.ForeignKey("school.id")),
    sa.Column("password", sa.Text, nullable=False),
    sa.CheckConstraint("(role = 'school' AND school IS NOT NULL) OR (role = 'officer' AND school IS NULL)", name="role_fits"),
)

web_session = sa.Table(
    "web_session",
    everything,
    sa.Column("hash", _Id, primary_key=True),
    sa.Column("person", sa.ForeignKey("person.id"), nullable=False),
    sa.Column("ends_at", sa.Float, nullable=False),
)

sign_in = sa.Table(
    "sign_in",
    everything,
    sa.Column("id", _Id, primary_key=True),
    sa.Column("person", sa.ForeignKey("person.id"), nullable=False),
    sa.Column("school", sa.ForeignKey("school.id"), nullable=False),
    sa.Column("key", _Id, nullable=False),
    sa.Column("refresh_hash", _Id, nullable=False, unique=True),
    sa.Column("ends_at", sa.Float, nullable=False),
    sa.Column("ended", sa.Boolean, nullable=False, server_default=sa.false()),
)

authorisation_code = sa.Table(
    "authorisation_code",
    everything,
    sa.Column("hash", _Id, primary_key=True),
    sa.Column("person", sa.ForeignKey("person.id"), nullable=False),
    sa.Column("redirect_uri", sa.String(200), nullable=False),
    sa.Column("challenge", sa.String(43), nullable=False),
    sa.Column("key", _Id),
    sa.Column("ends_at", sa.Float, nullable=False),
    sa.Column("used", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("sign_in", sa.ForeignKey("sign_in.id")),
)

access = sa.Table(
    "access",
    everything,
    sa.Column("hash", _Id, primary_key=True),
    sa.Column("sign_in", sa.ForeignKey("sign_in.id"), nullable=False),
    sa.Column("ends_at", sa.Float, nullable=False),
)

chunk = sa.Table(
    "chunk",
    everything,
    sa.Column("school", sa.ForeignKey("school.id"), primary_key=True),
    sa.Column("sha256", _Id, primary_key=True),
    sa.Column("size", sa.Integer, nullable=False),
)

submission = sa.Table(
    "submission",
    everything,
    sa.Column("id", _Id, primary_key=True),
    sa.Column("school", sa.ForeignKey("school.id"), nullable=False, index=True),
    sa.Column("manifest", sa.LargeBinary, nullable=False),
    sa.Column("manifest_sha256", _Id, nullable=False),
    sa.Column("receipt", sa.Text, nullable=False),
    sa.Column("received_at", _Moment, nullable=False, index=True),
    sa.Column("sent_by", sa.ForeignKey("person.id"), nullable=False),
    sa.Column("status", sa.String(40), nullable=False),
    sa.Column("decision", sa.String(40)),
    sa.Column("decided_at", _Moment),
)

event = sa.Table(
    "event",
    everything,
    sa.Column("school", sa.ForeignKey("school.id"), primary_key=True),
    sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("submission", sa.ForeignKey("submission.id"), nullable=False, index=True),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("at", _Moment, nullable=False),
    sa.Column("by", sa.ForeignKey("person.id"), nullable=False),
    sa.Column("status", sa.String(40)),
    sa.Column("decision", sa.String(40)),
    sa.Column("text", sa.Text),
)

audit = sa.Table(
    "audit",
    everything,
    sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("at", _Moment, nullable=False),
    sa.Column("who", _Id, nullable=False),
    sa.Column("action", sa.String(60), nullable=False),
    sa.Column("what", sa.String(100), nullable=False),
    sa.Column("result", sa.String(40), nullable=False),
    sa.Column("source", sa.String(60), nullable=False),
    sa.Column("hash", _Id, nullable=False),
)

_GUARDS = {
    "sqlite": (
        "CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit only grows'); END",
        "CREATE TRIGGER audit_keeps BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit only grows'); END",
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the audit only grows'; END $$",
        "CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_only_grows()",
    ),
}


@sa.event.listens_for(audit, "after_create")
def _guard_the_audit(_: sa.Table, connection: sa.Connection, **__: Any) -> None:
    for each in _GUARDS[connection.dialect.name]:
        connection.exec_driver_sql(each)
