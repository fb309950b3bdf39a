"""What Telegram's Bot API answers: core.telegram.org/bots/api#available-methods."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from tests.standins.loopback import Answer
from tests.standins.telegram_updates import BEGAN, BOT

if TYPE_CHECKING:
    from tests.standins.telegram import TelegramStandIn

LONGEST_TEXT = 4096
LONGEST_DATA = 64


class Refused(Exception):
    """An answer other than 200."""

    def __init__(self, status: int, sentence: str, retry_after: int | None = None):
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence
        self.retry_after = retry_after

    def answer(self) -> Answer:
        content: dict[str, Any] = {"ok": False, "error_code": self.status, "description": self.sentence}
        if self.retry_after is not None:
            content["parameters"] = {"retry_after": self.retry_after}
        return as_answer(self.status, content)


def as_answer(status: int, content: Mapping[str, Any]) -> Answer:
    return Answer(status, json.dumps(content).encode(), {"Content-Type": "application/json"})


def refuse(sentence: str) -> Refused:
    return Refused(400, f"Bad Request: {sentence}")


def send_message(telegram: TelegramStandIn, form: Mapping[str, Any]) -> dict[str, Any]:
    chat_id = _number(form, "chat_id")
    telegram.let_through(chat_id)
    text = _text(form)
    markup = _markup(form)
    message = {
        "message_id": telegram.next_message_id(),
        "from": BOT,
        "chat": telegram.chat(chat_id),
        "date": BEGAN,
        "text": text,
        **({"reply_markup": markup} if markup else {}),
    }
    preview = json.loads(form.get("link_preview_options", "{}")).get("is_disabled", False)
    telegram.keep(message, without_preview=preview)
    return message


def answer_callback_query(telegram: TelegramStandIn, form: Mapping[str, Any]) -> bool:
    if form.get("callback_query_id") not in telegram.open_queries:
        raise refuse("query is too old and response timeout expired or query ID is invalid")
    telegram.open_queries.discard(form["callback_query_id"])
    telegram.answered.append(form["callback_query_id"])
    telegram.toasts += [form["text"]] if form.get("text") else []
    return True


def edit_message_text(telegram: TelegramStandIn, form: Mapping[str, Any]) -> dict[str, Any]:
    return telegram.edit(_number(form, "chat_id"), _number(form, "message_id"), _markup(form), _text(form))


def edit_message_reply_markup(telegram: TelegramStandIn, form: Mapping[str, Any]) -> dict[str, Any]:
    return telegram.edit(_number(form, "chat_id"), _number(form, "message_id"), _markup(form), None)


def get_me(telegram: TelegramStandIn, _: Mapping[str, Any]) -> dict[str, Any]:
    return {**BOT, **telegram.abilities}


def set_webhook(telegram: TelegramStandIn, form: Mapping[str, Any]) -> bool:
    if not form.get("url", "").startswith("https://"):
        raise refuse("bad webhook: An HTTPS URL must be provided for webhook")
    telegram.webhook = {
        "url": form["url"],
        "secret_token": form.get("secret_token"),
        "allowed_updates": json.loads(form.get("allowed_updates", "[]")),
        "max_connections": int(form.get("max_connections", 40)),
    }
    return True


def delete_webhook(telegram: TelegramStandIn, form: Mapping[str, Any]) -> bool:
    telegram.webhook = {}
    if form.get("drop_pending_updates") == "true":
        telegram.queue.clear()
    return True


def get_webhook_info(telegram: TelegramStandIn, _: Mapping[str, Any]) -> dict[str, Any]:
    shown = {name: value for name, value in telegram.webhook.items() if name != "secret_token"}
    return {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": len(telegram.queue),
        **shown,
        **telegram.trouble,
    }


def get_updates(telegram: TelegramStandIn, form: Mapping[str, Any]) -> list[dict[str, Any]]:
    if telegram.webhook:
        raise Refused(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first")
    return telegram.hand_over(int(form.get("offset", 0)), int(form.get("limit", 100)), float(form.get("timeout", 0)))


def leave_chat(telegram: TelegramStandIn, form: Mapping[str, Any]) -> bool:
    chat_id = _number(form, "chat_id")
    if chat_id > 0:
        raise refuse("chat member status can't be changed in private chats")
    telegram.left.append(chat_id)
    return True


Method = Callable[["TelegramStandIn", Mapping[str, Any]], Any]
METHODS: dict[str, tuple[Method, set[str]]] = {
    "sendMessage": (send_message, {"chat_id", "text", "reply_markup", "link_preview_options"}),
    "answerCallbackQuery": (answer_callback_query, {"callback_query_id", "text"}),
    "editMessageText": (
        edit_message_text,
        {"chat_id", "message_id", "text", "reply_markup", "link_preview_options"},
    ),
    "editMessageReplyMarkup": (edit_message_reply_markup, {"chat_id", "message_id", "reply_markup"}),
    "getMe": (get_me, set()),
    "setWebhook": (
        set_webhook,
        {"url", "secret_token", "allowed_updates", "max_connections", "drop_pending_updates"},
    ),
    "deleteWebhook": (delete_webhook, {"drop_pending_updates"}),
    "getWebhookInfo": (get_webhook_info, set()),
    "getUpdates": (get_updates, {"offset", "limit", "timeout", "allowed_updates"}),
    "leaveChat": (leave_chat, {"chat_id"}),
}
"""What may be called, and with what: a parameter that the real one would quietly ignore is refused, so that a slip shows."""


def _number(form: Mapping[str, Any], name: str) -> int:
    try:
        return int(form[name])
    except (KeyError, ValueError):
        raise refuse(f"{name} is empty") from None


def _text(form: Mapping[str, Any]) -> str:
    text = form.get("text", "").strip()
    if not text:
        raise refuse("message text is empty")
    if len(text.encode("utf-16-le")) // 2 > LONGEST_TEXT:
        raise refuse("message is too long")
    return text


def _markup(form: Mapping[str, Any]) -> dict[str, Any] | None:
    if "reply_markup" not in form:
        return None
    markup = json.loads(form["reply_markup"])
    for button in (button for row in markup["inline_keyboard"] for button in row):
        if not button.get("text"):
            raise refuse("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
        if not 1 <= len(button.get("callback_data", "").encode()) <= LONGEST_DATA:
            raise refuse("BUTTON_DATA_INVALID")
    return markup
