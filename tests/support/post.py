"""A real mail server on this machine: it takes mails, refuses some, breaks off, and shows any certificate."""

from __future__ import annotations

import asyncio
import datetime as clock
import ipaddress
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from dvk_reports.plan.register.sheets import POST
from dvk_reports.workspace.folder import Workspace
from tests.support.offices import typed

HOST = "127.0.0.1"
ACCOUNT, PASSWORD = "dvhu@co-quan.example", "mat khau bi mat 123"


@dataclass
class Office:
    """What the server does, and what it was given."""

    refuse: dict[str, str] = field(default_factory=dict)
    """Address -> the answer to RCPT."""
    after: dict[str, str] = field(default_factory=dict)
    """Address -> what happens when its mail has come: an answer, "cut" (the connection ends without one), "hang"."""
    most: int = 1000
    """So many mails are taken on one connection; then the server says that it closes."""
    cut_at: str = ""
    """A command at which the connection is cut every time."""
    mails: list[tuple[str, ...]] = field(default_factory=list)
    """Addresses of each mail taken."""
    contents: list[bytes] = field(default_factory=list)
    connections: int = 0
    port: int = 0

    def of(self, address: str) -> EmailMessage:
        """The one mail that an address was sent."""
        (mail,) = self.all_of(address)
        return mail

    def all_of(self, address: str) -> list[EmailMessage]:
        """The mails that an address was sent, oldest first."""
        found = (data for to, data in zip(self.mails, self.contents, strict=True) if address in to)
        return [message_from_bytes(data, policy=policy.default) for data in found]  # type: ignore[misc]

    # --- what aiosmtpd calls ---

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, name: str, responses: list[str]
    ) -> list[str]:
        session.host_name = name
        self.connections += 1
        self._taken = 0
        return responses

    async def handle_MAIL(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any) -> str:
        envelope.mail_from = address
        if self.cut_at == "MAIL":
            _cut(server)
        self._taken += 1
        return "250 OK" if self._taken <= self.most else "421 4.7.0 Too many messages, closing"

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any) -> str:
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        act = next((self.after[to] for to in envelope.rcpt_tos if to in self.after), "")
        if act[:1].isdigit():
            return act
        assert isinstance(envelope.content, bytes)
        self.mails.append(tuple(envelope.rcpt_tos))
        self.contents.append(envelope.content)
        if act == "cut":
            _cut(server)
        if act == "hang":
            await asyncio.sleep(600)
        return "250 OK"


def _cut(server: SMTP) -> None:
    assert server.transport is not None
    server.transport.abort()


def _let_in(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    right = (data.login, data.password) == (ACCOUNT.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)


@contextmanager
def post_office(certificate: Path | None = None, security: str = "STARTTLS", login: bool = False) -> Iterator[Office]:
    """A server that runs while the tests talk to it. ``certificate``: key and certificate in one file."""
    office = Office()
    context = None
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
    more: dict[str, Any] = {"ssl_context": context} if security == "SSL" else {}
    if security == "STARTTLS" and context is not None:
        more |= {"tls_context": context, "require_starttls": True}
    if login:
        more |= {"authenticator": _let_in, "auth_required": True, "auth_require_tls": security == "STARTTLS"}
    with socket.create_server((HOST, 0)) as free:
        office.port = free.getsockname()[1]
    controller = Controller(office, hostname=HOST, port=office.port, **more)
    controller.start()
    try:
        yield office
    finally:
        controller.stop()


def certificate_for(folder: Path, name: str = HOST, days: int = 30) -> Path:
    """A certificate that vouches for itself, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = clock.datetime.now(clock.UTC)
    begin = now - clock.timedelta(days=40)
    alternative = x509.IPAddress(ipaddress.ip_address(name)) if name[0].isdigit() else x509.DNSName(name)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(now + clock.timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([alternative]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{name}-{days}.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return path


def by_server(space: Workspace, **values: Any) -> None:
    """Fill in sheet ``Gửi thư`` of the register."""
    lines = [*values.items(), *[(None, None)] * (10 - len(values))]
    cells = {f"{col}{row}": said for row, line in enumerate(lines, 5) for col, said in zip("AB", line, strict=True)}
    space.register_path.write_bytes(typed(space.register_path.read_bytes(), POST, cells))
