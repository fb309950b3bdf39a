"""What waits for an owner in a digest: words and answers about cases whose worker nobody leads. Pure: rows in, rows out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from analysis.figures import CommentRow, FlagRow


@dataclass(frozen=True)
class WaitingRow:
    """A stage of a case about which somebody has replied: where it belongs, and nothing of what was said."""

    case_reference: str
    stage: str
    on: date
    unit: str
    worker: str


@dataclass(frozen=True)
class WaitingRows:
    """What waits, as it is read: what may not be shown is still in `comments`."""

    items: Sequence[WaitingRow] = ()
    comments: Sequence[CommentRow] = ()
    flags: Sequence[FlagRow] = ()


@dataclass(frozen=True)
class WaitingForOwner:
    """What waits, as it is shown.

    Attributes:
        items: the stages, the oldest first.
        comments: word for word, as they came.
        flags: closed answers that ask for a look.
        held: how many comments wait to be released by safeguarding.
    """

    items: tuple[WaitingRow, ...]
    comments: tuple[CommentRow, ...]
    flags: tuple[FlagRow, ...]
    held: int


NOTHING_WAITS = WaitingRows()
