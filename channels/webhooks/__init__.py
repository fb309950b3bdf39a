"""Where providers post what people write. Thin: check the proof, read, hand over, answer."""

from __future__ import annotations

from channels.webhooks.reaching import behind, reach
from channels.webhooks.sms import sms_webhooks
from channels.webhooks.telegram import telegram_webhooks

__all__ = ["behind", "reach", "sms_webhooks", "telegram_webhooks"]
