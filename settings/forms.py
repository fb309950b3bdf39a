"""What one setting may look like. Every complaint says what to write instead, and never what was written: it may be secret.

May import the standard library and Pydantic only. What other modules know better (hours, mobile numbers, addresses of
databases) is checked by `app.py`, which turns their errors into `BadSettings` too.
"""

from __future__ import annotations

import re
from email.utils import parseaddr
from typing import Annotated
from urllib.parse import SplitResult, urlsplit

from pydantic import AfterValidator, SecretStr

_MAIL = re.compile(r"[^@\s,;:<>\"()\[\]\\]{1,64}@(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?\.)+[a-zA-Z0-9-]*[a-zA-Z]")
_LONGEST_MAIL = 254
_BOT = re.compile(r"[A-Za-z]\w{3,30}[Bb][Oo][Tt]", re.ASCII)
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{32,256}")
_SENDER = re.compile(r"\+[1-9]\d{6,14}|\d{5,6}", re.ASCII)


class BadSettings(Exception):
    """Settings that are missing or wrong; `str` lists every problem, one a line, with what to write instead."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))


def is_on_one_line(value: str) -> bool:
    """Whether nothing in it would break a header, a log line or a text: no line end and no control character."""
    return all(character.isprintable() for character in value)


def _is_mail_address(value: str) -> bool:
    return len(value) <= _LONGEST_MAIL and is_on_one_line(value) and bool(_MAIL.fullmatch(value))


def _mail_address(value: str) -> str:
    if value and not _is_mail_address(value):
        raise ValueError("write one e-mail address, such as duty@council.gov.uk.")
    return value


def _mail_sender(value: str) -> str:
    is_bare = _is_mail_address(value)
    name, _, rest = value.partition("<")
    is_named = _is_mail_address(rest.removesuffix(">")) and parseaddr(value) == (name.strip(' "'), rest[:-1])
    if not (is_bare or is_named):
        raise ValueError("write one e-mail address, or a name with it: Early Help <heard@council.gov.uk>.")
    return value


def _base_address(value: str) -> str:
    address = _split(value)
    is_whole = address and address.scheme in {"http", "https"} and address.hostname and not address.username
    if not is_whole or set(value) & set("?# ") or value.endswith("/"):
        raise ValueError(
            "write it whole, with nothing after a ? or #, and without a slash at the end, "
            "such as https://heard.council.example."
        )
    return value


def _split(value: str) -> SplitResult | None:
    try:
        address = urlsplit(value)
        address.port  # noqa: B018 - looking at it is what refuses a port that is none
    except ValueError:
        return None
    return address


def _sender_number(value: str) -> str:
    if value and not _SENDER.fullmatch(value):
        raise ValueError(
            "write a number that people can answer, with its country and no blanks, such as +447700900000, "
            "or a short code; nobody can answer a name."
        )
    return value


def _account_sid(value: str) -> str:
    if value and not value.startswith("AC"):
        raise ValueError("write the Account SID of Twilio's console, which begins with AC.")
    return value


def _service_sid(value: str) -> str:
    if value and not value.startswith("MG"):
        raise ValueError("write the SID of the Messaging Service, which begins with MG.")
    return value


def _redis_address(value: str) -> str:
    address = _split(value)
    if value and not (address and address.scheme in {"redis", "rediss"} and address.hostname):
        raise ValueError("write redis://HOST:PORT/NUMBER, such as redis://127.0.0.1:6379/0.")
    return value


def _link_address(value: str) -> str:
    address = _split(value)
    if not (address and address.scheme == "https" and address.hostname and not address.username):
        raise ValueError("write a page's whole address, such as https://www.bbc.co.uk/weather.")
    return value


def _bot_name(value: str) -> str:
    if value and not _BOT.fullmatch(value):
        raise ValueError("write the bot's user name without the @, such as CouncilHeardBot; it ends in bot.")
    return value


def _webhook_secret(value: SecretStr) -> SecretStr:
    written = value.get_secret_value()
    if written and not _WEBHOOK_SECRET.fullmatch(written):
        raise ValueError(
            'write 32 to 256 characters of A-Z, a-z, 0-9, _ and -, such as what "openssl rand -hex 32" prints.'
        )
    return value


MailAddress = Annotated[str, AfterValidator(_mail_address)]
MailSender = Annotated[str, AfterValidator(_mail_sender)]
BaseAddress = Annotated[str, AfterValidator(_base_address)]
SenderNumber = Annotated[str, AfterValidator(_sender_number)]
AccountSid = Annotated[str, AfterValidator(_account_sid)]
ServiceSid = Annotated[str, AfterValidator(_service_sid)]
RedisAddress = Annotated[str, AfterValidator(_redis_address)]
LinkAddress = Annotated[str, AfterValidator(_link_address)]
BotName = Annotated[str, AfterValidator(_bot_name)]
WebhookSecret = Annotated[SecretStr, AfterValidator(_webhook_secret)]
