"""What Telegram hands to a bot, as JSON: core.telegram.org/bots/api#update. Names, chats and files are invented."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from typing import Any

BOT = {"id": 999, "is_bot": True, "first_name": "Heard", "username": "CouncilHeardBot"}
BEGAN = int(datetime(2026, 10, 6, 10, 30, tzinfo=UTC).timestamp())

_FILE = {"file_id": "f1", "file_unique_id": "u1"}
_PHOTO = {**_FILE, "width": 90, "height": 90}
MEDIA: dict[str, dict[str, Any]] = {
    "photo": {"photo": [_PHOTO]},
    "sticker": {
        "sticker": {**_PHOTO, "type": "regular", "is_animated": False, "is_video": False, "emoji": "👍"},
    },
    "voice": {"voice": {**_FILE, "duration": 3}},
    "audio": {"audio": {**_FILE, "duration": 3}},
    "video": {"video": {**_PHOTO, "duration": 3}},
    "video note": {"video_note": {**_FILE, "length": 240, "duration": 3}},
    "animation": {"animation": {**_PHOTO, "duration": 3}, "document": _FILE},
    "document": {"document": {**_FILE, "file_name": "letter.pdf"}},
    "location": {"location": {"latitude": 51.2, "longitude": 1.1}},
    "venue": {
        "venue": {"location": {"latitude": 51.2, "longitude": 1.1}, "title": "Town hall", "address": "High Street"},
        "location": {"latitude": 51.2, "longitude": 1.1},
    },
    "contact": {"contact": {"phone_number": "+447700900123", "first_name": "Ella"}},
    "dice": {"dice": {"emoji": "🎲", "value": 4}},
    "poll": {
        "poll": {
            "id": "p1",
            "question": "Tea?",
            "options": [{"text": "Yes", "voter_count": 0, "persistent_id": "1"}],
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": False,
            "members_only": False,
        }
    },
    "something new": {"hologram": {"file_id": "h1"}},
}


def user(user_id: int, **more: Any) -> dict[str, Any]:
    return {"id": user_id, "is_bot": False, "first_name": "Ella", "language_code": "en", **more}


def private(chat_id: int) -> dict[str, Any]:
    return {"id": chat_id, "type": "private", "first_name": "Ella"}


def group(chat_id: int = -100123, kind: str = "supergroup") -> dict[str, Any]:
    return {"id": chat_id, "type": kind, "title": "Year 9"}


_RIGHTS: dict[str, dict[str, Any]] = {
    "kicked": {"until_date": 0},
    "restricted": {
        "is_member": True,
        "until_date": 0,
        **dict.fromkeys(
            [
                "can_change_info",
                "can_invite_users",
                "can_pin_messages",
                "can_send_messages",
                "can_send_polls",
                "can_manage_topics",
                "can_send_other_messages",
                "can_add_web_page_previews",
                "can_send_audios",
                "can_send_documents",
                "can_send_photos",
                "can_send_videos",
                "can_send_video_notes",
                "can_send_voice_notes",
                "can_edit_tag",
                "can_react_to_messages",
            ],
            False,
        ),
    },
    "administrator": dict.fromkeys(
        [
            "can_be_edited",
            "is_anonymous",
            "can_manage_chat",
            "can_delete_messages",
            "can_manage_video_chats",
            "can_restrict_members",
            "can_promote_members",
            "can_change_info",
            "can_invite_users",
            "can_post_stories",
            "can_edit_stories",
            "can_delete_stories",
        ],
        False,
    ),
}


def _member(status: str) -> dict[str, Any]:
    return {"user": BOT, "status": status, **_RIGHTS.get(status, {})}


class Updates:
    """Writes updates with ever higher numbers."""

    def __init__(self, first: int = 5000):
        self._numbers = itertools.count(first)
        self._messages = itertools.count(1)

    def update(self, **kind: Any) -> dict[str, Any]:
        return {"update_id": next(self._numbers), **kind}

    def message(self, chat_id: int, *, sender=None, chat=None, **content: Any) -> dict[str, Any]:
        return {
            "message_id": next(self._messages),
            "date": BEGAN,
            "chat": chat or private(chat_id),
            "from": sender or user(chat_id),
            **content,
        }

    def text(self, chat_id: int, text: str, **more: Any) -> dict[str, Any]:
        """Somebody writes; a command is marked as one, as Telegram does."""
        word = text.split(maxsplit=1)[0] if text.split() else ""
        entities = [{"type": "bot_command", "offset": 0, "length": len(word)}] if word.startswith("/") else []
        marks = {"entities": entities} if entities else {}
        return self.update(message=self.message(chat_id, text=text, **marks, **more))

    def media(self, chat_id: int, kind: str, **more: Any) -> dict[str, Any]:
        """Somebody sends one of `MEDIA`; `more` may hold a caption."""
        return self.update(message=self.message(chat_id, **MEDIA[kind], **more))

    def edited(self, chat_id: int, **content: Any) -> dict[str, Any]:
        """Somebody changes what they wrote, half a minute later."""
        return self.update(edited_message=self.message(chat_id, edit_date=BEGAN + 30, **content))

    def press(self, chat_id: int, data: str | None, message: dict[str, Any] | None, **more: Any) -> dict[str, Any]:
        """Somebody presses a button under `message`, which is as the bot sent it."""
        number = next(self._numbers)
        query = {"id": f"query-{number}", "from": user(chat_id), "chat_instance": "c1", **more}
        query |= {"data": data} if data is not None else {}
        query |= {"message": message} if message is not None else {}
        return {"update_id": number, "callback_query": query}

    def member(self, chat: dict[str, Any], status: str, before: str = "member", by: int = 7) -> dict[str, Any]:
        """Somebody blocks the bot ("kicked"), lets it in again ("member"), or takes it into a group."""
        return self.update(
            my_chat_member={
                "chat": chat,
                "from": user(by),
                "date": BEGAN,
                "old_chat_member": _member(before),
                "new_chat_member": _member(status),
            }
        )
