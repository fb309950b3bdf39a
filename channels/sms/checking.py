"""What can be told of a Twilio account before the first family is texted: is it ours, may it send, do replies find us.

Reads only: nothing is sent and nothing at Twilio is changed. `sending` gives each look its time-out and turns what goes
wrong on the line into a finding too. What Twilio's API does not tell is listed in `BY_HAND`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from twilio.rest import Client  # type: ignore[import-untyped]

from channels.base import Finding
from channels.errors import OurFault, Refused
from channels.phones import country_of

_LOW = 20  # pounds, dollars or euros: what some five hundred texts cost
_SENDERS = 20  # more numbers than any council sends from

Look = Callable[[], Iterable[Finding]]


@dataclass(frozen=True)
class Expected:
    """What the account is held against.

    Attributes:
        account_sid: of the account that we sign in with.
        sender: the argument of Twilio's that names who sends: `messaging_service_sid` or `from_`.
        inbound_url: where replies must be posted to.
        country: that of the people who are texted (ISO 3166, two letters).
    """

    account_sid: str
    sender: tuple[str, str]
    inbound_url: str
    country: str


BY_HAND = (
    Finding(
        is_wrong=False,
        what="To which countries the account may send, Twilio tells nobody but you.",
        instead="Look in Twilio's console under Messaging, Settings, Geo permissions: allow the United Kingdom alone, with "
        "Jersey, Guernsey and the Isle of Man only if families are there.",
    ),
    Finding(
        is_wrong=False,
        what="Which words Twilio answers by itself, it tells nobody but you.",
        instead="Set them as docs/sms.md says: STOP, START and HELP only, with what 'flask channels replies' prints.",
    ),
)
_STOCK_WORDS = Finding(
    is_wrong=False,
    what="A number without a Messaging Service has Twilio's stock words: END, CANCEL and QUIT end all texts, and HELP is "
    "answered with a line about rates.",
    instead="Send by a Messaging Service, or have Twilio's support switch the words off for this number.",
)


def looks(client: Client, expected: Expected) -> Sequence[Look]:
    """Return all that is to be looked at, the account first: where that fails, the rest says nothing.

    Each look makes a few requests, and raises what `client` raises.
    """
    kind, sender = expected.sender
    if kind == "messaging_service_sid":
        return (
            lambda: _account(client, expected.account_sid),
            lambda: _balance(client, expected.account_sid),
            lambda: _service(client, sender, expected),
            lambda: BY_HAND,
        )
    return (
        lambda: _account(client, expected.account_sid),
        lambda: _balance(client, expected.account_sid),
        lambda: _number(client, sender, expected),
        lambda: (*BY_HAND[:1], _STOCK_WORDS),
    )


def _account(client: Client, account_sid: str) -> Iterator[Finding]:
    account = client.api.v2010.accounts(account_sid).fetch()
    yield _finding(
        account.status == "active",
        "The account is active and takes our key.",
        f"The account is {account.status}, so it sends nothing.",
        "Look in Twilio's console and in the mails from Twilio why, and put it right there.",
    )
    yield _finding(
        account.type == "Full",
        "It is a full account.",
        "It is a trial account: it texts verified numbers only, and puts a note before every text.",
        "Upgrade it in Twilio's console.",
    )


def _balance(client: Client, account_sid: str) -> Iterator[Finding]:
    try:
        balance = client.api.v2010.accounts(account_sid).balance.fetch()
    except (OurFault, Refused):  # as for a subaccount, which has none of its own
        yield Finding(
            is_wrong=False,
            what="Twilio does not tell what is left on this account.",
            instead="Look in Twilio's console, under Billing.",
        )
        return
    yield _finding(
        float(balance.balance) >= _LOW,
        "There is money on the account.",
        f"Less than {_LOW} {balance.currency} is left on the account; at nothing it stops sending.",
        "Top it up and switch on auto-recharge, or ask Twilio for invoices.",
    )


def _service(client: Client, service_sid: str, expected: Expected) -> Iterator[Finding]:
    try:
        service = client.messaging.v1.services(service_sid).fetch()
    except OurFault as problem:
        if problem.code not in {"20404", "404"}:
            raise
        service = None
    yield _finding(
        service is not None,
        "The Messaging Service is in this account.",
        "The Messaging Service is not in this account.",
        "Copy its SID, MG…, from Twilio's console into TWILIO_MESSAGING_SERVICE_SID.",
    )
    if service is None:
        return
    if not service.use_inbound_webhook_on_number:
        where = "under Integration in the Messaging Service"
        yield _inbound(service.inbound_request_url, service.inbound_method, expected.inbound_url, where)
        yield from _fallback(service.fallback_url, expected.inbound_url, where)
    yield _finding(
        not service.smart_encoding,
        "Twilio leaves our texts as they are.",
        "Smart encoding is on: Twilio changes characters, and a text whose answer was lost could be sent twice.",
        "Switch it off in the Messaging Service, under Content Settings; Heard's own texts are plain already.",
    )
    yield from _pool(client, service, expected)


def _pool(client: Client, service: Any, expected: Expected) -> Iterator[Finding]:  # noqa: ANN401 - Twilio's instance
    numbers = service.phone_numbers.list(limit=_SENDERS)
    able = [n for n in numbers if "SMS" in (n.capabilities or ())]
    codes = service.short_codes.list(limit=_SENDERS)
    yield _finding(
        bool(able or codes),
        "Its sender pool holds what can send texts.",
        "No number that can send texts is in the Messaging Service.",
        "Add one to its sender pool.",
    )
    yield _finding(
        len(able) + len(codes) < 2 or bool(service.sticky_sender),
        "People always hear from the same number.",
        "With several numbers and no sticky sender, one person is texted from different numbers.",
        "Switch on Sticky Sender in the Messaging Service.",
    )
    yield _finding(
        not service.alpha_senders.list(limit=1),
        "It sends from no name that cannot be answered.",
        "A name is in the sender pool. Nobody can reply to a name, nor say STOP to it.",
        "Take it out of the sender pool.",
    )
    yield from _abroad((n.phone_number for n in able), expected.country)
    if service.use_inbound_webhook_on_number:
        for number in able:
            yield from _number(client, number.phone_number, expected)


def _number(client: Client, number: str, expected: Expected) -> Iterator[Finding]:
    if number.startswith("+"):
        found = client.incoming_phone_numbers.list(phone_number=number, limit=1)
    else:
        found = client.short_codes.list(short_code=number, limit=1)
    yield _finding(
        bool(found),
        "The number that we send from is in this account.",
        "The number that we send from is not in this account.",
        "Set TWILIO_FROM_NUMBER to one that is, or take the account that holds it.",
    )
    for ours in found:
        yield _finding(
            _can_text(ours),
            "It can send and take texts.",
            "It can only be called, not texted.",
            "Buy a number with SMS among its capabilities; in the UK these are mobile numbers.",
        )
        has_app = bool(getattr(ours, "sms_application_sid", None))
        where = "in the number's messaging settings"
        yield _inbound("a TwiML app" if has_app else ours.sms_url, ours.sms_method, expected.inbound_url, where)
        yield from _fallback(ours.sms_fallback_url, expected.inbound_url, where)
    if number.startswith("+"):
        yield from _abroad([number], expected.country)


def _can_text(number: Any) -> bool:  # noqa: ANN401 - Twilio's instance of a number or of a short code
    """A short code has no capabilities: it does nothing else than text."""
    return bool((getattr(number, "capabilities", None) or {"sms": True}).get("sms"))


def _abroad(numbers: Iterable[str], country: str) -> Iterator[Finding]:
    if any(country_of(number) != country for number in numbers):
        yield Finding(
            is_wrong=True,
            what="A number that we send from is not of the country whose people are texted, so replies cost them more.",
            instead="Take a number of that country.",
        )


def _inbound(url: str | None, method: str | None, wanted: str, where: str) -> Finding:
    elsewhere = (
        f"to {urlsplit(url).hostname or url} by {method}." if url else "to nowhere."
    )  # a whole URL may hold a key
    return _finding(
        url == wanted and (method or "POST").upper() == "POST",
        "Replies are posted to us.",
        f"Replies are not posted to us but {elsewhere}",
        f"Set {wanted} with HTTP POST {where}.",
    )


def _fallback(url: str | None, wanted: str, where: str) -> Iterator[Finding]:
    if url and url != wanted:
        yield Finding(
            is_wrong=True,
            what=f"When we fail, what people write is posted to {urlsplit(url).hostname or 'somewhere else'}.",
            instead=f"Leave the fallback URL empty {where}.",
        )


def _finding(is_well: bool, well: str, wrong: str, instead: str) -> Finding:  # noqa: FBT001 - reads as a sentence
    return Finding(is_wrong=False, what=well) if is_well else Finding(is_wrong=True, what=wrong, instead=instead)
