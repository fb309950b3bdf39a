"""What the bot does at once besides: it shows which button was pressed, and leaves groups.

Nothing here is needed for a word to be kept, and nothing here may keep one from being: it is done after the inbox has
committed, in the background, and its failure is harmless.
"""

from __future__ import annotations

import contextlib
import threading
from collections import deque
from collections.abc import Coroutine
from typing import Any

from telegram import Bot, CallbackQuery, Chat, Message, Update
from telegram.error import TelegramError

from channels.telegram.line import NO_PREVIEW, Exchange, Line
from channels.telegram.reading import is_private
from channels.telegram.splitting import LIMIT, units

CHOSEN = "✓"
"""Before what was chosen: a sign, since the question may be in any language."""

NOT_OPEN = "This question is not open now."
"""Shown for a moment where a press answered nothing."""

GOODBYE = "This bot only talks with one person at a time, so it is leaving this chat."

_REMEMBERED = 1000
_IN = ("member", "administrator", "restricted")


class Courtesies:
    """Does them over one line; safe to share between threads."""

    def __init__(self, line: Line) -> None:
        """Use a line; nothing is said yet."""
        self._line = line
        self._left: deque[int] = deque(maxlen=_REMEMBERED)
        self._guard = threading.Lock()

    def after(self, update: Update, *, counted: bool) -> None:
        """Begin what an update calls for, if it calls for anything.

        Args:
            counted: whether it was an answer; a press that was none is not shown as one.
        """
        if exchange := self._called_for(update, counted=counted):
            self._line.begin(exchange)

    def _called_for(self, update: Update, *, counted: bool) -> Exchange[object] | None:
        query = update.callback_query
        if query is not None:
            return lambda bot: _show(bot, query, counted=counted)
        chat = _joined(update)
        if chat is None:
            return None
        says_so = chat.type != Chat.CHANNEL and self._is_new(chat.id)
        return lambda bot: _leave(bot, chat.id, says_so=says_so)

    def _is_new(self, chat_id: int) -> bool:
        """Whether a group is left for the first time: one line is enough."""
        with self._guard:
            if chat_id in self._left:
                return False
            self._left.append(chat_id)
            return True


def _joined(update: Update) -> Chat | None:
    """The group or channel that the bot finds itself in."""
    chat = update.effective_chat
    if chat is None or is_private(chat):
        return None
    change = update.my_chat_member
    return chat if change is None or change.new_chat_member.status in _IN else None


async def _show(bot: Bot, query: CallbackQuery, *, counted: bool) -> None:
    """Acknowledge a press, which comes too late after an outage, and mark the question whether it did or not."""
    with contextlib.suppress(TelegramError):
        await bot.answer_callback_query(query.id, text=None if counted else NOT_OPEN)
    if isinstance(query.message, Message):
        await _mark(bot, query.message, query.data if counted else None)


def _mark(bot: Bot, message: Message, data: str | None) -> Coroutine[Any, Any, object]:
    """Take the buttons away, and write what was on the one that counted below the question."""
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    label = next((button.text for row in rows for button in row if data and button.callback_data == data), None)
    marked = f"{message.text}\n\n{CHOSEN} {label}"
    if not (label and message.text) or units(marked) > LIMIT:
        return bot.edit_message_reply_markup(message.chat.id, message.message_id, reply_markup=None)
    return bot.edit_message_text(
        marked, message.chat.id, message.message_id, link_preview_options=NO_PREVIEW, reply_markup=None
    )


async def _leave(bot: Bot, chat_id: int, *, says_so: bool) -> None:
    try:
        if says_so:
            await bot.send_message(chat_id, GOODBYE)
    finally:
        await bot.leave_chat(chat_id)
