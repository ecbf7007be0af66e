"""The clipboard, by pyperclip: what stands on it, and what is put there."""

from __future__ import annotations

from salesflow.errors import Unusable


def read() -> str:
    """The text on the clipboard. Raises Unusable where this system has none that can be read."""
    import pyperclip

    try:
        return str(pyperclip.paste())
    except (pyperclip.PyperclipException, OSError, UnicodeError) as error:
        raise Unusable("paste.no_clipboard") from error


def write(text: str) -> None:
    """Nothing; the text is on the clipboard. Raises Unusable where this system has none."""
    import pyperclip

    try:
        pyperclip.copy(text)
    except (pyperclip.PyperclipException, OSError, UnicodeError) as error:
        raise Unusable("shell.no_clipboard") from error
