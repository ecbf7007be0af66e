"""Where a message goes: a service and what it wants to know, of which some is secret."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from salesflow.errors import Unusable, Usage

# each service and what it wants; what begins with ? may be left out
_WANTS = {
    "wecom": ("url", "?timeout"),
    "dingtalk": ("url", "?secret", "?timeout"),
    "feishu": ("url", "?secret", "?timeout"),
    "mail": ("host", "to", "?port", "?user", "?password", "?from", "?security", "?timeout"),
}
SERVICES = tuple(_WANTS)
FIELDS = {service: tuple(name.removeprefix("?") for name in names) for service, names in _WANTS.items()}
SECRETS = frozenset({"url", "secret", "password"})
LOOPBACK = ("127.0.0.1", "localhost", "::1")
_LONGEST_WAIT = 60


class Failed(Unusable):
    """The message was not sent; ``key`` says why."""


class Target:
    """One place to send to; printed or logged it shows its name and service alone."""

    def __init__(self, name: str, service: str, fields: Mapping[str, str]) -> None:
        self.name = name
        self.service = service
        self.fields = dict(fields)

    def __repr__(self) -> str:
        return f"Target({self.name!r}, {self.service!r})"

    def __getitem__(self, field: str) -> str:
        return self.fields.get(field, "")

    @property
    def wait(self) -> float:
        """The seconds that one step may take."""
        return float(self["timeout"] or 10)

    def failed(self, why: str, /, **values: object) -> Failed:
        """The failure ``push.<why>`` of this target, without its secrets."""
        shown: dict[str, Any] = {name: self.quiet(str(value)) for name, value in values.items()}
        return Failed(f"push.{why}", name=self.name, **shown)

    def quiet(self, text: str) -> str:
        """One line of what the other side said, without whatever of ours it repeats."""
        hidden = {self[name] for name in SECRETS} | {self["user"]}
        address = urlsplit(self["url"])
        hidden |= {part.partition("=")[2] for part in address.query.split("&")}
        hidden |= {address.query, address.path, address.path.rpartition("/")[2]}
        for one in sorted(hidden, key=len, reverse=True):
            text = text.replace(one, "***") if len(one) > 3 else text
        line = " ".join(text.split())
        return line if len(line) <= 120 else f"{line[:120]}.."


def checked(name: str, service: str, fields: Mapping[str, str]) -> Target:
    """The target, complete. Raises Usage for a service or a value that cannot be used."""
    if service not in _WANTS:
        raise Usage("push.unknown_service", name=name, known=" ".join(SERVICES))
    target = Target(name, service, {key: value for key, value in fields.items() if value})
    for want in _WANTS[service]:
        if not want.startswith("?") and not target[want]:
            raise Usage("push.lacks_field", name=name, field=want)
    if any(not one.isprintable() for one in target.fields.values()):
        raise Usage("push.unprintable", name=name)
    _check_url(target)
    _check_numbers(target)
    if service == "mail":
        _check_mail(target)
    return target


def _check_url(target: Target) -> None:
    # the address is the secret: no message repeats it
    if "url" not in FIELDS[target.service]:
        return
    try:
        address = urlsplit(target["url"])
        host, port = address.hostname, address.port
    except ValueError:
        host, port = None, None
    safe = address.scheme == "https" or (address.scheme == "http" and host in LOOPBACK) if host else False
    if not safe or port == 0 or not target["url"].isascii() or " " in target["url"] or address.username:
        raise Usage("push.bad_url", name=target.name)


def _check_numbers(target: Target) -> None:
    for field, most in (("port", 65535), ("timeout", _LONGEST_WAIT)):
        value = target[field]
        if value and not (value.isascii() and value.isdecimal() and 1 <= int(value[:9]) <= most):
            raise Usage("push.bad_number", name=target.name, field=field, most=most)


def _check_mail(target: Target) -> None:
    for address in (*target["to"].split(","), target["from"] or target["user"]):
        local, at, domain = address.strip().rpartition("@")
        if not (local and at and domain) or not address.isascii() or set(address.strip()) & set("<>\"' ,;"):
            raise Usage("push.bad_address", name=target.name, value=address.strip()[:60])
    if target["security"] not in ("", "ssl", "starttls", "none"):
        raise Usage("push.bad_security", name=target.name)
    if target["security"] == "none" and target["host"] not in LOOPBACK:
        raise Usage("push.not_encrypted", name=target.name)
