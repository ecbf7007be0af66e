"""The list as a mail: what a server is told, and every way in which it may not take it."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from io import BufferedRWPair
from pathlib import Path

import pytest
from kit import Book

USUAL = {"EHLO": "250-here\r\n250 AUTH PLAIN LOGIN", "AUTH": "235 in", "QUIT": "221 bye"}
PASSWORD = "auth0r1sation-code"


class Server:
    """A mail server on this machine that answers each word as ``answers`` says, else as servers do."""

    def __init__(self) -> None:
        self.answers: dict[str, str] = {}
        self.said: list[str] = []
        self.mails: list[bytes] = []
        self.hangs = ""  # the word at which it falls silent
        self.context: ssl.SSLContext | None = None
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        """Nobody is taken any more."""
        self._socket.close()

    def _serve(self) -> None:
        while True:
            try:
                one, _ = self._socket.accept()
            except OSError:
                return
            with suppress(OSError), one:
                self._talk(one)

    def _talk(self, one: socket.socket) -> None:
        if self.context:
            one = self.context.wrap_socket(one, server_side=True)
        file = one.makefile("rwb")

        def say(word: str, usual: str) -> None:
            if self.hangs == word:
                time.sleep(4)
            file.write(f"{self.answers.get(word, usual)}\r\n".encode())
            file.flush()

        say("HELLO", "220 ready")
        while line := file.readline():
            word = line.split()[0].upper().decode("latin-1")
            self.said.append(word + line.decode("latin-1").strip()[len(word) :])
            if word == "DATA":
                say(word, "354 go on")
                if "DATA" not in self.answers:
                    self._take(file)
                    say("END", "250 taken")
            elif self.said[-1] in self.answers:
                say(self.said[-1], "")
            else:
                say(word, USUAL.get(word, "250 ok"))
            if word == "QUIT":
                return

    def _take(self, file: BufferedRWPair) -> None:
        got = b""
        while not got.endswith(b"\r\n.\r\n"):
            got += file.readline()
        self.mails.append(got[:-3].replace(b"\r\n..", b"\r\n."))


@pytest.fixture
def server() -> Iterator[Server]:
    """A mail server that takes what it is sent."""
    made = Server()
    yield made
    made.close()


@pytest.fixture
def book(book: Book, server: Server) -> Book:
    """One shop for Tuesday 24 November 2026, and the push ``mail`` to the server."""
    book("add", "华星宝马", "--contact", "王建国 13900001234", "--next", "今天 送样")
    told = [f"host=127.0.0.1 port={server.port}", "user=rep@example.cn", "to=rep@example.cn,boss@example.cn"]
    book("config", "push.mail", "邮件", *told, "security=none", "timeout=1")
    secrets(book, f'[mail]\npassword = "{PASSWORD}"\n')
    return book


def secrets(book: Book, text: str) -> None:
    """The file beside the book with this text."""
    path = book.path.with_name("book.push.toml")
    path.write_text(text, "utf-8")
    path.chmod(0o600)


def test_the_list_is_a_mail_of_text(book: Book, server: Server) -> None:
    done = book("today", "--push", "mail")
    assert done.out == "已发到 mail（邮件）：1 家，1 条消息\n"
    mail = message_from_bytes(server.mails[0], policy=default)
    assert isinstance(mail, EmailMessage)
    assert mail["Subject"] == "【11-24 周二】要办 1 件，逾期 0"
    assert mail["From"] == "rep@example.cn" and mail["To"] == "rep@example.cn, boss@example.cn"
    assert mail["Date"] and mail["Message-ID"].endswith("@example.cn>")
    assert socket.gethostname() not in mail["Message-ID"]
    text = mail.get_content().replace("\r\n", "\n")
    assert text == book("today", "-f", "chat").out and "建国" not in text and "13900001234" not in text
    assert [line for line in server.said if line.startswith("RCPT")] == [
        "RCPT TO:<rep@example.cn>",
        "RCPT TO:<boss@example.cn>",
    ]


def test_a_reply_on_the_mail_s_lines_comes_back_with_paste(book: Book, server: Server) -> None:
    book("today", "--push", "mail")
    mail = message_from_bytes(server.mails[0], policy=default)
    assert isinstance(mail, EmailMessage)
    text = mail.get_content()
    assert "\r\n" in text
    written = "".join(
        f"{line}\r\n样品收下了\r\n" if line.startswith("#1 ") else f"{line}\r\n" for line in text.splitlines()
    )
    assert book("paste", "-", "--yes", "--json", stdin=written).json["logged"] == 1
    assert book.show(1)["followup_list"][0]["note"] == "样品收下了"


@pytest.mark.parametrize(
    ("word", "answer", "said"),
    [
        ("HELLO", "554 go away", "554"),
        ("HELLO", "hello", ""),
        ("AUTH", "535 wrong " + PASSWORD, "授权码"),
        ("MAIL", "550 no such sender", "550"),
        ("RCPT", "550 nobody", "收件人"),
        ("DATA", "451 later", "451"),
        ("END", "552 too much", "552"),
        ("END", "\0\0\0", ""),
    ],
)
def test_a_mail_that_was_not_taken_is_a_failure_in_one_line(
    book: Book, server: Server, word: str, answer: str, said: str
) -> None:
    server.answers[word] = answer
    done = book("today", "--push", "mail", code=5)
    assert done.out == "" and done.err.count("\n") == 1 and "没发出去" in done.err and said in done.err
    assert PASSWORD not in done.err and "\0" not in done.err


@pytest.mark.parametrize("word", ["HELLO", "AUTH", "END"])
def test_a_server_that_falls_silent_is_not_waited_for_long(book: Book, server: Server, word: str) -> None:
    server.hangs = word
    assert "没有答复" in book("today", "--push", "mail", code=5).err


def test_a_farewell_that_fails_changes_nothing(book: Book, server: Server) -> None:
    server.answers["QUIT"] = "500 what"
    assert "已发到" in book("today", "--push", "mail").out


def test_one_refused_of_two_is_a_failure_that_counts_them(book: Book, server: Server) -> None:
    server.answers["RCPT TO:<boss@example.cn>"] = "550 nobody"
    assert "1 个收件人" in book("today", "--push", "mail", code=5).err


def test_a_server_without_encryption_is_told_nothing(book: Book, server: Server) -> None:
    where = f"host=127.0.0.1 port={server.port}"
    for security in ("starttls", "ssl"):
        book("config", "push.mail", "mail", where, f"user=a@b.cn to=a@b.cn security={security} timeout=1")
        done = book("today", "--push", "mail", code=5)
        assert done.err.count("\n") == 1 and "没发出去" in done.err
    assert not server.mails and not any(line.startswith("AUTH") for line in server.said)


def test_a_certificate_of_nobody_is_not_trusted(book: Book, server: Server, tmp_path: Path) -> None:
    from test_cmd_push import certificate

    server.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.context.load_cert_chain(certificate(tmp_path))
    book(
        "config", "push.mail", "mail", f"host=127.0.0.1 port={server.port} user=a@b.cn to=a@b.cn security=ssl"
    )
    assert "证书" in book("today", "--push", "mail", code=5).err
    assert server.said == []


@pytest.mark.parametrize(
    "words",
    [
        "host=smtp.qq.com to=a@b.cn user=a@b.cn security=none",  # not encrypted, and not this machine
        "host=smtp.qq.com to=nobody user=a@b.cn",
        "host=smtp.qq.com to=a@b.cn",  # from whom?
        "host=smtp.qq.com to=a@b.cn user=a@b.cn port=0",
        "host=smtp.qq.com to=a@b.cn user=a@b.cn security=maybe",
        "to=a@b.cn user=a@b.cn",
    ],
)
def test_a_set_up_that_cannot_be_used_is_refused_in_a_line(book: Book, words: str) -> None:
    secrets(book, "")
    book("config", "push.mail", "mail", words)
    assert book("today", "--push", "mail", code=2).err.count("\n") == 1


def test_a_password_is_no_argument(book: Book) -> None:
    assert PASSWORD not in book.refuse(2, "config", "push.mail", "mail", f"password={PASSWORD}").err
