"""Doing the same for many: a fault in one of them does not keep the others waiting."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

log = logging.getLogger(__name__)

T = TypeVar("T")


class PartlyDone(Exception):
    """Some were done and some failed; the message says how many, never what they hold."""


def one_by_one(items: Iterable[T], do: Callable[[T], bool]) -> int:
    """Do each in turn; return for how many `do` was True.

    Raises:
        PartlyDone: at the end, if any failed. The kind of each fault is logged; its values may hold words and are not.
    """
    done = failed = 0
    for item in items:
        try:
            done += do(item)
        except Exception as fault:  # noqa: BLE001 - whatever it was, the next one is not to blame
            failed += 1
            log.error("%s while doing one of many; going on", type(fault).__name__)  # noqa: TRY400
    if failed:
        raise PartlyDone(f"{done} done, {failed} failed: see the log for the kind of fault")
    return done
