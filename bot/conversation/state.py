"""Where a conversation stands: versioned JSON that the core writes and reads and the store merely keeps.

Holds numbers and names of questions only, never a person's words.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Literal, Self, get_args

from surveys.questions import Survey
from surveys.stages import Audience

FORMAT = 1

Phase = Literal["new", "invited", "asking", "paused", "finished", "declined", "opted_out", "lapsed", "outside"]


class UnknownState(ValueError):
    """A kept state that this version of the service cannot read."""


@dataclass(frozen=True)
class State:
    """Where one conversation stands.

    Attributes:
        survey_id, survey_version: the survey as it was when the conversation began.
        names: what fills the gaps in wordings (worker, brand, initial, url), as recorded; wording makes them fit.
        question: the open question's id; None before the first and after the last.
        nudged: the one repeat allowed at this point has been used: the question was clarified, the prompt to begin was
            repeated, or a late reply was answered.
        answered: each question dealt with, and its number; None for words, skipped and unclear replies.
        late: used outside a conversation: the person's questions have closed, rather than never having been open.
    """

    survey_id: str
    survey_version: int
    audience: Audience
    names: Mapping[str, str]
    phase: Phase
    easy_read: bool
    question: str | None
    nudged: bool
    answered: Mapping[str, int | None]
    late: bool

    @classmethod
    def new(cls, survey: Survey, names: Mapping[str, str], easy_read: bool = False) -> Self:  # noqa: FBT001, FBT002 - the face
        """Begin a conversation that nobody has been told of yet."""
        return cls(
            survey_id=survey.id,
            survey_version=survey.version,
            audience=survey.audience,
            names=dict(names),
            phase="new",
            easy_read=easy_read,
            question=None,
            nudged=False,
            answered={},
            late=False,
        )

    @classmethod
    def outside(cls, survey: Survey, names: Mapping[str, str], *, opted_out: bool, late: bool) -> Self:
        """Stand ready for a text that comes when no conversation is open.

        Args:
            survey: what `surveys.catalogue.Catalogue.nothing_open` gives for the person's audience.
            names: as for `new`.
            opted_out: the person has said stop; nothing but START is answered.
            late: the person had questions and they have closed.
        """
        return replace(cls.new(survey, names), phase="opted_out" if opted_out else "outside", late=late)

    def to_json(self) -> str:
        """Write the state as ASCII JSON, the same text for the same state."""
        return json.dumps({"format": FORMAT, **vars(self)}, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what `to_json` wrote.

        Raises:
            UnknownState: the text is not a state of a format that this version knows.
        """
        content = _read_object(text)
        found = content.pop("format", None)
        if found != FORMAT:
            msg = f"This conversation was kept in format {found!r}; this version of the service reads format {FORMAT}."
            raise UnknownState(msg)
        expected = {field.name for field in fields(cls)}
        if content.keys() != expected or content["phase"] not in get_args(Phase):
            msg = f"This conversation says it is in format {FORMAT}, but its fields do not fit that format."
            raise UnknownState(msg)
        return cls(**content)


def _read_object(text: str) -> dict[str, Any]:
    try:
        content = json.loads(text)
    except ValueError as error:
        msg = "This conversation's kept state is not JSON."
        raise UnknownState(msg) from error
    if not isinstance(content, dict):
        msg = "This conversation's kept state is JSON, but not an object."
        raise UnknownState(msg)
    return content
