"""What Telegram's refusals mean for us: one table, and the few lines that read it.

Telegram gives a status and a sentence (core.telegram.org/bots/api#making-requests); for 400 and 403 only the sentence tells
causes apart. May not quote those sentences: a code of ours goes on instead.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from channels import errors
from channels.errors import SendError
from channels.waiting import within_bounds


class Meaning(NamedTuple):
    """What a refusal comes to."""

    kind: type[SendError]
    code: str
    explanation: str


_NOBODY = Meaning(errors.BadAddress, "chat_not_found", "Telegram knows no chat of the bot with this person.")
_GROUP = Meaning(errors.BadAddress, "not_a_private_chat", "This is a group or a bot, and only people are written to.")
_TOKEN = Meaning(
    errors.OurFault, "bad_token", "Telegram does not know our bot's token. Set the one that BotFather shows."
)

_BY_SENTENCE: tuple[tuple[int, str, Meaning], ...] = (
    (
        403,
        "blocked by the user",
        Meaning(errors.OptedOut, "blocked", "This person has blocked the bot: that is a stop."),
    ),
    (403, "deactivated", Meaning(errors.BadAddress, "deactivated", "This person's Telegram account is gone.")),
    (
        403,
        "initiate conversation",
        Meaning(errors.BadAddress, "not_begun", "This person has not begun a chat with the bot."),
    ),
    (403, "kicked", _GROUP),
    (403, "not a member", _GROUP),
    (403, "to bots", _GROUP),
    (400, "chat not found", _NOBODY),
    (400, "user not found", _NOBODY),
    (400, "chat_id", _NOBODY),
    (400, "peer_id_invalid", _NOBODY),
    (400, "supergroup", _GROUP),
    (400, "rights", _GROUP),
    (400, "message is too long", Meaning(errors.Refused, "too_long", "The message is longer than Telegram takes.")),
    (400, "text is empty", Meaning(errors.Refused, "empty", "The message has no text.")),
)
"""Looked for in the sentence, small letters."""

_BY_STATUS: dict[int, Meaning] = {
    401: _TOKEN,
    403: Meaning(errors.OptedOut, "forbidden", "Telegram does not let the bot write to this person: that is a stop."),
    404: _TOKEN,
    409: Meaning(
        errors.OurFault,
        "conflict",
        "A webhook is set, or another program asks Telegram for this bot's messages; only one may.",
    ),
    429: Meaning(errors.Busy, "429", "Telegram asked us to send more slowly."),
}


def failure(status: int, body: bytes) -> SendError:
    """Return the error that an answer of Telegram's stands for, ready to be raised.

    Args:
        status: HTTP status, anything but 2xx.
        body: JSON with `description` and perhaps `parameters.retry_after` (seconds), or anything else.
    """
    answer = _object(body)
    sentence = str(answer.get("description", "")).lower()
    named = (meaning for code, words, meaning in _BY_SENTENCE if code == status and words in sentence)
    kind, code, explanation = next(named, None) or _BY_STATUS.get(status) or _by_class(status)
    return kind(code, explanation, retry_after=_wait(answer))


def _by_class(status: int) -> Meaning:
    if 400 <= status < 500:
        return Meaning(errors.Refused, str(status), "Telegram refused the message for what it is.")
    return Meaning(errors.ProviderFault, str(status), "Telegram answered with a fault of its own.")


def _object(body: bytes) -> Mapping[str, Any]:
    try:
        content = json.loads(body)
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def _wait(answer: Mapping[str, Any]) -> float | None:
    parameters = answer.get("parameters")
    seconds = parameters.get("retry_after") if isinstance(parameters, dict) else None
    is_number = isinstance(seconds, int | float) and not isinstance(seconds, bool)
    return within_bounds(seconds) if is_number and seconds is not None else None
