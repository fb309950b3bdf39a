"""What Twilio tells of an account, its numbers and its Messaging Service: the parts that `flask channels check` asks for.

twilio.com/docs/iam/api/account, …/usage/api/balance, …/phone-numbers/api/incomingphonenumber-resource and
…/messaging/api/service-resource. Whatever else is asked for is not found, as is another account or service.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from tests.standins.loopback import Answer


@dataclass
class Number:
    """A phone number or a short code of the account's."""

    number: str = "+447700900999"
    url: str | None = None
    method: str = "POST"
    app: str = ""
    fallback: str = ""
    texts: bool = True


@dataclass
class SetUp:
    """How the account is set up; a test changes what it is about.

    Attributes:
        numbers: of the account, by a Messaging Service or not.
        service: what the Messaging Service's own page tells.
        pool: its numbers.
        names: its alphanumeric senders.
        balance: None where Twilio keeps it to itself.
    """

    status: str = "active"
    kind: str = "Full"
    balance: str | None = "250.00"
    numbers: list[Number] = field(default_factory=lambda: [Number()])
    pool: list[Number] = field(default_factory=lambda: [Number()])
    names: list[str] = field(default_factory=list)
    service: dict[str, Any] = field(
        default_factory=lambda: {
            "inbound_request_url": None,
            "inbound_method": "POST",
            "fallback_url": None,
            "use_inbound_webhook_on_number": False,
            "smart_encoding": False,
            "sticky_sender": True,
            "validity_period": 36_000,
            "status_callback": None,
        }
    )


def answer(set_up: SetUp, account_sid: str, service_sid: str, path: str, query: str) -> Answer:
    """The answer to a signed-in GET of anything but messages."""
    asked = dict(parse_qsl(query))
    account, service = f"/2010-04-01/Accounts/{account_sid}", f"/v1/Services/{service_sid}"
    pages: Mapping[str, Any] = {
        f"{account}.json": lambda: {"sid": account_sid, "status": set_up.status, "type": set_up.kind},
        f"{account}/IncomingPhoneNumbers.json": lambda: _numbers(set_up, asked),
        f"{account}/SMS/ShortCodes.json": lambda: _short_codes(set_up, asked),
        service: lambda: {"sid": service_sid, "account_sid": account_sid, **set_up.service},
        f"{service}/PhoneNumbers": lambda: _members("phone_numbers", _in_pool(set_up, long=True)),
        f"{service}/ShortCodes": lambda: _members("short_codes", _in_pool(set_up, long=False)),
        f"{service}/AlphaSenders": lambda: _members("alpha_senders", [{"alpha_sender": n} for n in set_up.names]),
    }
    if set_up.balance is not None:
        money = {"account_sid": account_sid, "balance": set_up.balance, "currency": "GBP"}
        pages = {**pages, f"{account}/Balance.json": lambda: money}
    if path not in pages:
        return _as_json(404, {"code": 20404, "message": f"The requested resource {path} was not found", "status": 404})
    return _as_json(200, pages[path]())


def _numbers(set_up: SetUp, asked: Mapping[str, str]) -> dict[str, Any]:
    wanted = asked.get("PhoneNumber")
    found = [
        {
            "phone_number": each.number,
            "capabilities": {"voice": True, "sms": each.texts, "mms": False},
            "sms_url": each.url,
            "sms_method": each.method,
            "sms_application_sid": each.app,
            "sms_fallback_url": each.fallback,
        }
        for each in set_up.numbers
        if each.number.startswith("+") and wanted in {None, each.number}
    ]
    return {"incoming_phone_numbers": found, "page": 0, "page_size": 50, "next_page_uri": None}


def _short_codes(set_up: SetUp, asked: Mapping[str, str]) -> dict[str, Any]:
    wanted = asked.get("ShortCode")
    found = [
        {"short_code": each.number, "sms_url": each.url, "sms_method": each.method, "sms_fallback_url": each.fallback}
        for each in set_up.numbers
        if not each.number.startswith("+") and wanted in {None, each.number}
    ]
    return {"short_codes": found, "page": 0, "page_size": 50, "next_page_uri": None}


def _in_pool(set_up: SetUp, *, long: bool) -> list[dict[str, Any]]:
    key = "phone_number" if long else "short_code"
    members = [each for each in set_up.pool if each.number.startswith("+") == long]
    return [{key: each.number, "capabilities": ["Voice", "SMS"] if each.texts else ["Voice"]} for each in members]


def _members(key: str, found: list[dict[str, Any]]) -> dict[str, Any]:
    return {key: found, "meta": {"key": key, "page": 0, "page_size": 50, "next_page_url": None}}


def _as_json(status: int, payload: Mapping[str, Any]) -> Answer:
    return Answer(status, json.dumps(payload).encode(), {"Content-Type": "application/json; charset=utf-8"})
