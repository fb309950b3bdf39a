"""A strict stand-in for Telegram's Bot API on a loopback port, and for its webhook.

It refuses what the real one would refuse, and also what the real one would quietly ignore (an unknown parameter), so that
a slip in our client shows. Safe for threads; use it as a context manager or call `close`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from typing import Any, Self
from urllib.parse import parse_qsl

import requests

from tests.standins.loopback import Answer, LoopbackServer
from tests.standins.telegram_answers import METHODS, Refused, as_answer, refuse
from tests.standins.telegram_updates import Updates, group, private

TOKEN = "123456:token-of-the-stand-in"
SECRET = "a-secret-that-telegram-proves-itself-with"


class TelegramStandIn(Updates):
    """Telegram, as far as Heard can tell. Nobody can be written to who has not begun: `begin`, or any update of theirs.

    Attributes:
        token: what the client must be set up with.
        messages: a copy of what was sent, oldest first, as it stands now; `without_preview` says which had no previews.
        calls: the name of every method that was called.
        sins: what no bot of ours may call, `getFile` above all.
        answered, toasts, left: presses that were acknowledged, what was shown for a moment then, groups that were left.
        webhook: as it was set; `trouble` is added to what Telegram tells of it, `abilities` to what it tells of the bot.
    """

    def __init__(self, *, token: str = TOKEN, port: int = 0, per_chat_seconds: float = 0.0):
        super().__init__()
        self.token = token
        self.calls: list[str] = []
        self.sins: list[str] = []
        self.answered: list[str] = []
        self.toasts: list[str] = []
        self.open_queries: set[str] = set()
        self.left: list[int] = []
        self.webhook: dict[str, Any] = {}
        self.trouble: dict[str, Any] = {}
        self.abilities = {"can_join_groups": False, "can_read_all_group_messages": False}
        self.queue: list[dict[str, Any]] = []
        self.without_preview: list[bool] = []
        self._per_chat_seconds = per_chat_seconds
        self._kept: list[dict[str, Any]] = []
        self._chats: dict[int, dict[str, Any]] = {}
        self._blocked: dict[int, str] = {}
        self._last: dict[int, float] = {}
        self._refusals: list[tuple[Refused, str | None]] = []
        self._raw: Answer | None = None
        self._slow = 0.0
        self._after = 0
        self._news = threading.Condition(threading.RLock())
        self._closing = threading.Event()
        self._server = LoopbackServer(self._answer, port)
        self._server.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object):
        self.close()

    def close(self):
        self._closing.set()
        with self._news:
            self._news.notify_all()
        self._server.stop()

    @property
    def base_url(self) -> str:
        """What to set as the API's address."""
        return self._server.url

    @property
    def messages(self) -> list[dict[str, Any]]:
        with self._news:
            return list(self._kept)

    def texts_to(self, chat_id: int) -> list[str]:
        return [message["text"] for message in self.messages if message["chat"]["id"] == chat_id]

    # --- what people do

    def begin(self, chat_id: int):
        """Somebody has pressed Start, and can be written to."""
        self._chats.setdefault(chat_id, private(chat_id))

    def block(self, chat_id: int, sentence="Forbidden: bot was blocked by the user"):
        """Refuse all messages to this chat with 403."""
        self._blocked[chat_id] = sentence

    def write(self, update: dict[str, Any]):
        """Keep an update for `getUpdates`."""
        with self._news:
            self.meet(update)
            self.queue.append(update)
            self._news.notify_all()

    def post(
        self, url: str, update: Any, *, secret: str | None = SECRET, timeout=30.0, **how: Any
    ) -> requests.Response:
        """Post an update to our webhook, or `data=` as it is."""
        if isinstance(update, dict):
            self.meet(update)
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret is not None else {}
        body = how or {"json": update}
        with requests.Session() as session:
            session.trust_env = False
            return session.post(f"{url}/webhooks/telegram", headers=headers, timeout=timeout, **body)

    def meet(self, update: dict[str, Any]):
        """Know whoever an update is from, and wait for a press to be acknowledged; done by `write` and `post`."""
        query = update.get("callback_query")
        if query:
            self.open_queries.add(query["id"])
        for kind in ("message", "edited_message", "my_chat_member"):
            if kind in update:
                chat = update[kind]["chat"]
                self._chats.setdefault(chat["id"], chat)

    # --- how it misbehaves

    def refuse_with(self, status, sentence, *, retry_after=None, times=1, method=None, after=0):
        """Refuse the next `times` calls (of `method`), once `after` more messages were taken."""
        with self._news:
            self._refusals += [(Refused(status, sentence, retry_after), method)] * times
            self._after = after

    def answer_nonsense(self, body=b"<html>It works!</html>", status=200):
        """Do what is asked, but answer everything with `body`."""
        self._raw = Answer(status, body, {"Content-Type": "text/html"})

    def answer_slowly(self, seconds):
        """Do what is asked at once, and answer `seconds` later."""
        self._slow = seconds

    def behave(self):
        self._raw, self._slow, self._refusals = None, 0.0, []

    def go_down(self):
        self._server.stop()

    def come_up(self):
        self._server.start()

    # --- what the methods ask for, with the lock held

    def let_through(self, chat_id: int):
        if chat_id in self._blocked:
            raise Refused(403, self._blocked[chat_id])
        if chat_id not in self._chats:
            raise refuse("chat not found")
        now = time.monotonic()
        if now - self._last.get(chat_id, -1e9) < self._per_chat_seconds:
            raise Refused(429, "Too Many Requests: retry after 1", 1)
        self._last[chat_id] = now

    def chat(self, chat_id: int) -> dict[str, Any]:
        return self._chats.get(chat_id) or group(chat_id)

    def next_message_id(self) -> int:
        return next(self._messages)

    def keep(self, message: dict[str, Any], *, without_preview: bool):
        self._kept.append(message)
        self.without_preview.append(without_preview)

    def edit(self, chat_id: int, message_id: int, markup: dict[str, Any] | None, text: str | None) -> dict[str, Any]:
        for place, kept in enumerate(self._kept):
            if (kept["chat"]["id"], kept["message_id"]) == (chat_id, message_id):
                edited = {**kept, "text": text or kept["text"], "reply_markup": markup}
                if not markup:
                    del edited["reply_markup"]
                if edited == kept:
                    raise refuse("message is not modified: specified new message content is exactly the same")
                self._kept[place] = edited
                return edited
        raise refuse("message to edit not found")

    def hand_over(self, offset: int, limit: int, seconds: float) -> list[dict[str, Any]]:
        """Forget what comes before `offset`, and wait for what comes after."""
        self.queue = [update for update in self.queue if update["update_id"] >= offset]
        self._news.wait_for(lambda: self.queue or self._closing.is_set(), timeout=seconds)
        return self.queue[:limit]

    def _answer(self, _: str, path: str, query: str, headers: Mapping[str, str], body: bytes) -> Answer | None:
        del headers, query
        start, _, method = path.removeprefix("/bot").partition("/")
        with self._news:
            try:
                answer = self._carry_out(start, method, dict(parse_qsl(body.decode(), keep_blank_values=True)))
            except Refused as refused:
                answer = refused.answer()
            answer, slow = self._raw or answer, self._slow
        if slow:
            self._closing.wait(slow)
        return answer

    def _carry_out(self, token: str, method: str, form: Mapping[str, Any]) -> Answer:
        if token != self.token:
            raise Refused(401, "Unauthorized")
        self.calls.append(method)
        carry_out, known = METHODS.get(method, (None, set()))
        if carry_out is None:
            self.sins.append(method)
            raise Refused(404, "Not Found: method not found")
        if unknown := set(form) - known:
            raise refuse(f"unknown parameters {sorted(unknown)}")
        self._refuse_if_told(method)
        return as_answer(200, {"ok": True, "result": carry_out(self, form)})

    def _refuse_if_told(self, method: str):
        if self._after:
            self._after -= 1
            return
        for told in self._refusals:
            if told[1] in (None, method):
                self._refusals.remove(told)
                raise told[0]
