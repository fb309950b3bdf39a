"""Several options at once: "1, 3", "a and c", "home and school", "all of them". An amount of options is never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from surveys.answers import Answer, Unclear
from surveys.hearing.choosing import one_option, unanswered
from surveys.hearing.letters import unmarked, wording
from surveys.hearing.meanings import Meanings
from surveys.hearing.numbers import is_count
from surveys.hearing.said import Said
from surveys.words import CONTINUES, EVERY_ONE, NO, NOT_ONE, bare

_JOINT = re.compile(r"[\s,;&+/]*+(?:(?:and|plus|also|both|options?|numbers?|answers?)\s++|[,;&+/]\s*+)*+")
_NUMBER = re.compile(r"(?P<number>[0-9]+)[.)\]]?+(?![0-9])(?:\s?-\s?(?=[a-z]))?")
_GLUED = re.compile(r"[^\W\d_]|[.:][0-9]|\s*[%°£$€]|\s*-\s*[0-9]")
_LETTER = re.compile(r"([a-e])[.)\]]?(?=[\s,;&+/]|$)")
_KISSES = re.compile(r"x{1,5}\W*$")
_OPENING = re.compile(r"[\s\"'(\[#*]*+")
_OVER = re.compile(r"[\s\"')\]]*+(?:[.,;:!()\-]|$)")
_WORD = re.compile(r"\s*([^\W\d_]+)")
_BETWEEN = re.compile(r"[,;&+/]|\band\b|\bplus\b")
_BOTH = frozenset({"both", "both of them", "both of these"})
_MOST_PARTS = 12


def several_options(meanings: Meanings, reply: Said) -> Answer | Unclear:
    """Read a reply as any number of the options; the value is a sorted tuple."""
    if meanings.option(reply.bare) is None:
        every = tuple(v for v in sorted(meanings.labels) if v not in {meanings.none, meanings.unsure})
        if reply.bare in EVERY_ONE or (reply.bare in _BOTH and len(every) == 2):
            return Answer(every)
        if reply.bare in NOT_ONE | NO:
            return Unclear("not_an_answer") if meanings.none is None else Answer((meanings.none,))
    if found := unanswered(meanings, reply):
        return _in_a_tuple(found)
    return _listed(meanings, reply) or _in_a_tuple(one_option(meanings, reply))


@dataclass(frozen=True, slots=True)
class _Item:
    """One option of a list: its number, where it ends, and the digits it was given by, if it was."""

    v: int
    end: int
    digits: str | None = None


def _listed(meanings: Meanings, reply: Said) -> Answer | Unclear | None:
    """Read two options and more; None where the reply lists no more than one."""
    listed = unmarked(reply.tidy).replace("'", "")
    items: list[_Item] = []
    place = _end_of(_OPENING, listed, 0)
    while item := _item(meanings, listed, _end_of(_JOINT, listed, place)):
        if isinstance(item, Unclear):
            return item if items else None
        items.append(item)
        place = item.end
    chosen = tuple(sorted({item.v for item in items}))
    if len(chosen) < 2:
        return _one_by_one(meanings, listed) if not chosen or items[-1].digits is None else None
    if not set(chosen) <= set(meanings.labels):
        return Unclear("out_of_range")
    return _with_rest(chosen, items[-1], listed[place:], meanings, reply)


def _end_of(pattern: re.Pattern[str], text: str, place: int) -> int:
    found = pattern.match(text, place)
    return found.end() if found else place


def _with_rest(chosen: tuple[int, ...], last: _Item, rest: str, meanings: Meanings, reply: Said) -> Answer | Unclear:
    if last.digits is not None and is_count(last.digits, rest, meanings.expected):
        return Unclear("a_count")
    following = _WORD.match(rest)
    is_over = _OVER.match(rest) or (following and following[1] in CONTINUES)
    if last.digits is None and not is_over:
        return Unclear("not_an_answer")
    return Answer(chosen, reply.text if bare(wording(rest)) not in _NO_MORE else None)


def _item(meanings: Meanings, listed: str, place: int) -> _Item | Unclear | None:
    """Read one option of a list at `place`."""
    if found := _NUMBER.match(listed, place):
        digits = found["number"]
        after = listed[found.end("number") :]
        if (_GLUED.match(after) and not _KISSES.match(after)) or (len(digits) > 1 and digits[0] == "0"):
            return Unclear("not_a_number")
        return _Item(int(digits), found.end(), digits) if len(digits) < 3 else Unclear("out_of_range")
    if found := _LETTER.match(listed, place):
        return _Item("abcde".index(found[1]) + 1, found.end())
    if found := meanings.listed.match(listed, place):
        return _Item(meanings.exact[wording(found[0])], found.end())
    return None


def _one_by_one(meanings: Meanings, listed: str) -> Answer | None:
    """Read a list whose every part is an option, slips included ("scool and home")."""
    parts = _BETWEEN.split(listed, maxsplit=_MOST_PARTS)
    if not 2 <= len(parts) <= _MOST_PARTS:
        return None
    chosen = [meanings.whole(bare(wording(part))) for part in parts]
    return Answer(tuple(sorted({v for v in chosen if v}))) if all(chosen) else None


_NO_MORE = frozenset({"", "please", "thanks", "thank you", "x", "xx", "xxx", "lol", "haha"})


def _in_a_tuple(found: Answer | Unclear) -> Answer | Unclear:
    if isinstance(found, Answer) and isinstance(found.value, int):
        return Answer((found.value,), found.comment, found.flags)
    return found
