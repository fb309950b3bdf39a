"""What a reply was taken to mean: an answer, or unclear and why. The tables of both; decides nothing.

| type                     | value of its answer                                                       |
|--------------------------|---------------------------------------------------------------------------|
| choice, yes_no           | the option's number                                                       |
| choices                  | the options' numbers, smallest first, each once: `(1, 3)`                 |
| scale, number            | the number                                                                |
| date                     | ISO: `"2026-10-06"`                                                       |
| text                     | None: the words are the comment                                           |

| flag of an answer | what it says                                                                     |
|-------------------|----------------------------------------------------------------------------------|
| skipped           | the person would rather not answer, or does not know and no option says so       |
| no_comment        | nothing to say on a free-text question ("idk", "."): not a negative one          |
| two_numbers       | two numbers stayed; the lower counts, or the later where they corrected it       |
| reaction          | the words are a phone's own account of a reaction (`Liked "…"`), not the person's|

| reason why unclear | what the reply is                                                               |
|--------------------|---------------------------------------------------------------------------------|
| blank              | nothing that can be seen                                                        |
| reaction           | a phone's own account of a reaction (`Liked "…"`); the quotation is ours        |
| not_an_answer      | words that answer something else, or nothing                                    |
| not_a_number       | digits that are a phone number, time, date, price or too long                   |
| out_of_range       | a number or a letter that no answer has                                         |
| a_count            | a number that counts, prices or ages something ("0 problems", "5 quid")         |
| two_numbers        | two different numbers where one is asked for                                    |
| two_answers        | two answers that do not go together ("yes and no", "1 worse")                   |
| not_a_date         | on a date question, what names no day of the calendar for sure ("6/10", "31/02/2026") |
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from surveys.questions import Value

Reason = Literal[
    "blank",
    "reaction",
    "not_an_answer",
    "not_a_number",
    "out_of_range",
    "a_count",
    "two_numbers",
    "two_answers",
    "not_a_date",
]


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply that answers the question.

    Attributes:
        value: by the question's type, as the table above has it; None for free text and for a skipped question.
        comment: the whole reply, word for word, where it says more than the value.
        flags: of the table above; the conversation adds "unclear" where a reply stayed so.
    """

    value: Value
    comment: str | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unclear:
    """A reply that does not answer the question, and why."""

    reason: Reason


SKIPPED = Answer(None, None, ("skipped",))
NO_COMMENT = Answer(None, None, ("no_comment",))
