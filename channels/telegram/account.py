"""The bot's own set-up at Telegram: looked through, and where Telegram is to hand us what people write.

May not change anything else of it: names, pictures and what groups may do are set with BotFather, by a person.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from telegram import User, WebhookInfo

from channels.base import Finding
from channels.errors import SendError
from channels.telegram.line import Line
from channels.telegram.reading import KINDS

_CONNECTIONS = 10
"""So many updates Telegram may hand over at once; the service has a few threads and one writer."""

_SET_IT = "Run 'flask telegram webhook'."
_TAKE_IT_AWAY = "Run 'flask telegram webhook --remove'."


class Account:
    """One bot's set-up, as it is and as it should be."""

    def __init__(self, line: Line, *, name: str = "", webhook_url: str = "", secret: str = "") -> None:
        """Remember how it should be.

        Args:
            name: the bot's user name, without the @; empty where it does not matter.
            webhook_url: where Telegram is to post; empty where the bot asks by itself.
            secret: what Telegram is to prove itself with there.
        """
        self._line = line
        self._name = name
        self._webhook_url = webhook_url
        self._secret = secret

    def set_webhook(self) -> str:
        """Have Telegram post to us from now on, and return where; nothing that waits is dropped.

        Raises:
            ValueError: there is no secret, or the address is not https.
            channels.errors.SendError: Telegram could not be asked, or refused.
        """
        if not self._secret:
            raise ValueError("Set TELEGRAM_WEBHOOK_SECRET first: without it anybody could pretend to be Telegram.")
        if not self._webhook_url.startswith("https://"):
            raise ValueError("Telegram posts to https only: set PUBLIC_BASE_URL to an address that begins with it.")
        self._line.do(
            lambda bot: bot.set_webhook(
                self._webhook_url,
                secret_token=self._secret,
                allowed_updates=KINDS,
                max_connections=_CONNECTIONS,
                drop_pending_updates=False,
            )
        )
        return self._webhook_url

    def remove_webhook(self) -> None:
        """Have Telegram post nothing more; what waits stays, for whoever asks.

        Raises:
            channels.errors.SendError: Telegram could not be asked, or refused.
        """
        self._line.do(lambda bot: bot.delete_webhook(drop_pending_updates=False))

    def has_webhook(self) -> bool:
        """Whether Telegram posts anywhere at present.

        Raises:
            channels.errors.SendError: Telegram could not be asked.
        """
        return bool(self._line.do(lambda bot: bot.get_webhook_info()).url)

    def check(self) -> Sequence[Finding]:
        """Look at the set-up: see `channels.base.Checked`."""
        try:
            bot = self._line.do(lambda bot: bot.get_me())
            webhook = self._line.do(lambda bot: bot.get_webhook_info())
        except SendError as error:
            return [_wrong(error.explanation, "Look at TELEGRAM_BOT_TOKEN, and whether Telegram can be reached.")]
        return [*self._about_bot(bot), *self._about_webhook(webhook)]

    def _about_bot(self, bot: User) -> Iterator[Finding]:
        if self._name and (bot.username or "").lower() != self._name.lower():
            yield _wrong(
                f"The token is that of @{bot.username}, not of @{self._name}, so nobody's link leads to it.",
                f"Set TELEGRAM_BOT_NAME to {bot.username}, or the token to the other bot's.",
            )
        else:
            yield _fine(f"The bot is @{bot.username}.")
        if bot.can_join_groups:
            yield _wrong("Anybody may take the bot into a group.", "Turn it off with BotFather: /setjoingroups.")
        if bot.can_read_all_group_messages:
            yield _wrong("The bot is shown all that groups say.", "Turn privacy on with BotFather: /setprivacy.")

    def _about_webhook(self, webhook: WebhookInfo) -> Iterator[Finding]:
        waiting = f"{webhook.pending_update_count} wait to be handed over."
        expected = self._webhook_url if self._secret else ""
        if webhook.url != expected:
            yield _elsewhere(webhook.url, expected)
        elif expected:
            yield _fine(f"Telegram posts to {expected}; {waiting}")
        else:
            yield _fine(f"The bot asks by itself ('flask telegram poll'); {waiting}")
        if webhook.last_error_message and webhook.last_error_date:
            told = f"Telegram last failed to post on {webhook.last_error_date:%d %B %Y at %H:%M} UTC"
            is_wrong = webhook.pending_update_count > 0
            yield Finding(is_wrong, f"{told}: {webhook.last_error_message}; {waiting}", "Look at the service's log.")
        missing = sorted(set(KINDS) - set(webhook.allowed_updates or KINDS))
        if webhook.url and missing:
            yield _wrong(f"Telegram is not told to hand over {', '.join(missing)}.", _SET_IT)


def _elsewhere(found: str, expected: str) -> Finding:
    if not found:
        return _wrong("Telegram posts nowhere, so nobody is heard.", _SET_IT)
    if not expected:
        told = "Telegram posts to a webhook, and TELEGRAM_WEBHOOK_SECRET is not set, so nobody is heard."
        return _wrong(told, f"Set the secret and run 'flask telegram webhook'; or to try out: {_TAKE_IT_AWAY}")
    return _wrong(f"Telegram posts elsewhere, not to {expected}.", _SET_IT)


def _wrong(what: str, instead: str) -> Finding:
    return Finding(is_wrong=True, what=what, instead=instead)


def _fine(what: str) -> Finding:
    return Finding(is_wrong=False, what=what)
