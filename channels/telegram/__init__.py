"""Telegram, by its Bot API: `sending` hands messages over, `reading` makes sense of what comes in.

The only package that may import `telegram`, and of it only the bot, its types and its transport: what is asked and answered
is the conversation's, so the library's own handlers and conversations stay out.
"""

from __future__ import annotations

from channels.telegram.account import Account
from channels.telegram.courtesies import Courtesies
from channels.telegram.incoming import Incoming
from channels.telegram.line import Line
from channels.telegram.polling import Poller
from channels.telegram.sending import TelegramChat

__all__ = ["Account", "Courtesies", "Incoming", "Line", "Poller", "TelegramChat"]
