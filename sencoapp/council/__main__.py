"""``sencoapp-gateway``: serves the gateway, adds schools and accounts, checks the audit.

    sencoapp-gateway --data DIR [serve] [--host 127.0.0.1] [--port 0]
    sencoapp-gateway --data DIR add-school NAME [--urn URN]
    sencoapp-gateway --data DIR add-user USERNAME NAME (--officer | --school ID) [--password-file FILE]
    sencoapp-gateway --data DIR verify-audit

Without TLS it listens on this computer alone; anywhere else it wants to be told the address of the TLS proxy in
front of it. A password comes from a prompt or a file, never from an argument.
"""

import argparse
import getpass
import os
import socket
import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from sencoapp import reference
from sencoapp.council import audit
from sencoapp.council.gateway import Gateway
from sencoapp.council.settings import Settings, is_loopback
from sencoapp.domain.refusals import Fault, PlainMessage, Refusal

COMMANDS = ("serve", "add-school", "add-user", "verify-audit")
DEMO_URN = "999901"


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status 0, or 1 with one sentence on stderr."""
    chosen = _parser().parse_args(_with_command(list(sys.argv[1:] if arguments is None else arguments)))
    try:
        chosen.run(chosen)
    except PlainMessage as trouble:
        sys.stderr.write(reference.explain(trouble) + "\n")
        return 1
    except KeyboardInterrupt:
        return 0
    return 0


def _serve(chosen: argparse.Namespace) -> None:
    listener = _listener(chosen)
    host, port = listener.getsockname()[:2]
    base_url = chosen.behind_tls or f"http://{f'[{host}]' if ':' in host else host}:{port}"
    gateway = _open(chosen, base_url)
    try:
        if chosen.demo:
            _add_demo_accounts(gateway, _password(chosen, "demo"))
        _run(gateway, listener, behind_tls=bool(chosen.behind_tls))
    finally:
        listener.close()
        gateway.close()


def _listener(chosen: argparse.Namespace) -> socket.socket:
    if not is_loopback(chosen.host) and not chosen.behind_tls:
        raise Refusal("gateway_needs_tls", host=chosen.host)
    if chosen.behind_tls:
        parts = urlsplit(chosen.behind_tls)
        if parts.scheme != "https" or not parts.hostname or parts.path.strip("/") or parts.query:
            raise Refusal("gateway_address_not_understood", address=chosen.behind_tls)
        chosen.behind_tls = chosen.behind_tls.rstrip("/")
    family = socket.AF_INET6 if ":" in chosen.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((chosen.host.strip("[]"), chosen.port))
        listener.listen(128)
    except OSError as trouble:
        listener.close()
        raise Fault("gateway_cannot_listen", host=chosen.host, port=chosen.port) from trouble
    return listener


def _run(gateway: Gateway, listener: socket.socket, *, behind_tls: bool) -> None:
    import uvicorn

    from sencoapp.council.app import create_app

    trusted = "127.0.0.1,::1" if behind_tls else ""
    config = uvicorn.Config(
        create_app(gateway),
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=behind_tls,
        forwarded_allow_ips=trusted,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=10,
    )
    # The socket listens already, so whoever reads this line can connect.
    _tell(reference.say("council.listening", address=gateway.settings.base_url))
    uvicorn.Server(config).run(sockets=[listener])


def _add_school(chosen: argparse.Namespace) -> None:
    gateway = _open(chosen)
    try:
        _tell(reference.say("council.school_added", id=gateway.accounts.add_school(chosen.name, chosen.urn), name=chosen.name))
    finally:
        gateway.close()


def _add_user(chosen: argparse.Namespace) -> None:
    gateway = _open(chosen)
    try:
        password = _password(chosen, chosen.username)
        role = "officer" if chosen.officer else "school"
        gateway.accounts.add_person(chosen.username, chosen.name, role, password, chosen.school)  # type: ignore[arg-type]
        _tell(reference.say("council.person_added", username=chosen.username))
    finally:
        gateway.close()


def _verify_audit(chosen: argparse.Namespace) -> None:
    gateway = _open(chosen)
    try:
        with gateway.database.reading() as connection:
            count, broken = audit.verify(connection)
    finally:
        gateway.close()
    if broken is not None:
        raise Fault("gateway_audit_is_broken", number=broken)
    _tell(reference.say("council.audit_sound", count=count))


def _add_demo_accounts(gateway: Gateway, password: str) -> None:
    school = gateway.accounts.add_school(reference.say("council.demo_school"), DEMO_URN)
    gateway.accounts.add_person("demo.school", reference.say("council.demo_person"), "school", password, school)
    gateway.accounts.add_person("demo.officer", reference.say("council.demo_officer"), "officer", password)


def _open(chosen: argparse.Namespace, base_url: str = "http://127.0.0.1") -> Gateway:
    named = {"council": chosen.council} if chosen.council else {}
    return Gateway.open(Settings(chosen.data, base_url, chosen.database, **named))


def _password(chosen: argparse.Namespace, username: str) -> str:
    """From the file, or from a person; Raises ``Fault`` where there is neither."""
    if chosen.password_file:
        try:
            return str(chosen.password_file.read_text("utf-8").partition("\n")[0].rstrip("\r"))
        except (OSError, UnicodeDecodeError):
            raise Fault("file_not_found", file=chosen.password_file) from None
    if not sys.stdin.isatty():
        raise Fault("gateway_password_file_needed")
    return getpass.getpass(reference.say("council.ask_password", username=username))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="sencoapp-gateway", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    made = {}
    for name, run in zip(COMMANDS, (_serve, _add_school, _add_user, _verify_audit), strict=True):
        made[name] = commands.add_parser(name, help=reference.say(f"council.about_{name.replace('-', '_')}"))
        made[name].set_defaults(run=run)
        _shared_options(made[name])
    _serve_options(made["serve"])
    made["add-school"].add_argument("name")
    made["add-school"].add_argument("--urn")
    user = made["add-user"]
    user.add_argument("username")
    user.add_argument("name")
    role = user.add_mutually_exclusive_group(required=True)
    role.add_argument("--officer", action="store_true")
    role.add_argument("--school", metavar="ID")
    user.add_argument("--password-file", type=Path, help=reference.say("council.option_password_file"))
    return parser


def _shared_options(parser: argparse.ArgumentParser) -> None:
    data = os.environ.get("SENCOAPP_GATEWAY_DATA", "gateway-data")
    parser.add_argument("--data", type=Path, default=Path(data), metavar="DIR", help=reference.say("council.option_data"))
    database = os.environ.get("SENCOAPP_GATEWAY_DB")
    parser.add_argument("--database", default=database, metavar="URL", help=reference.say("council.option_database"))
    parser.add_argument("--council", metavar="NAME", help=reference.say("council.option_council"))


def _serve_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--behind-tls", metavar="URL", help=reference.say("council.option_behind_tls"))
    parser.add_argument("--demo", action="store_true", help=reference.say("council.option_demo"))
    parser.add_argument("--password-file", type=Path, help=reference.say("council.option_password_file"))


def _with_command(arguments: list[str]) -> list[str]:
    """The command first, wherever it stands; to serve where there is none."""
    if arguments and arguments[0] in ("-h", "--help"):
        return arguments
    named = next((each for each in arguments if each in COMMANDS), None)
    if named is None:
        return ["serve", *arguments]
    arguments.remove(named)
    return [named, *arguments]


def _tell(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
