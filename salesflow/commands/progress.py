"""What a long command shows on a terminal while it counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from salesflow.context import App


@contextmanager
def counting(app: App, key: str) -> Iterator[Callable[[int], None]]:
    """A function to call with the count of rows; on a terminal it moves a line on stderr, the text ``key``."""
    if not app.stderr.isatty():
        yield lambda rows: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn("line"), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    # without a thread of its own, which a process that divides must not have
    with Progress(*columns, console=Console(file=app.stderr), transient=True, auto_refresh=False) as bar:
        task = bar.add_task(app.t(key, rows=0), total=None)
        yield lambda rows: bar.update(task, description=app.t(key, rows=rows), refresh=True)
