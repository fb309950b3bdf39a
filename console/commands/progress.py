"""How far a long command has come, on standard error: a bar on a terminal, plain lines elsewhere where they are wanted."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from tqdm import tqdm

EVERY_SECONDS = 5.0
"""So long lies between two plain lines at least."""

Add = Callable[[int], object]
"""Is told how many more are done."""


@contextmanager
def progress(
    what: str,
    terminal: TextIO,
    *,
    total: int | None = None,
    plain: bool,
    seconds: Callable[[], float] = time.monotonic,
) -> Iterator[Add]:
    """Tell how much has been done, and how fast it goes.

    Args:
        what: is done, such as "answers".
        total: how many there are, where that is known.
        plain: whether to write lines where `terminal` is none; else nothing is told there.
    """
    if terminal.isatty():
        with tqdm(total=total, unit=f" {what}", file=terminal) as bar:
            yield bar.update
    elif plain:
        lines = _Lines(what, terminal, total, seconds)
        yield lines.add
        lines.tell()
    else:
        yield lambda _: None


class _Lines:
    """Plain lines for a log."""

    def __init__(self, what: str, file: TextIO, total: int | None, seconds: Callable[[], float]) -> None:
        self._what, self._file, self._total, self._seconds = what, file, total, seconds
        self._done, self._began = 0, seconds()
        self._told = self._began

    def add(self, more: int) -> None:
        """Count more, and tell of it now and then."""
        self._done += more
        if self._seconds() - self._told >= EVERY_SECONDS:
            self.tell()

    def tell(self) -> None:
        """Write how much has been done."""
        self._told = self._seconds()
        of_all = "" if self._total is None else f" of {self._total}"
        took = self._told - self._began
        pace = f", {self._done / took:.0f} a second" if took else ""
        print(f"{self._done}{of_all} {self._what}{pace}", file=self._file, flush=True)
