"""The program as the shell calls it, and ``python -m salesflow``: Ctrl-C while it is still being loaded is quiet."""

from __future__ import annotations


def start() -> None:
    """Never returns."""
    try:
        from salesflow.cli import run

        run()
    except KeyboardInterrupt:
        import os

        os._exit(130)


if __name__ == "__main__":
    start()
