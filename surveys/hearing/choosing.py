"""One option out of several, from whatever people text for it: its number, its letter, its words, yes or no."""

from __future__ import annotations

import re

from surveys.answers import SKIPPED, Answer, Unclear
from surveys.hearing.letters import wording
from surveys.hearing.meanings import Meanings
from surveys.hearing.numbers import NoNumber, TwoNumbers, leading_number
from surveys.hearing.said import Said
from surveys.hearing.spoken import BEFORE_WORDS, without_hedges
from surveys.words import CONTINUES, LEADING_NO, LEADING_YES, YES, bare

_LETTER = re.compile(r"[\s\"'(\[]*+(?:option |answer )?([a-e])(?:[\s.)\]:!,]*+$|\s*[).:\-]\s+(?P<rest>\S))")
_FIRST_CLAUSE = re.compile(r"[.,;:!()\-]")
_CONJUNCTION = re.compile(r"(?:and|but|or|then|also)\s+")
_SAYINGS = ("better than nothing",)
_SARCASM = frozenset({"right", "whatever", "sure", "not", "yeah right", "yh right", "as if"})
_EITHER = re.compile(r"\s*/\s*|,? (?:and|n|&) ")
_GOOD = frozenset({"good", "better", "agree", "great"})
_BAD = frozenset({"bad", "worse", "poor", "disagree", "awful", "terrible"})
_RETRACTED = re.compile(r"(?:no )?(?:i lie|i lied|only joking|just kidding|jk|joking)\b")
_DENIED = re.compile(r"(?:no|wait|actually|sorry|i mean)\b(?: (?:i lie|wait|sorry|i mean|actually))*\s*")
_DIGITS = re.compile(r"[0-9]{1,2}")
_MOST_WORDS = 6  # of an answer with a comment after it


def one_option(meanings: Meanings, reply: Said) -> Answer | Unclear:
    """Read a reply as one of the options."""
    for words in (reply.words, reply.bare):
        if (v := meanings.option(words)) is not None:
            return Answer(v)
    if found := unanswered(meanings, reply):
        return found
    if _are_two(meanings, reply):
        return Unclear("two_answers")
    return (
        _lettered(meanings, reply)
        or numbered(meanings, reply)
        or _whole(meanings, reply.bare)
        or _leading_words(meanings, reply)
        or _spoken(meanings, reply)
        or Unclear("not_an_answer")
    )


def _are_two(meanings: Meanings, reply: Said) -> bool:
    """Say whether the first two clauses are two answers, or an answer and its denial ("yes. no. i dont know", "ok/good")."""
    clauses = [bare(wording(part)) for part in _FIRST_CLAUSE.split(reply.tidy, maxsplit=3)]
    clauses = [clause for clause in clauses if clause][:2]
    either = [bare(wording(part)) for part in _EITHER.split(reply.tidy, maxsplit=2)][:2]
    return any(_differ(meanings, pair) for pair in (clauses, either) if len(pair) == 2)


def _differ(meanings: Meanings, pair: list[str]) -> bool:
    """Say whether two pieces are different answers, or one the opposite of the other though no option says so."""
    first, second = pair[0], pair[1]
    if first in meanings.never_leading or (_is_for(first) is None and meanings.option(first) is None):
        return False
    if second in _SARCASM or _RETRACTED.match(second):
        return True
    if meanings.option(second) is None and _is_for(second) is None:
        second = _DENIED.sub("", second)
    one, other = meanings.option(first), meanings.option(second)
    if one is not None and other is not None:
        return one != other and other not in meanings.nearer.get(one, ())
    return {_is_for(first), _is_for(second)} == {True, False}


def _is_for(words: str) -> bool | None:
    """Say whether words are plainly a yes or good (True), plainly a no or bad (False), or neither."""
    if words in LEADING_YES or words in _GOOD:
        return True
    return False if words in LEADING_NO or words in _BAD else None


def unanswered(meanings: Meanings, reply: Said) -> Answer | None:
    """Understand that the person passes, or does not know: then the option that says so, or none."""
    if found := _unanswered(meanings, reply.words) or _unanswered(meanings, reply.bare):
        return found
    return _unsure(meanings) if is_nothing(reply) else None


def is_nothing(reply: Said) -> bool:
    """Say whether a reply holds only full stops and dashes."""
    return not reply.words and not reply.tidy.strip(".…- ;")


def _unanswered(meanings: Meanings, words: str) -> Answer | None:
    if words in meanings.skips:
        return SKIPPED
    return _unsure(meanings) if words in meanings.unsaid else None


def _unsure(meanings: Meanings) -> Answer:
    return SKIPPED if meanings.unsure is None else Answer(meanings.unsure)


def numbered(meanings: Meanings, reply: Said) -> Answer | Unclear | None:
    """Understand a number, alone or with words after it; None where the reply begins with none."""
    found = leading_number(reply.tidy, meanings.expected)
    if found is None:
        return None
    if isinstance(found, NoNumber):
        return Unclear(found.reason)
    if isinstance(found, TwoNumbers):
        return Unclear("two_numbers")
    named = [meanings.option(word) for word in wording(found.before).split()] if meanings.exact and found.before else []
    after = meanings.whole(bare(wording(found.rest))) if meanings.exact and found.rest else None
    if any(v not in {None, found.value} for v in (*named, after)):
        return Unclear("two_answers")
    is_more = bool(found.rest) and after is None
    return Answer(found.value, reply.text if is_more else None)


def _lettered(meanings: Meanings, reply: Said) -> Answer | Unclear | None:
    found = _LETTER.match(reply.tidy)
    if found is None:
        return None
    v = "abcde".index(found[1]) + 1
    if v > meanings.expected.highest:
        return Unclear("out_of_range")
    return Answer(v, reply.text if found["rest"] else None)


def _whole(meanings: Meanings, words: str) -> Answer | None:
    v = meanings.whole(words)
    if v is None and (answer := without_hedges(words)) != words:
        v = meanings.whole(answer)
    return None if v is None else Answer(v)


def _leading_words(meanings: Meanings, reply: Said) -> Answer | Unclear | None:
    """Understand an answer in words with a comment after it: "yes but he hit me", "Worse. He left"."""
    clause = _FIRST_CLAUSE.split(reply.tidy, maxsplit=1)
    if len(clause) == 2:
        first = bare(wording(clause[0]))
        v = _leading(meanings, first)
        if v is not None and not first.startswith(_SAYINGS):
            return _with_comment(meanings, v, wording(clause[1]), reply.text)
    return _before_comment(meanings, reply.bare, reply.text)


def _before_comment(meanings: Meanings, words: str, text: str) -> Answer | Unclear | None:
    if words.startswith(_SAYINGS):
        return None
    parts = words.split(" ", _MOST_WORDS)
    for length in range(min(len(parts) - 1, _MOST_WORDS), 0, -1):
        following = parts[length].split(" ", 1)[0]
        if following in CONTINUES or following == "not":
            v = _leading(meanings, " ".join(parts[:length]))
            if v is not None and (following != "not" or v == meanings.no):
                return _with_comment(meanings, v, " ".join(parts[length:]), text)
    return None


def _spoken(meanings: Meanings, reply: Said) -> Answer | Unclear | None:
    """Understand an answer after words that only lead up to it: "to be honest with you not really"."""
    lead = BEFORE_WORDS.match(reply.words)
    if lead is None or reply.tidy.startswith("were "):  # not "we're": others are meant ("were poor")
        return None
    answer = _after_lead(meanings, reply, lead.end())
    if answer is None:
        return None
    said_yes = meanings.yes is not None and not YES.isdisjoint(lead[0].split())
    denies = isinstance(answer, Answer) and answer.value in {None, meanings.no, meanings.unsure}
    return Unclear("two_answers") if said_yes and denies else answer


def _after_lead(meanings: Meanings, reply: Said, place: int) -> Answer | Unclear | None:
    """Read what follows the lead; its last word may belong to the answer ("things are | a lot better")."""
    last_word = reply.words.rfind(" ", 0, place - 1) + 1
    readings = [bare(reply.words[start:]) for start in dict.fromkeys((last_word, place)) if start]
    for words in readings:
        if found := _unanswered(meanings, words) or _whole(meanings, words):
            return found
    commented = (_before_comment(meanings, words, reply.text) for words in readings)
    return next((found for found in commented if found is not None), None)


def _leading(meanings: Meanings, words: str) -> int | None:
    """Give the option that the first words of a reply are; a comment may follow them."""
    if words in meanings.never_leading:
        return None
    v = meanings.option(words)
    return meanings.slipped(words) if v is None and len(words) > 3 else v


def _with_comment(meanings: Meanings, v: int, rest: str, text: str) -> Answer | Unclear:
    second_answer = _CONJUNCTION.sub("", rest, count=1)
    second = int(second_answer) if _DIGITS.fullmatch(second_answer) else meanings.option(bare(second_answer))
    if second is not None and second in meanings.nearer.get(v, ()):
        return Answer(second, text)  # "yes, kind of", "no, not really": the nearer word of the two
    if rest in _SARCASM or (second is not None and second != v):
        return Unclear("two_answers")
    return Answer(v, text if rest and second is None else None)
