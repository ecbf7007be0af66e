"""``today --push``: what a service is sent, and every way in which it may not take it (cli.md, interop.md 9)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from kit import Book

TOKEN = "0a1b2c3d-secret-key"
PHONES = ("13900001234", "13900005678")


class Robot(ThreadingHTTPServer):
    """A chat's robot on this machine; ``answers`` says how it answers, ``got`` is what it was sent."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.got: list[tuple[str, dict[str, Any]]] = []
        self.answer: Callable[[Handler, int], None] = lambda handler, _: handler.say(
            {"errcode": 0, "errmsg": "ok"}
        )

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Nothing: what a caller breaks off is not printed between the program's own lines."""

    @property
    def url(self) -> str:
        """Its address, with the key in it."""
        return f"http://127.0.0.1:{self.server_address[1]}/cgi-bin/webhook/send?key={TOKEN}"

    @property
    def texts(self) -> list[str]:
        """The texts that it was sent by 企业微信's and 钉钉's rules."""
        return [payload["text"]["content"] for _, payload in self.got]


class Handler(BaseHTTPRequestHandler):
    """Keeps what it is sent and answers as its server says."""

    server: Robot

    def do_POST(self) -> None:
        """The answer."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((self.path, json.loads(body.decode("utf-8"))))
        with suppress(OSError):
            self.server.answer(self, len(self.server.got))

    def say(self, answer: Any, status: int = 200, **headers: str) -> None:
        """One answer: a record as JSON, bytes as they are."""
        body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


@pytest.fixture
def robot() -> Iterator[Robot]:
    """A robot that takes what it is sent."""
    server = Robot()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def secrets(book: Book, text: str, mode: int = 0o600) -> Path:
    """The file beside the book with this text."""
    path = book.path.with_name(f"{book.path.stem}.push.toml")
    path.write_text(text, "utf-8")
    path.chmod(mode)
    return path


@pytest.fixture
def book(book: Book, robot: Robot) -> Book:
    """Two shops for Tuesday 24 November 2026, and the push ``phone`` to the robot."""
    book(
        "add",
        "华星宝马",
        "--area",
        "武侯区",
        "--contact",
        "王建国 13900001234",
        "--next",
        "今天 给王建国送样 13900005678",
    )
    book("add", "锦泰奥迪", "--next", "今天 谈合同")
    book("config", "push.phone", "企业微信")
    secrets(book, f'[phone]\nurl = "{robot.url}"\n')
    return book


def test_the_list_is_sent_and_only_then_said_to_be(book: Book, robot: Robot) -> None:
    done = book("today", "--push", "phone")
    assert done.out == "已发到 phone（企业微信）：2 家，1 条消息\n"
    ((path, payload),) = robot.got
    assert path == f"/cgi-bin/webhook/send?key={TOKEN}"
    assert payload["msgtype"] == "text"
    lines = payload["text"]["content"].split("\n")
    assert lines[0] == "【11-24 周二】要办 2 件，逾期 0"
    assert [line.split()[0] for line in lines if line.startswith("#")] == ["#1", "#2"]


def test_people_are_surnames_and_phones_are_masked_unless_told(book: Book, robot: Robot) -> None:
    book("today", "--push", "phone")
    assert "建国" not in robot.texts[0] and "华星宝马" in robot.texts[0]
    assert not any(phone in robot.texts[0] for phone in PHONES)
    book("edit", "1", "--consent", "今天")
    book("edit", "2", "--consent", "今天")
    book("today", "--push", "phone", "--with-personal")
    assert "13900001234" in robot.texts[1] and "13900005678" in robot.texts[1]


def test_whom_nobody_has_asked_stays_masked_in_every_text(book: Book, robot: Robot) -> None:
    book("today", "--push", "phone", "--with-personal")
    assert "建国" not in robot.texts[0] and not any(phone in robot.texts[0] for phone in PHONES)


def test_nothing_is_sent_unless_asked(book: Book, robot: Robot) -> None:
    book("today")
    book("today", "-f", "chat")
    book("config")
    assert robot.got == []


def test_a_lead_with_a_reminder_is_one_lead(book: Book) -> None:
    book("incident", "1", "贴错了一台", "--due", "明天")
    assert book("today", "-f", "chat").out.count("\n#1 ") == 2
    assert book("today", "--push", "phone", "--json").json["leads"] == 2


def test_a_reading_command_in_json_says_what_was_sent(book: Book, robot: Robot) -> None:
    done = book("today", "--push", "phone", "--json").json
    assert done == {"name": "phone", "service": "wecom", "messages": 1, "leads": 2, "left": 0}


def test_a_long_list_is_split_at_line_ends_and_every_line_comes_back(book: Book, robot: Robot) -> None:
    for number in range(3, 61):
        book("add", f"城南第{number}分店", "--next", "今天 送样品并且说明质保十年的条件")
    book("today", "--push", "phone")
    printed = book("today", "-f", "chat").out
    assert len(robot.texts) > 1
    assert all(len(text.encode()) <= 2048 for text in robot.texts)
    assert "\n".join(robot.texts) == printed.rstrip("\n")


def test_what_five_messages_do_not_hold_is_counted(book: Book, robot: Robot) -> None:
    names = "".join(f"城北很长名字的汽车销售第{number:03}分店\n" for number in range(3, 203))
    book("add", "-", "--next", "今天 送样品并且说明质保十年的条件", stdin=names)
    done = book("today", "--push", "phone", "--json").json
    assert done["messages"] == 5 == len(robot.got)
    assert done["leads"] + done["left"] == 202
    assert robot.texts[-1].endswith(f"还有 {done['left']} 家，看 salesflow today")
    assert all(len(text.encode()) <= 2048 for text in robot.texts)


def test_what_is_written_under_the_lines_comes_back_with_paste(book: Book, robot: Robot) -> None:
    book("today", "--push", "phone")
    lines = []
    for line in robot.texts[0].split("\n"):
        lines.append(line)
        if line.startswith("#1 "):
            lines += ["样品收下了", "下次12月3号听回话"]
        elif line.startswith("#2 "):
            lines[-1] += " 合同签字了"  # written on the line itself
    done = book("paste", "-", "--yes", "--json", stdin="\n".join(lines)).json
    assert (done["entries"], done["logged"], done["unmatched"]) == (2, 2, [])
    assert book.show(1)["followup_list"][0]["note"] == "样品收下了\n下次12月3号听回话"
    assert book.show(1)["next_date"] == "2026-12-03"
    assert book.show(2)["followup_list"][0]["note"] == "合同签字了"


def slow(handler: Handler, _: int) -> None:
    """No answer for longer than anybody waits."""
    time.sleep(2.5)


def dribbling(handler: Handler, _: int) -> None:
    """A byte now and then, for ever."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    for _ in range(60):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.2)


REFUSALS = [
    ("code", lambda one, _: one.say({"errcode": 93000, "errmsg": f"invalid webhook url {TOKEN}"}), "93000"),
    ("text code", lambda one, _: one.say({"errcode": "0"}), "没有收"),
    ("true code", lambda one, _: one.say({"errcode": False}), "没有收"),
    ("no code", lambda one, _: one.say({"ok": True}), "读不懂"),
    ("list", lambda one, _: one.say([0]), "读不懂"),
    ("page", lambda one, _: one.say(b"<html>login</html>"), "读不懂"),
    ("empty", lambda one, _: one.say(b""), "读不懂"),
    ("bytes", lambda one, _: one.say(b"\xff\xfe\x00"), "读不懂"),
    ("deep", lambda one, _: one.say(b"[" * 50000), "读不懂"),
    ("status 500", lambda one, _: one.say({"errcode": 0}, 500), "500"),
    ("status 404", lambda one, _: one.say({"errcode": 0}, 404), "404"),
    ("status 204", lambda one, _: one.say(b"", 204), "204"),
    ("redirect", lambda one, _: one.say(b"", 302, Location="http://127.0.0.1:1/"), "302"),
    ("moved", lambda one, _: one.say(b"", 308, Location="/other"), "308"),
    ("hung up", lambda one, _: one.connection.close(), ""),
    ("no http", lambda one, _: one.wfile.write(b"220 smtp ready\r\n"), ""),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "said"), [one[1:] for one in REFUSALS], ids=[one[0] for one in REFUSALS])
def test_a_message_that_was_not_taken_is_a_failure_in_one_line(
    book: Book, robot: Robot, answer: Callable[[Handler, int], None], said: str
) -> None:
    robot.answer = answer
    done = book("today", "--push", "phone", code=5)
    assert done.out == "" and done.err.count("\n") == 1 and "没发出去" in done.err and said in done.err
    assert TOKEN not in done.err and "127.0.0.1" not in done.err
    english = book("today", "--push", "phone", code=5, lang="en")
    assert english.out == "" and english.err.startswith("Not sent.") and TOKEN not in english.err


@pytest.mark.parametrize("answer", [slow, dribbling])
def test_a_service_that_does_not_answer_is_not_waited_for_long(
    book: Book, robot: Robot, answer: Callable[[Handler, int], None]
) -> None:
    robot.answer = answer
    secrets(book, f'[phone]\nurl = "{robot.url}"\ntimeout = 1\n')
    begun = time.monotonic()
    assert "没有答复" in book("today", "--push", "phone", code=5).err
    assert time.monotonic() - begun < 8


def test_nobody_there(book: Book) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    secrets(book, f'[phone]\nurl = "http://127.0.0.1:{port}/send?key={TOKEN}"\n')
    assert "不接" in book("today", "--push", "phone", code=5).err


def test_the_second_message_refused_says_how_many_went(book: Book, robot: Robot) -> None:
    names = "".join(f"城北很长名字的汽车销售第{number:03}分店\n" for number in range(3, 60))
    book("add", "-", "--next", "今天 送样品并且说明质保十年的条件", stdin=names)
    robot.answer = lambda one, count: one.say({"errcode": 0 if count == 1 else 45009, "errmsg": "freq"})
    done = book("today", "--push", "phone", code=5)
    assert done.out == "" and "只发出 1 条" in done.err and "45009" in done.err and done.err.count("\n") == 1


def test_a_certificate_of_nobody_is_not_trusted(book: Book, robot: Robot, tmp_path: Path) -> None:
    made = certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made)
    robot.socket = context.wrap_socket(robot.socket, server_side=True, do_handshake_on_connect=False)
    secrets(book, f'[phone]\nurl = "{robot.url.replace("http:", "https:")}"\n')
    done = book("today", "--push", "phone", code=5)
    assert "证书" in done.err and done.err.count("\n") == 1 and TOKEN not in done.err
    assert robot.got == []


def certificate(folder: Path) -> Path:
    """A key and a certificate that nobody vouches for."""
    import shutil
    import subprocess

    if not shutil.which("openssl"):
        pytest.skip("no openssl here to make a certificate")
    key, cert = folder / "key.pem", folder / "cert.pem"
    words = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        str(key),
        "-out",
        str(cert),
    ]
    subprocess.run([*words, "-days", "1", "-subj", "/CN=127.0.0.1"], check=True, capture_output=True)
    both = folder / "both.pem"
    both.write_bytes(key.read_bytes() + cert.read_bytes())
    return both


def test_plain_https_to_a_server_that_speaks_http(book: Book, robot: Robot) -> None:
    secrets(book, f'[phone]\nurl = "{robot.url.replace("http:", "https:")}"\n')
    assert "加密" in book("today", "--push", "phone", code=5).err


def test_dingtalk_is_signed_with_time_and_secret(book: Book, robot: Robot) -> None:
    book("config", "push.phone", "钉钉")
    secrets(book, f'[phone]\nurl = "{robot.url}"\nsecret = "SEC123"\n')
    before = time.time()
    book("today", "--push", "phone")
    ((path, payload),) = robot.got
    query = parse_qs(urlsplit(path).query)
    stamp = query["timestamp"][0]
    assert before * 1000 - 1 <= int(stamp) <= time.time() * 1000 + 1
    # as its pages say: HMAC-SHA256 of "timestamp\nsecret" by the secret, base64
    wanted = hmac.new(b"SEC123", f"{stamp}\nSEC123".encode(), hashlib.sha256).digest()
    assert base64.b64decode(query["sign"][0]) == wanted
    assert query["key"] == [TOKEN] and payload["msgtype"] == "text"


def test_feishu_is_signed_in_the_body_and_judged_by_its_own_code(book: Book, robot: Robot) -> None:
    book("config", "push.phone", "飞书")
    secrets(book, f'[phone]\nurl = "{robot.url}"\nsecret = "s3cret"\n')
    robot.answer = lambda one, _: one.say({"code": 0, "msg": "success", "data": {}})
    book("today", "--push", "phone")
    ((_, payload),) = robot.got
    # as its pages say: "timestamp\nsecret" signs nothing
    wanted = hmac.new(f"{payload['timestamp']}\ns3cret".encode(), b"", hashlib.sha256).digest()
    assert base64.b64decode(payload["sign"]) == wanted
    assert payload["msg_type"] == "text" and payload["content"]["text"].startswith("【11-24")
    robot.answer = lambda one, _: one.say({"code": 19021, "msg": "sign match fail s3cret"})
    done = book("today", "--push", "phone", code=5)
    assert "19021" in done.err and "s3cret" not in done.err
    robot.answer = lambda one, _: one.say({"errcode": 0})  # another service's yes
    book("today", "--push", "phone", code=5)


def test_feishu_s_older_answer_is_a_yes_too(book: Book, robot: Robot) -> None:
    book("config", "push.phone", "feishu")
    robot.answer = lambda one, _: one.say({"StatusCode": 0, "StatusMessage": "success"})
    book("today", "--push", "phone")


# What is secret.


def test_no_secret_stands_in_the_book_its_history_or_an_answer(book: Book, robot: Robot) -> None:
    refused = book.refuse(
        2, "config", "push.other", "钉钉", f"https://oapi.dingtalk.com/robot/send?access_token={TOKEN}"
    )
    assert TOKEN not in refused.err
    refused = book.refuse(2, "config", "push.other", "钉钉", f"secret={TOKEN}")
    assert TOKEN not in refused.err and "book.push.toml" in refused.err
    assert TOKEN not in book.refuse(2, "config", "push.other", "钉钉", TOKEN).err
    assert TOKEN not in book.refuse(2, "config", "push.other", TOKEN).err
    book("today", "--push", "phone", "--once")
    robot.answer = lambda one, _: one.say({"errcode": 1, "errmsg": one.path})
    book("today", "--push", "phone", code=5, SALESFLOW_DEBUG="1")
    assert TOKEN not in "\n".join(book.dump())
    for words in (["history"], ["config"], ["config", "--json"], ["export", "all", "-f", "jsonl"]):
        assert TOKEN not in book(*words).out


def test_the_debug_trace_of_a_failure_names_no_secret(book: Book, robot: Robot) -> None:
    robot.answer = lambda one, _: one.say({"errcode": 1, "errmsg": one.path})
    assert TOKEN not in book("today", "--push", "phone", code=5, SALESFLOW_DEBUG="1").err


def test_a_file_that_others_may_read_is_not_used(book: Book, robot: Robot) -> None:
    secrets(book, f'[phone]\nurl = "{robot.url}"\n', 0o644)
    assert "chmod 600" in book("today", "--push", "phone", code=5).err
    assert robot.got == []


def test_a_broken_file_is_told_by_its_line_and_not_by_its_words(book: Book) -> None:
    secrets(book, f'[phone]\nurl = "x"\nsecret = {TOKEN}\n')
    done = book("today", "--push", "phone", code=5)
    assert "第 3 行" in done.err and TOKEN not in done.err and done.err.count("\n") == 1


def test_the_environment_beats_the_file_and_the_file_the_book(book: Book, robot: Robot) -> None:
    secrets(book, '[phone]\nurl = "http://127.0.0.1:1/"\n')
    book("today", "--push", "phone", SALESFLOW_PUSH_PHONE_URL=robot.url)
    assert len(robot.got) == 1
    book("config", "push.phone", "-")
    secrets(book, f'[phone]\nservice = "wecom"\nurl = "{robot.url}"\n')
    book("today", "--push", "Phone")
    assert len(robot.got) == 2


@pytest.mark.parametrize(
    "url",
    [
        "http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1",  # not encrypted
        "ftp://127.0.0.1/x", "file:///etc/passwd", "qyapi.weixin.qq.com/send", "https:///x", "https://a b/",
        "https://u:p@example.com/", "http://127.0.0.1:99999/", "http://[::1", "https://例子.中国/",
    ],
)  # fmt: skip
def test_an_address_that_cannot_be_used_is_refused_and_not_repeated(book: Book, url: str) -> None:
    secrets(book, f'[phone]\nurl = "{url}"\n')
    done = book("today", "--push", "phone", code=2)
    assert url not in done.err and done.err.count("\n") == 1


def test_what_lacks_is_named_with_its_places(book: Book) -> None:
    book("config", "push.group", "feishu")
    said = book.refuse(2, "today", "--push", "group").err
    assert "url" in said and "[group]" in said and "SALESFLOW_PUSH_GROUP_URL" in said
    assert "phone" in book.refuse(3, "today", "--push", "nobody").err
    book.refuse(2, "today", "--push", "我的手机")
    book.refuse(2, "config", "push.", "wecom")
    book.refuse(2, "config", "push.a b", "wecom")


def test_setting_up_makes_a_file_for_oneself_alone_and_keeps_one_that_is_there(book: Book) -> None:
    path = book.path.with_name("book.push.toml")
    path.unlink()
    assert "book.push.toml" in book("config", "push.group", "dingtalk").out
    assert path.stat().st_mode & 0o777 == 0o600
    path.write_text("[a]\n", "utf-8")
    book("config", "push.group", "dingtalk")
    assert path.read_text("utf-8") == "[a]\n"
    assert book("config", "push.group", "--json").json == {"push.group": "dingtalk"}
    book("undo")
    book("undo")
    assert book("config", "push.group", "--json").json == {"push.group": None}


# Once a day, on working days.


def test_once_means_once_it_was_sent(book: Book, robot: Robot) -> None:
    robot.answer = lambda one, count: one.say({"errcode": 0 if count > 1 else -1, "errmsg": "busy"})
    book("today", "--push", "phone", "--once", code=5)
    assert book("today", "--push", "phone", "--once").out != ""
    assert book("today", "--push", "phone", "--once") == (0, "", "")
    assert len(robot.got) == 2
    assert book("today", "--once").out != ""  # the screen has its own once
    book("today", "--push", "phone", "--once", now="2026-11-25T07:00")
    assert len(robot.got) == 3


def test_ahead_means_the_next_working_day_from_noon_on(book: Book, robot: Robot) -> None:
    # 2026-11-27 is a Friday; its evening tells Monday the 30th, which the Monday's morning need not tell again
    book("today", "--push", "phone", "--once", "--ahead", "--workdays", now="2026-11-27T18:30")
    assert robot.texts[0].startswith("【11-30 周一】")
    for later in ("2026-11-28T08:00", "2026-11-29T18:30", "2026-11-30T08:00"):
        book("today", "--push", "phone", "--once", "--ahead", "--workdays", now=later)
    assert len(robot.got) == 1
    book("today", "--push", "phone", "--once", "--ahead", "--workdays", now="2026-12-01T08:00")
    assert robot.texts[1].startswith("【12-01 周二】")  # the evening was missed: the morning tells it


def test_working_days_are_those_of_the_chinese_calendar(book: Book, robot: Robot) -> None:
    # 2026-10-01, a Thursday, is a holiday; Saturday 2026-10-10 is worked in its place
    book("today", "--workdays", "--push", "phone", now="2026-10-01T09:00")
    assert robot.got == []
    book("today", "--workdays", "--push", "phone", now="2026-10-10T09:00")
    assert len(robot.got) == 1
    assert book("today", "--workdays", now="2026-11-28T09:00").out == ""
    book("config", "workdays", "mon-sat")
    assert book("today", "--workdays", now="2026-11-28T09:00").out != ""
