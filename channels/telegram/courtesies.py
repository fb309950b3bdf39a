"""What the bot does at once besides: it shows which button was pressed, and leaves groups.

Nothing here is needed for a word to be kept, and nothing here may keep one from being: it is done after the inbox has
committed, in the background, and its failure is harmless.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Coroutine
from typing import Any

from telegram import Bot, CallbackQuery, Chat, Message, Update

from channels.telegram.line import NO_PREVIEW, Exchange, Line
from channels.telegram.reading import is_private
from channels.telegram.splitting import LIMIT, units

CHOSEN = "✓"
"""Before what was chosen: a sign, since the question may be in any language."""

GOODBYE = "This bot only talks with one person at a time, so it is leaving this chat."

_REMEMBERED = 1000
_IN = ("member", "administrator", "restricted")


class Courtesies:
    """Does them over one line; safe to share between threads."""

    def __init__(self, line: Line) -> None:
        """Use a line; nothing is said yet."""
        self._line = line
        self._done: deque[tuple[int, int]] = deque(maxlen=_REMEMBERED)
        self._guard = threading.Lock()

    def after(self, update: Update) -> None:
        """Begin what an update calls for, if it calls for anything."""
        if exchange := self._called_for(update):
            self._line.begin(exchange)

    def _called_for(self, update: Update) -> Exchange[object] | None:
        query = update.callback_query
        if query is not None:
            is_first = self._is_first(query.message.chat.id, query.message.message_id) if query.message else False
            return lambda bot: _show(bot, query, is_first=is_first)
        chat = _joined(update)
        if chat is None:
            return None
        says_so = chat.type != Chat.CHANNEL and self._is_first(chat.id, 0)
        return lambda bot: _leave(bot, chat.id, says_so=says_so)

    def _is_first(self, chat_id: int, message_id: int) -> bool:
        """Whether this is the first time: of two buttons pressed in a hurry the first is the answer."""
        with self._guard:
            if (chat_id, message_id) in self._done:
                return False
            self._done.append((chat_id, message_id))
            return True


def _joined(update: Update) -> Chat | None:
    """The group or channel that the bot finds itself in."""
    chat = update.effective_chat
    if chat is None or is_private(chat):
        return None
    change = update.my_chat_member
    return chat if change is None or change.new_chat_member.status in _IN else None


async def _show(bot: Bot, query: CallbackQuery, *, is_first: bool) -> None:
    await bot.answer_callback_query(query.id)
    if is_first and isinstance(query.message, Message):
        await _mark(bot, query.message, query.data)


def _mark(bot: Bot, message: Message, data: str | None) -> Coroutine[Any, Any, object]:
    """Take the buttons away, and write what was on the pressed one below the question."""
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    label = next((button.text for row in rows for button in row if button.callback_data == data), None)
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
