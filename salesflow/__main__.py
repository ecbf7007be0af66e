"""The program as the shell calls it, and ``python -m salesflow``: what ends it while it is being loaded is one line."""

import os  # loaded long since; whatever is not must be loaded below, where Ctrl-C is heard

INTERRUPTED, UNUSABLE = 130, 5


def start() -> None:
    """Never returns."""
    try:
        from salesflow.cli import run

        run()
    except KeyboardInterrupt:
        os._exit(INTERRUPTED)
    except (MemoryError, ImportError, OSError) as error:
        why = f"{type(error).__name__}: {error}"[:200]
        os.write(
            2, f"salesflow could not start; nothing was changed  没能启动，什么都没改 ({why})\n".encode()
        )
        os._exit(UNUSABLE)


if __name__ == "__main__":
    start()
