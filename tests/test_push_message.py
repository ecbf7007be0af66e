"""A text in messages of so many bytes: nothing is lost, nothing is broken but a line that no message holds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesflow.push import Target, checked, split
from salesflow.push.robot import dingtalk_sign, feishu_sign

LINES = st.lists(
    st.text(alphabet="#12 华星宝马▸｜送样\U0001f600a", min_size=1, max_size=40), min_size=1, max_size=60
)


def rest(count: int) -> str:
    """The last line of a text that was cut."""
    return f"+{count}"


@settings(max_examples=40, deadline=None)
@given(LINES, st.integers(20, 400))
def test_every_message_fits_and_together_they_are_the_text(lines: list[str], limit: int) -> None:
    text = "\n".join(lines).strip("\n")
    parts = split(text, limit, rest, most=10_000)
    assert all(len(part.encode()) <= limit for part in parts)
    assert "".join(parts).replace("\n", "") == text.replace("\n", "")
    if all(len(line.encode()) <= limit for line in lines):
        assert "\n".join(parts) == text


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 200), st.integers(60, 300), st.integers(1, 5))
def test_what_is_left_out_is_counted(count: int, limit: int, most: int) -> None:
    text = "\n".join(["【11-24】", *(f"#{number} 华星宝马 送样品" for number in range(1, count + 1))])
    parts = split(text, limit, rest, most)
    whole = "\n".join(parts)
    assert len(parts) <= most and all(len(part.encode()) <= limit for part in parts)
    told = sum(line.startswith("#") for line in whole.split("\n"))
    if whole != text:
        assert whole.endswith(f"\n+{count - told}")
    else:
        assert told == count


@pytest.mark.parametrize(
    ("text", "limit", "parts"),
    [
        ("", 10, []),
        ("\n", 10, []),
        ("a\nb", None, ["a\nb"]),
        ("ab\ncd", 5, ["ab\ncd"]),  # five bytes
        ("ab\ncd", 4, ["ab", "cd"]),
        ("华星宝马", 6, ["华星", "宝马"]),  # three bytes a character
        ("华星宝马", 7, ["华星", "宝马"]),
        ("a\n\nb", 2, ["a\n", "b"]),
    ],
)
def test_where_it_is_broken(text: str, limit: int | None, parts: list[str]) -> None:
    assert split(text, limit, rest) == parts


def test_the_signatures_of_known_times_and_secrets() -> None:
    # by openssl: printf 'TEXT' | openssl dgst -sha256 -hmac KEY -binary | base64
    assert dingtalk_sign("1577262236757", "this is secret") == "hmPWwU+7lVdm3ZZz0r9tSfx0L4Q26jWOZr9+Gs6EZQM="
    assert feishu_sign("1599360473", "demo") == "l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8="


def test_a_target_that_is_printed_shows_no_secret() -> None:
    target = checked("phone", "wecom", {"url": "https://example.com/send?key=0123-secret"})
    assert "secret" not in f"{target!r} {target}" and isinstance(target, Target)
    assert "0123" not in target.quiet("see https://example.com/send?key=0123-secret or key 0123-secret")
