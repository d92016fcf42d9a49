"""One line per step with its time; a bar where a step takes long. Standard library only."""

# ruff: noqa: T201 - it prints, which is what it is for

import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

WIDTH = 34


class Step:
    """Given to the `with` block of `step`: what to say while it runs and when it is done."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.note = ""
        self._begun = time.monotonic()

    def progress(self, done: int, total: int, doing: str = "") -> None:
        """Draw the bar again; nothing where nobody watches."""
        if not sys.stdout.isatty():
            return
        filled = 20 * min(done, total) // max(total, 1)
        line = (
            f"  {self.title:<{WIDTH}} [{'#' * filled}{'.' * (20 - filled)}] {done}/{total} {doing}"
        )
        _replace_line(line)

    def finish(self, word: str = "") -> None:
        seconds = time.monotonic() - self._begun
        text = f"  {self.title:<{WIDTH}} {seconds:6.1f} s  {word or self.note}".rstrip()
        if sys.stdout.isatty():
            _replace_line(text)
            text = ""
        print(text, flush=True)


@contextmanager
def step(title: str) -> Iterator[Step]:
    """Time the block and say how long it took, or that it failed."""
    now = Step(title)
    if sys.stdout.isatty():
        _replace_line(f"  {title:<{WIDTH}} ...")
    try:
        yield now
    except BaseException:
        now.finish("failed")
        raise
    now.finish()


def _replace_line(text: str) -> None:
    columns = shutil.get_terminal_size().columns - 1
    print(f"\r\033[K{text[:columns]}", end="", flush=True)
