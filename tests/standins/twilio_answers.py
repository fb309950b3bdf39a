"""What Twilio answers to the requests of its Messages API: twilio.com/docs/messaging/api/message-resource."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from tests.standins import twilio_account
from tests.standins.loopback import Answer

if TYPE_CHECKING:
    from tests.standins.twilio_rest import Message, TwilioStandIn

_E164 = re.compile(r"\+[1-9]\d{6,14}")
_CREATE = {"To", "Body", "From", "MessagingServiceSid", "StatusCallback", "ValidityPeriod", "SmartEncoded"}
_LIST = {"To", "From", "DateSent", "DateSent<", "DateSent>", "PageSize", "Page", "PageToken"}

_SENTENCES = {
    20003: "Authentication Error - invalid username",
    20404: "The requested resource was not found",
    20429: "Too Many Requests",
    21211: "Invalid 'To' Phone Number: {number}",
    21408: "Permission to send an SMS has not been enabled for the region indicated by the 'To' number: {number}",
    21602: "Message body is required.",
    21603: "A 'From' phone number is required.",
    21604: "A 'To' phone number is required.",
    21610: "Attempt to send to unsubscribed recipient {number}",
    21614: "'To' number {number} is not a valid mobile number",
    21617: "The concatenated message body exceeds the 1600 character limit: {body}",
    21701: "The Messaging Service resource was not found.",
}
"""Some hold the number or the text, as the real ones do: a client that lets them through is leaking."""


@dataclass
class Refusal:
    """An answer that is not 2xx. `times` None is for ever; `number` None is everybody."""

    code: int | None
    status: int = 400
    number: str | None = None
    times: int | None = 1
    retry_after: str | None = None


def create(twilio: TwilioStandIn, headers: Mapping[str, str], path: str, body: bytes) -> tuple[Answer, Message | None]:
    """The answer to a POST, and the message if it was taken."""
    form = dict(parse_qsl(body.decode(), keep_blank_values=True))
    refusal = _at_the_door(twilio, headers) or _elsewhere(twilio, path) or _form_fault(twilio, headers, form)
    refusal = refusal or twilio.refusal_for(form["To"])
    if refusal is not None:
        return _refused(refusal, form), None
    message = twilio.new_message(form)
    return _answer(201, _resource(twilio, message)), message


def list_page(
    twilio: TwilioStandIn, taken: Sequence[Message], headers: Mapping[str, str], path: str, query: str
) -> Answer:
    """One page of the messages that the query asks for, newest first."""
    wanted = dict(parse_qsl(query, keep_blank_values=True))
    refusal = _at_the_door(twilio, headers) or _elsewhere(twilio, path)
    if refusal is None and not set(wanted) <= _LIST:
        refusal = Refusal(20001)
    if refusal is not None:
        return _refused(refusal, {})
    found = [m for m in reversed(taken) if _matches(m, wanted)]
    size, page = min(int(wanted.get("PageSize", 50)), 1000), int(wanted.get("Page", 0))
    after = (page + 1) * size
    following = {**wanted, "Page": str(page + 1), "PageToken": f"PA{after}"}
    return _answer(
        200,
        {
            "messages": [_resource(twilio, m) for m in found[page * size : after]],
            "page": page,
            "page_size": size,
            "start": page * size,
            "end": min(after, len(found)) - 1,
            "uri": f"{path}?{query}",
            "first_page_uri": f"{path}?{urlencode({**wanted, 'Page': '0'})}",
            "previous_page_uri": None,
            "next_page_uri": f"{path}?{urlencode(following)}" if after < len(found) else None,
        },
    )


def _matches(message: Message, wanted: Mapping[str, str]) -> bool:
    """Filters as Twilio has them: days in GMT, of sending, which a message that waits to be sent does not have."""
    if message.to != wanted.get("To", message.to) or wanted.get("From", message.from_) != message.from_:
        return False
    day = message.sent.date().isoformat() if message.sent else None
    tests = {"DateSent": lambda d: day == d, "DateSent>": lambda d: day >= d, "DateSent<": lambda d: day <= d}
    return all(day is not None and test(wanted[name][:10]) for name, test in tests.items() if name in wanted)


def tell(twilio: TwilioStandIn, headers: Mapping[str, str], path: str, query: str) -> Answer:
    """What is asked for of the account, if it is ours."""
    refusal = _at_the_door(twilio, headers)
    if refusal is not None:
        return _refused(refusal, {})
    return twilio_account.answer(twilio.set_up, twilio.account_sid, twilio.messaging_service_sid, path, query)


def _at_the_door(twilio: TwilioStandIn, headers: Mapping[str, str]) -> Refusal | None:
    credentials = base64.b64encode(f"{twilio.account_sid}:{twilio.auth_token}".encode()).decode()
    return None if headers.get("Authorization") == f"Basic {credentials}" else Refusal(20003, 401)


def _elsewhere(twilio: TwilioStandIn, path: str) -> Refusal | None:
    return None if path == f"/2010-04-01/Accounts/{twilio.account_sid}/Messages.json" else Refusal(20404, 404)


def _form_fault(twilio: TwilioStandIn, headers: Mapping[str, str], form: Mapping[str, str]) -> Refusal | None:
    service = form.get("MessagingServiceSid")
    kind = headers.get("Content-Type", "").partition(";")[0]
    faults = (
        (kind != "application/x-www-form-urlencoded", 20001),
        (not set(form) <= _CREATE, 20001),
        (not form.get("To"), 21604),
        (not _E164.fullmatch(form.get("To", "")), 21211),
        (not form.get("From") and not service, 21603),
        (service is not None and service != twilio.messaging_service_sid, 21701),
        (not form.get("Body"), 21602),
        (len(form.get("Body", "")) > 1600, 21617),
    )
    return next((Refusal(code) for wrong, code in faults if wrong), None)


def _refused(refusal: Refusal, form: Mapping[str, str]) -> Answer:
    headers = {"Retry-After": refusal.retry_after} if refusal.retry_after else {}
    if refusal.code is None:
        return Answer(refusal.status, b"upstream trouble", {"Content-Type": "text/plain", **headers})
    sentence = _SENTENCES.get(refusal.code, "The request to {number} was refused")
    message = sentence.format(number=form.get("To", ""), body=form.get("Body", ""))
    more = f"https://www.twilio.com/docs/errors/{refusal.code}"
    payload = {"code": refusal.code, "message": message, "more_info": more, "status": refusal.status}
    return _answer(refusal.status, payload, headers)


def _answer(status: int, payload: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> Answer:
    kind = {"Content-Type": "application/json; charset=utf-8"}
    return Answer(status, json.dumps(payload).encode(), {**kind, **(headers or {})})


def _resource(twilio: TwilioStandIn, message: Message) -> dict[str, Any]:
    home = f"/2010-04-01/Accounts/{twilio.account_sid}/Messages/{message.sid}"
    return {
        "account_sid": twilio.account_sid,
        "api_version": "2010-04-01",
        "body": message.body,
        "date_created": _rfc2822(message.created),
        "date_sent": _rfc2822(message.sent) if message.sent else None,
        "date_updated": _rfc2822(message.created),
        "direction": "outbound-api",
        "error_code": None,
        "error_message": None,
        "from": message.from_,
        "messaging_service_sid": message.messaging_service_sid,
        "num_media": "0",
        "num_segments": "0" if message.messaging_service_sid else "1",
        "price": None,
        "price_unit": None,
        "sid": message.sid,
        "status": message.status,
        "subresource_uris": {"media": f"{home}/Media.json"},
        "to": message.to,
        "uri": f"{home}.json",
    }


def _rfc2822(moment: datetime) -> str:
    return format_datetime(moment)
