"""Makes sense of what Telegram hands us.

May not change a word of what somebody wrote, and fetches nothing: a picture is counted and stays where it is. The kinds of
update: core.telegram.org/bots/api#update.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from telegram import CallbackQuery, Chat, ChatMemberUpdated, Message, Update, User

from channels.base import Departed, Ignored, Joined, Received
from channels.errors import Unreadable
from channels.telegram import buttons

CHANNEL = "telegram"
KINDS = ("message", "edited_message", "callback_query", "my_chat_member")
"""What Telegram is asked to hand us; everything else it keeps to itself."""

Event = Received | Joined | Departed | Ignored

TOKEN_LENGTH = 22
"""Of what a link holds. Any other word after /start is somebody's own."""

_START = re.compile(rf"/start(?:@\w+)?(?:\s+(?P<token>[A-Za-z0-9_-]{{{TOKEN_LENGTH}}}))?\s*", re.IGNORECASE)
_COMMAND = re.compile(r"/(?:start(?:@\w+)?\s+/?)?(?P<word>stop|help)(?:@\w+)?\s*", re.IGNORECASE)
_OF_THE_CHAT = (
    *("pinned_message", "message_auto_delete_timer_changed", "chat_background_set", "connected_website"),
    *("write_access_allowed", "users_shared", "chat_shared", "boost_added", "proximity_alert_triggered"),
)
"""What Telegram itself notes in a private chat: nobody has said anything."""
_OF_ANY_MESSAGE = frozenset({"message_id", "date", "edit_date", "chat", "from", "text", "caption"})
_NEEDED = {
    "message": ("chat", "message_id"),
    "edited_message": ("chat", "message_id"),
    "callback_query": ("id", "from_user"),
    "my_chat_member": ("chat", "from_user", "new_chat_member"),
}
_UNPARSED = (KeyError, TypeError, ValueError, AttributeError, OverflowError, OSError)


def parse(content: object) -> Update:
    """Return an update, out of the JSON object that Telegram sent.

    Telegram's objects grow, and the library may trip over a new form of one that hangs on a message. The words are read
    all the same, without it.

    Raises:
        channels.errors.Unreadable: it is no update, or lacks what its kind must have.
    """
    if isinstance(content, Mapping) and isinstance(content.get("update_id"), int):
        for form in (content, _bare(content)):
            try:
                update = Update.de_json(dict(form), None)
            except _UNPARSED:
                continue  # what it holds must not hang on to what is raised below
            if _is_whole(update):
                return update
    raise Unreadable("update_id, or something that this kind of update must have, is missing")


def _bare(content: Mapping[str, Any]) -> Mapping[str, Any]:
    """A message without all that hangs on it; any other update as it is."""
    bare = {
        kind: {field: value for field, value in content[kind].items() if field in _OF_ANY_MESSAGE}
        for kind in ("message", "edited_message")
        if isinstance(content.get(kind), Mapping)
    }
    return {**content, **bare}


def _is_whole(update: Update) -> bool:
    """Whether it has what we go by: the library lets some of it be missing."""
    parts: Iterator[tuple[Any, str]] = (
        (getattr(update, kind), name) for kind, names in _NEEDED.items() for name in names
    )
    return all(part is None or getattr(part, name) is not None for part, name in parts)


def read(update: Update) -> Event:
    """Return what an update means for the service; `Ignored` where it means nothing."""
    name = f"u{update.update_id}"
    for kind, reader in _READERS.items():
        what: Any = getattr(update, kind)
        if what is not None:
            return reader(name, what)
    return Ignored("a kind of update that we did not ask for")


def is_private(chat: Chat | None) -> bool:
    """Whether a chat is with one person, as all of ours are."""
    return chat is not None and chat.type == Chat.PRIVATE


def _message(name: str, message: Message) -> Event:
    if outside := _outside(message.chat, message.from_user):
        return outside
    text = message.text or message.caption or ""
    address = str(message.chat.id)
    if start := _START.fullmatch(text):
        return Joined(CHANNEL, name, address, token=start["token"] or "")
    if not text and any(getattr(message, note) for note in _OF_THE_CHAT):
        return Ignored("a note of Telegram's own")
    command = _COMMAND.fullmatch(text)
    said = command["word"].upper() if command else text
    return Received(CHANNEL, name, address, said, media_count=_media(message), sent_at=message.date)


def _edited_message(name: str, message: Message) -> Event:
    if outside := _outside(message.chat, message.from_user):
        return outside
    text = message.text or message.caption or ""
    if message.location or _START.fullmatch(text):
        return Ignored("an edit without words")
    return Received(
        CHANNEL,
        name,
        str(message.chat.id),
        text,
        media_count=_media(message),
        sent_at=message.edit_date or message.date,
        comment_only=True,
    )


def _press(name: str, query: CallbackQuery) -> Event:
    chat = query.message.chat if query.message else None
    if outside := _outside(chat, query.from_user):
        return outside
    press = buttons.read(query.data)
    if press is None:
        return Ignored("a button that is none of ours")
    return Received(CHANNEL, name, str(query.from_user.id), str(press.number), button=press.question)


def _membership(name: str, change: ChatMemberUpdated) -> Event:
    if outside := _outside(change.chat, change.from_user):
        return outside
    if change.new_chat_member.status == "kicked":
        return Departed(CHANNEL, name, str(change.chat.id))
    return Ignored("the bot is let in again; they will say so themselves")


def _outside(chat: Chat | None, sender: User | None) -> Ignored | None:
    if not is_private(chat):
        return Ignored("not a private chat")
    if sender is None or sender.is_bot:
        return Ignored("not from a person")
    return None


def _media(message: Message) -> int:
    """One where there is anything but text, of whatever kind: albums come picture by picture."""
    return 0 if message.text is not None else 1


_READERS: dict[str, Callable[[str, Any], Event]] = {
    "message": _message,
    "edited_message": _edited_message,
    "callback_query": _press,
    "my_chat_member": _membership,
}
