"""`flask telegram`: how the Telegram bot hears what people write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from channels.errors import SendError
from console.commands.plain import PlainGroup
from console.commands.stopping import told_to_stop
from console.wiring import TelegramBot, service, telegram_bot
from store.migrate import migrate

telegram = PlainGroup(
    "telegram", short_help="How the Telegram bot hears people.", help="How the Telegram bot hears what people write."
)


@telegram.command("webhook")
@click.option("--remove", is_flag=True, help="Have Telegram post nothing more; what waits is kept for 'poll'.")
def webhook(*, remove: bool) -> None:
    """Have Telegram post what people write to PUBLIC_BASE_URL/webhooks/telegram from now on.

    Run it once, and again whenever the address or TELEGRAM_WEBHOOK_SECRET changes. Nothing that waits is lost.
    """
    bot = _bot()
    with _plainly():
        if remove:
            bot.remove_webhook()
            print("Telegram posts nothing more. 'flask telegram poll' asks for it.")
        else:
            print(f"Telegram posts what people write to {bot.set_webhook()}.")


@telegram.command("poll")
def poll() -> None:
    """Ask Telegram for what people write, until Ctrl-C. For trying out, where Telegram cannot reach this computer.

    It only takes in: 'flask serve' beside it sends the replies.
    """
    bot = _bot()
    migrate(service().database)
    with _plainly(), told_to_stop() as stop:
        print("Asking Telegram for what people write; Ctrl-C ends it.", flush=True)
        bot.poll(stop)
    print("Ended. What people write meanwhile waits at Telegram for a day.")


def _bot() -> TelegramBot:
    bot = telegram_bot()
    if bot is None:
        raise click.ClickException("there is no bot: set TELEGRAM_BOT_TOKEN and TELEGRAM_BOT_NAME first")
    return bot


@contextmanager
def _plainly() -> Iterator[None]:
    """Tell what Telegram or the settings object to in a sentence."""
    try:
        yield
    except SendError as error:
        raise click.ClickException(error.explanation) from None
    except ValueError as problem:
        raise click.ClickException(str(problem)) from None
