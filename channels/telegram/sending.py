"""Hands messages to Telegram.

May not decide whether or when to try again: that is the outbox's. Telegram keeps no list that a bot may read and knows no
key for a message, so nobody can tell afterwards whether it has taken one that it never answered. Such a message is sent
again: a question that stands there twice can be answered, one that never came cannot, and its buttons answer it once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from telegram import Bot

from channels.base import Finding, KeepsNoList, Outgoing, Sent
from channels.errors import BadAddress
from channels.telegram import buttons
from channels.telegram.account import Account
from channels.telegram.line import NO_PREVIEW, Line
from channels.telegram.splitting import split

_PERSON = re.compile(r"[1-9]\d{0,18}")
_MOST_UNFINISHED = 1000


class TelegramChat(KeepsNoList):
    """The Telegram channel; one instance serves all threads."""

    name = "telegram"

    def __init__(self, line: Line, account: Account | None = None) -> None:
        """Use a line; nothing is sent yet.

        Args:
            line: to the bot that people write with.
            account: what its set-up should be; `check` goes by it.
        """
        self.line = line
        self.account = account or Account(line)
        self._begun: dict[str, int] = {}

    def send(self, message: Outgoing) -> Sent:
        """Hand one message to Telegram: see `channels.base.Channel.send`.

        A text that is too long for one message goes in several, with the buttons under the last. Where one of them is not
        taken, the next attempt in this process goes on with that one, so that those before it do not come twice.

        Raises:
            channels.errors.SendError: one of the messages was not taken, or may not have been.
        """
        if not _PERSON.fullmatch(message.address):
            raise BadAddress("not_a_person", "This is not the chat of a person on Telegram.")
        chat_id = int(message.address)
        pieces = split(buttons.wording(message))
        keyboard = buttons.keyboard(message.choices)

        async def hand_in(bot: Bot) -> int:
            message_id = 0
            for number in range(self._begun.get(message.key, 0), len(pieces)):
                is_last = number == len(pieces) - 1
                taken = await bot.send_message(
                    chat_id,
                    pieces[number],
                    reply_markup=keyboard if is_last else None,
                    link_preview_options=NO_PREVIEW,
                )
                message_id = taken.message_id
                self._note(message.key, 0 if is_last else number + 1)
            return message_id

        return Sent(self.line.name_of(chat_id, self.line.do(hand_in)))

    def check(self) -> Sequence[Finding]:
        """Look at the bot's set-up: see `channels.base.Checked`."""
        return self.account.check()

    def close(self) -> None:
        """Close the connections that are kept open for reuse."""
        self.line.close()

    def _note(self, key: str, how_many: int) -> None:
        """Remember how many messages of an unfinished one Telegram has; forget it once it has them all."""
        self._begun.pop(key, None)
        if how_many:
            self._begun[key] = how_many
        while len(self._begun) > _MOST_UNFINISHED:
            self._begun.pop(next(iter(self._begun)), None)
