"""A report of a mail that came back becomes a receipt, like a provider's word on a text."""

from __future__ import annotations

from collections.abc import Callable

from channels.base import Ignored, Receipt
from channels.errors import Unreadable


class NoReport(Exception):
    """What was handed over is no report of a mail that came back; `str` says why in a sentence without addresses."""


class Bounces:
    """The desk at which mails that came back arrive, one at a time; the same one twice changes nothing."""

    def __init__(self, read: Callable[[bytes], Receipt | Ignored], record: Callable[[Receipt], None]) -> None:
        """Remember who reads such reports, and who writes down what they say."""
        self._read, self._record = read, record

    def take(self, raw: bytes) -> str:
        """Write down what a report says, and return a sentence about it that names nobody.

        Raises:
            NoReport: it is none, or does not say which mail it is about.
        """
        try:
            said = self._read(raw)
        except Unreadable as problem:
            told = str(problem)
        else:
            if isinstance(said, Ignored):
                return f"Nothing to write down. {said.reason}"
            self._record(said)
            return f"Written down. {said.explanation} (code {said.error_code})"
        raise NoReport(told)
