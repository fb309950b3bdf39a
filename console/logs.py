"""How the service logs: one line an event, and never the message of a fault, which may hold a family's words."""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

QUIET = ("alembic", "apscheduler", "asyncio", "celery", "kombu", "twilio", "tzlocal", "urllib3", "werkzeug")
"""Libraries that log what they send or serve; from them, warnings only."""

_SECRET_PATHS = re.compile(r"(/(?:chat|s|t)/)[^\s/?#\"']+")
"""Addresses that open a web chat: what follows is as good as a key."""


class WordlessFormatter(logging.Formatter):
    """Writes of a fault its kind and where it happened, frame by frame, and leaves its message out.

    Of the addresses of web chats it leaves out what only their holders may know.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line, without what opens a web chat."""
        return _SECRET_PATHS.sub(r"\1…", super().format(record))

    def formatException(self, ei: logging._SysExcInfoType) -> str:  # noqa: N802 - logging's own name
        """Where the fault happened, the innermost frame last; no values."""
        kind, _, trace = ei
        frames = [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in traceback.extract_tb(trace)]
        return "\n".join([*frames, f"  {kind.__name__ if kind else 'fault'} (its message is left out on purpose)"])


def set_up(level: str) -> None:
    """Send every log line of ours to standard error at `level` and above. A second call only sets the level."""
    root = logging.getLogger()
    root.setLevel(level)
    if not any(isinstance(handler.formatter, WordlessFormatter) for handler in root.handlers):
        handler = logging.StreamHandler()
        handler.setFormatter(WordlessFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
        root.addHandler(handler)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


@contextmanager
def warnings_only() -> Iterator[None]:
    """For as long as it lasts, log warnings and worse only: somebody is reading a line that is still being written."""
    logging.disable(logging.INFO)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)
