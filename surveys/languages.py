"""A language besides English: the words people answer with in it, its shared messages, and a survey's wordings in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from surveys.frozen import Frozen, Identifier, Words
from surveys.gaps import Direction

Listed = tuple[Words, ...]

ENGLISH = "en"
"""The language that definitions are written in, and that stands in wherever another has no words."""


class ReplyWords(Frozen):
    """What people write in one language where an answer is asked of them; matched as `surveys.words.key` gives it.

    Attributes:
        numbers: number words and what they stand for, besides the digits, which every language shares.
        go: words that begin the questions. later: words that put them off. (Words that opt out are heeded in every
            language at all times, so that they stand in `bot.conversation.commands`.)
    """

    yes: Listed = Field(default=(), strict=False)
    no: Listed = Field(default=(), strict=False)
    unsure: Listed = Field(default=(), strict=False)
    skip: Listed = Field(default=(), strict=False)
    go: Listed = Field(default=(), strict=False)
    later: Listed = Field(default=(), strict=False)
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
    direction: Direction = "ltr"
    status: Literal["draft", "checked"]
    plain_letters: bool = False
    most_parts: int = Field(default=1, ge=1, le=4)
    words: ReplyWords
    messages: Mapping[str, str]


class QuestionWording(Frozen):
    """A question in another language; what is left out is asked in English.

    Attributes:
        options: the labels in the order of the question's options.
    """

    ask: Words | None = None
    text_easy: Words | None = None
    options: Listed | None = Field(default=None, strict=False)


class Wording(Frozen):
    """A survey in another language; what is left out is said in English."""

    intro: Words | None = None
    closing: Words | None = None
    questions: Mapping[Identifier, QuestionWording] = Field(default_factory=dict)


_CODES = """
aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo
es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka
kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng
nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su
sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
ISO_639_1 = frozenset(_CODES.split())
"""The codes of languages (ISO 639-1), so that a slip in one is told of."""
