"""One POST: no redirect is followed, no proxy used, no certificate waved through, no server waited for long."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

from salesflow.push.target import Failed, Target

_LARGEST = 1 << 16  # bytes of an answer
_LONGEST = 3  # waits that the whole of it may take


def post(target: Target, url: str, body: bytes) -> tuple[int, bytes]:
    """Status and body of the answer. Raises Failed where there is none."""
    address = urlsplit(url)
    path = (address.path or "/") + (f"?{address.query}" if address.query else "")
    host = address.hostname or ""
    connection: http.client.HTTPConnection
    if address.scheme == "https":
        connection = http.client.HTTPSConnection(
            host, address.port, timeout=target.wait, context=ssl.create_default_context()
        )
    else:
        connection = http.client.HTTPConnection(host, address.port, timeout=target.wait)
    headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "salesflow"}
    held: list[socket.socket] = []  # a connection that is about to end forgets its socket
    try:
        with limited(target, lambda: held[0] if held else connection.sock) as late:
            connection.connect()
            held.append(connection.sock)
            connection.request("POST", path, body, headers)
            answer = connection.getresponse()
            found = answer.status, answer.read(_LARGEST)
            if late.is_set():  # what was read ends where it was cut
                raise TimeoutError
            return found
    finally:
        connection.close()


@contextmanager
def limited(target: Target, open_socket: Callable[[], socket.socket | None]) -> Iterator[threading.Event]:
    """The block, cut off where it takes too long in all; what goes wrong in it is a Failed that says what.

    The event is set once it was cut.
    """
    late = threading.Event()

    def cut() -> None:
        late.set()
        with suppress(OSError, AttributeError):
            found = open_socket()
            if found:
                found.shutdown(socket.SHUT_RDWR)

    clock = threading.Timer(target.wait * _LONGEST, cut)
    clock.daemon = True
    clock.start()
    try:
        yield late
    except Exception as error:
        if late.is_set():
            raise target.failed("timeout", seconds=int(target.wait * _LONGEST)) from None
        raise meant(target, error) from None
    finally:
        clock.cancel()


def meant(target: Target, error: Exception) -> Failed:
    """What the error means; its own words may hold the address, which is a secret."""
    if isinstance(error, Failed):
        return error
    if isinstance(error, TimeoutError):
        return target.failed("timeout", seconds=int(target.wait))
    if isinstance(error, ssl.SSLCertVerificationError):
        return target.failed("certificate", why=error.verify_message)
    if isinstance(error, ssl.SSLError):
        return target.failed("no_tls")
    if isinstance(error, socket.gaierror):
        return target.failed("no_host")
    if isinstance(error, ConnectionRefusedError):
        return target.failed("no_listener")
    if isinstance(error, OSError):
        return target.failed("broken", why=error if error.strerror else type(error).__name__)
    if isinstance(error, http.client.HTTPException):
        return target.failed("unreadable")
    return target.failed("broken", why=type(error).__name__)
