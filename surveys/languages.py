"""A language besides English: the words people answer with in it, and the messages that surveys share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from surveys.frozen import Frozen, Words

Listed = tuple[Words, ...]


class ReplyWords(Frozen):
    """What people write in one language where an answer is asked of them; matched as `surveys.words.key` gives it.

    Attributes:
        numbers: number words and what they stand for, besides the digits, which every language shares.
        go: words that begin the questions. later: words that put them off. stop: whole messages that opt out.
    """

    yes: Listed = Field(default=(), strict=False)
    no: Listed = Field(default=(), strict=False)
    unsure: Listed = Field(default=(), strict=False)
    skip: Listed = Field(default=(), strict=False)
    go: Listed = Field(default=(), strict=False)
    later: Listed = Field(default=(), strict=False)
    stop: Listed = Field(default=(), strict=False)
    numbers: Mapping[str, int] = Field(default_factory=dict)


class Language(Frozen):
    """One language.

    Attributes:
        code: ISO 639-1, such as "cy".
        name: in English. own_name: in itself.
        direction: which way it is written.
        status: "draft" until a speaker has checked it.
        plain_letters: SMS carry its letters without their marks ("ł" as "l"), so that a text stays one part.
        most_parts: how many SMS parts a text in it may take.
        messages: the shared messages that it has; English stands in for the others.
    """

    code: str = Field(pattern=r"^[a-z]{2}$")
    name: Words
    own_name: Words
    direction: Literal["ltr", "rtl"] = "ltr"
    status: Literal["draft", "checked"]
    plain_letters: bool = False
    most_parts: int = Field(default=1, ge=1, le=4)
    words: ReplyWords
    messages: Mapping[str, str]
