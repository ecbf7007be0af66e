"""The robots of chat groups: what each wants to be sent, and what its answer means."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Any
from urllib.parse import quote

from salesflow.push import web
from salesflow.push.target import Target

# the key of an answer that says whether it worked, 0 where it did; the one that says why not
_CODES = {"wecom": ("errcode",), "dingtalk": ("errcode",), "feishu": ("code", "StatusCode")}
_REASONS = ("errmsg", "msg", "StatusMessage")


def send(target: Target, message: str, epoch: float) -> None:
    """Nothing; the robot answered that it has posted the message. Raises Failed."""
    url, payload = _request(target, _uncalled(message), epoch)
    body = json.dumps(payload, ensure_ascii=False).encode()
    status, answer = web.post(target, url, body)
    if 300 <= status < 400:
        raise target.failed("redirected", status=status)
    if status != 200:
        raise target.failed("status", status=status)
    _judge(target, answer)


def _uncalled(message: str) -> str:
    # a name such as <at user_id="all"> would call everybody in the group
    if "<" not in message:
        return message
    import re

    return re.sub(r"<(?=/?\s*(?:at\b|@))", "\N{FULLWIDTH LESS-THAN SIGN}", message, flags=re.IGNORECASE)


def _request(target: Target, message: str, epoch: float) -> tuple[str, dict[str, Any]]:
    url, secret = target["url"], target["secret"]
    if target.service == "feishu":
        payload: dict[str, Any] = {"msg_type": "text", "content": {"text": message}}
        if secret:
            stamp = str(int(epoch))
            payload |= {"timestamp": stamp, "sign": feishu_sign(stamp, secret)}
        return url, payload
    if target.service == "dingtalk" and secret:
        stamp = str(int(epoch * 1000))
        url += f"{'&' if '?' in url else '?'}timestamp={stamp}&sign={quote(dingtalk_sign(stamp, secret), safe='')}"
    return url, {"msgtype": "text", "text": {"content": message}}


def dingtalk_sign(stamp: str, secret: str) -> str:
    """The signature of 钉钉: the secret signs time and secret (base64)."""
    return _signed(secret, f"{stamp}\n{secret}")


def feishu_sign(stamp: str, secret: str) -> str:
    """The signature of 飞书: time and secret sign nothing (base64)."""
    return _signed(f"{stamp}\n{secret}", "")


def _signed(key: str, text: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()).decode()


def _judge(target: Target, answer: bytes) -> None:
    # 200 says only that somebody listened; the code in the answer says whether the message was taken
    try:
        found = json.loads(answer.decode("utf-8"))
    except (ValueError, RecursionError):
        raise target.failed("unreadable") from None
    codes = [found[key] for key in _CODES[target.service] if key in found] if isinstance(found, dict) else []
    if not codes:
        raise target.failed("unreadable")
    bad = [code for code in codes if code != 0 or isinstance(code, bool)]
    if bad:
        said = next((found[key] for key in _REASONS if isinstance(found.get(key), str)), "")
        raise target.failed("said_no", code=bad[0], said=said or "-")
