"""The list as a mail: text, in UTF-8, over a connection that is encrypted."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from salesflow.push.target import Target
from salesflow.push.web import limited, meant

_ME = "[127.0.0.1]"  # what this machine is called is nobody's business
_PORTS = {"ssl": 465, "starttls": 587, "none": 25}


def send(target: Target, message: str, epoch: float) -> None:
    """Nothing; the server has taken the mail for every address. Raises Failed."""
    mail = build(target, message, epoch)
    kind = target["security"] or ("starttls" if target["port"] in ("587", "25") else "ssl")
    port = int(target["port"] or _PORTS[kind])
    open_server: list[smtplib.SMTP] = []
    try:
        with limited(target, lambda: open_server[0].sock if open_server else None):
            try:
                _talk(target, mail, kind, port, open_server)
            except smtplib.SMTPException as error:
                raise _meant(target, error) from None
    finally:
        for server in open_server:
            _leave(server)


def build(target: Target, message: str, epoch: float) -> EmailMessage:
    """The mail; its subject is the text's first line."""
    sender = target["from"] or target["user"]
    mail = EmailMessage()
    mail["Subject"] = message.split("\n", 1)[0][:100]
    mail["From"] = sender
    mail["To"] = ", ".join(one.strip() for one in target["to"].split(","))
    mail["Date"] = formatdate(epoch, localtime=True)
    mail["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])  # of the sender, not of this machine
    mail.set_content(message + "\n")
    return mail


def _talk(target: Target, mail: EmailMessage, kind: str, port: int, open_server: list[smtplib.SMTP]) -> None:
    trusted = ssl.create_default_context()
    server: smtplib.SMTP
    if kind == "ssl":
        server = smtplib.SMTP_SSL(timeout=target.wait, context=trusted, local_hostname=_ME)
    else:
        server = smtplib.SMTP(timeout=target.wait, local_hostname=_ME)
    open_server.append(server)
    server._host = target["host"]  # type: ignore[attr-defined]
    code, said = server.connect(target["host"], port)
    if code != 220:
        raise smtplib.SMTPConnectError(code, said)
    if kind == "starttls":
        server.starttls(context=trusted)
    if target["password"]:
        server.login(target["user"] or target["from"], target["password"])
    left = server.send_message(mail)
    if left:
        raise smtplib.SMTPRecipientsRefused(left)


def _leave(server: smtplib.SMTP) -> None:
    # taken is taken: what goes wrong with a farewell changes nothing
    with suppress(smtplib.SMTPException, OSError):
        if server.sock:
            server.sock.settimeout(2)
            server.quit()
    server.close()


def _meant(target: Target, error: smtplib.SMTPException) -> Exception:
    if isinstance(error, smtplib.SMTPServerDisconnected) and isinstance(error.__context__, OSError):
        return meant(target, error.__context__)
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return target.failed("bad_password", code=error.smtp_code)
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return target.failed("no_tls")
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return target.failed("not_taken", count=len(error.recipients))
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        return target.failed("said_no", code=error.smtp_code, said=text or "-")
    return target.failed("unreadable")
