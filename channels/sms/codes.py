"""What Twilio's error codes and HTTP statuses mean for us: two tables, and the few lines that read them.

Codes up to 30000 are about a message that Twilio does not take: the answer to our request. Those above are mostly about one
that it took and could not hand over: the code comes in a status callback. Through a Messaging Service the others come in
callbacks too, for Twilio looks at the number only after it has answered; so one table serves both.

May not quote Twilio's own sentences: they hold the number that was written to. Codes: twilio.com/docs/api/errors, one page
each; they grow and are split up now and then, so one that is not here is judged by its HTTP status, and in a callback left
without an explanation of its own. Only what is surely about the number itself counts as permanent: a family is not to be
lost to a handset that is off or to a fault of ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from channels import errors
from channels.errors import SendError
from channels.waiting import wait_asked_for

_ACCOUNT = "Twilio does not accept our account or its key. Check the account's name, key and standing."
_INACTIVE = "Our Twilio account is suspended or closed. Look at its balance and at what Twilio has mailed about it."
_SENDER = "Twilio will not send from our number or messaging service. Check the sender in Twilio's console."
_NO_SENDER = "Our Messaging Service holds no number that can send texts. Add one in Twilio's console."
_TRIAL = "A Twilio trial account sends only to numbers that were verified with it. Upgrade the account."
_BUSY = "Twilio asked us to send more slowly."
_QUEUE = "Twilio's queue for our number is full: more was handed in than the number may send in hours."
_TOO_MANY = "Our Twilio account has sent all that it may send for now. Ask Twilio to raise the limit."
_NO_NUMBER = "Twilio says that this is not a phone number."
_NOT_MOBILE = "Twilio says that this number cannot take text messages."
_TOO_LONG = "The message is longer than the 1,600 characters that Twilio takes."
_NO_TEXT = "The message has no text."
_CALLBACK = "Twilio cannot use the address it should report back to. Check the public address of Heard."
_FAULT = "Twilio answered with a fault of its own."
_REQUEST = "Twilio does not understand what we asked of it. This is a fault of the program: please report it."

_FILTERED = (
    "Twilio or the phone company took our text for spam. Nothing is wrong with the number: look at the wording and at "
    "links, and give Twilio's support the ids of three such messages."
)
_UNREGISTERED = (
    "This phone company does not know our sender yet. Look in Twilio's console whether it is registered there."
)
_PUMPING = "Twilio took a burst of texts for fraud and held this one back. It lets up by itself within hours."
_TOO_FAST = "The phone companies take fewer texts than this from a sender like ours. Send more slowly."
_IN_AMERICA = (
    "Phone companies in the United States take texts only from senders that are registered there. Look at the "
    "registration in Twilio's console, or send from a number of your own country."
)

_CODES: dict[int, tuple[type[SendError], str]] = {
    10001: (errors.OurFault, _INACTIVE),
    10002: (errors.OurFault, _TRIAL),
    14107: (errors.Busy, _BUSY),
    20001: (errors.Refused, _REQUEST),
    20003: (errors.OurFault, _ACCOUNT),
    20005: (errors.OurFault, _INACTIVE),
    20006: (errors.OurFault, _ACCOUNT),
    20008: (errors.OurFault, "These are Twilio's test keys, which send nothing. Set the live ones."),
    20403: (errors.OurFault, _INACTIVE),
    20404: (errors.OurFault, _ACCOUNT),
    20429: (errors.Busy, _BUSY),
    20500: (errors.ProviderFault, _FAULT),
    20503: (errors.ProviderFault, _FAULT),
    21210: (errors.OurFault, _SENDER),
    21211: (errors.BadAddress, _NO_NUMBER),
    21212: (errors.OurFault, _SENDER),
    21214: (errors.BadAddress, "Twilio cannot reach this number."),
    21217: (errors.BadAddress, _NO_NUMBER),
    21219: (errors.OurFault, _TRIAL),
    21265: (errors.BadAddress, "This is a short code, which cannot take texts from us."),
    21266: (errors.BadAddress, "This is the number that we send from ourselves."),
    21401: (errors.OurFault, _SENDER),
    21408: (
        errors.Refused,  # nearly always a stranger's number abroad, and meant so
        "Our Twilio account may not send to this country. Allow it in Twilio's geographic permissions; "
        "Jersey, Guernsey and the Isle of Man may stand apart there, although their numbers begin with +44.",
    ),
    21601: (errors.OurFault, _SENDER),
    21602: (errors.Refused, _NO_TEXT),
    21603: (errors.OurFault, _SENDER),
    21604: (errors.BadAddress, "There is no number to send to."),
    21605: (errors.Refused, _TOO_LONG),
    21606: (errors.OurFault, _SENDER),
    21607: (errors.OurFault, _TRIAL),
    21608: (errors.OurFault, _TRIAL),
    21609: (errors.OurFault, _CALLBACK),
    21610: (errors.OptedOut, "This person has told Twilio to stop."),
    21611: (errors.Busy, _QUEUE),
    21612: (
        errors.OurFault,  # of the causes that Twilio names, most are about the sender
        "Twilio cannot send to this number from ours: its country or phone company may not take texts from such a sender. "
        "Check the sender in Twilio's console, and the number.",
    ),
    21614: (errors.BadAddress, _NOT_MOBILE),
    21616: (errors.OurFault, _SENDER),
    21617: (errors.Refused, _TOO_LONG),
    21619: (errors.Refused, _NO_TEXT),
    21635: (errors.BadAddress, "Twilio says that this is a landline, which cannot take text messages."),
    21657: (errors.OurFault, _SENDER),
    21659: (errors.OurFault, _SENDER),
    21660: (errors.OurFault, _SENDER),
    21661: (errors.OurFault, _SENDER),
    21701: (errors.OurFault, _SENDER),
    21703: (errors.OurFault, _NO_SENDER),
    21704: (errors.OurFault, _NO_SENDER),
    21705: (errors.OurFault, _SENDER),
    21910: (errors.OurFault, _SENDER),
    30001: (errors.Busy, _QUEUE),
    30002: (errors.OurFault, _INACTIVE),
    30003: (
        errors.Retryable,
        "The phone could not be reached. It is off, has no signal or is abroad; it may work another day.",
    ),
    30004: (errors.BadAddress, "The person or their phone company blocks our texts."),
    30005: (errors.BadAddress, "This number is not in use, or not any more."),
    30006: (errors.BadAddress, "This is a landline, or a phone company that takes no texts from us."),
    30007: (errors.Refused, _FILTERED),
    30008: (
        errors.Retryable,
        "The phone company did not deliver it and did not say why. Most such texts arrive another day.",
    ),
    30009: (errors.Retryable, "A part of a long text to us was lost on its way."),
    30010: (errors.Refused, "The text would have cost more than the limit that is set at Twilio."),
    30012: (errors.Refused, "It was given too little time to wait at Twilio."),
    30017: (errors.Busy, "The phone company's network was too busy."),
    30018: (errors.OurFault, _UNREGISTERED),
    30019: (errors.Refused, "The text was longer than this phone company takes."),
    30021: (errors.ProviderFault, "Twilio failed to send it, by a fault of its own."),
    30022: (errors.Busy, _TOO_FAST),
    30023: (errors.Busy, "Our sender has sent all that the phone companies take from it in a day."),
    30024: (errors.OurFault, _UNREGISTERED),
    30032: (
        errors.OurFault,
        "We send from a freephone number that Twilio has not verified yet. Have it verified there.",
    ),
    30033: (errors.OurFault, _IN_AMERICA),
    30034: (errors.OurFault, _IN_AMERICA),
    30035: (errors.OurFault, "The registration of our number is still under way at Twilio. Wait until it is done."),
    30036: (
        errors.Refused,
        "It waited at Twilio for longer than texts may wait there, and was dropped instead of being sent late.",
    ),
    30037: (errors.OurFault, "Sending is switched off for our Twilio account. Ask Twilio's support."),
    30040: (errors.OurFault, _UNREGISTERED),
    30041: (errors.OurFault, _UNREGISTERED),
    30042: (errors.OurFault, "This phone company blocks our sender. Check the sender in Twilio's console."),
    30044: (errors.OurFault, "A Twilio trial account sends short texts only. Upgrade the account."),
    30045: (errors.Refused, _REQUEST),
    30410: (
        errors.TimedOut,
        "The phone company did not answer Twilio in time. It may have arrived all the same.",
    ),
    30450: (errors.Busy, _PUMPING),
    30453: (errors.Busy, _PUMPING),
    60728: (errors.Busy, _TOO_MANY),
    63017: (errors.Busy, _BUSY),
    63018: (errors.Busy, _BUSY),
    63038: (errors.Busy, _TOO_MANY),
    70051: (errors.OurFault, _ACCOUNT),
    90010: (errors.OurFault, _INACTIVE),
}

_STATUSES: dict[int, tuple[type[SendError], str]] = {
    401: (errors.OurFault, _ACCOUNT),
    403: (errors.OurFault, _ACCOUNT),
    404: (errors.OurFault, _ACCOUNT),
    408: (errors.TimedOut, "Twilio waited too long for the end of our request."),
    429: (errors.Busy, _BUSY),
    504: (errors.ProviderFault, "Twilio took too long within its own walls. It may have taken the message."),
}


@dataclass(frozen=True)
class Undelivered:
    """What a code in a status callback means.

    Attributes:
        explanation: for the person who reads it; holds no number.
        permanent: the number itself cannot take our texts, now or later.
        opted_out: the person has told Twilio to stop, which is their wish and no fault of the number's.
    """

    explanation: str
    permanent: bool = False
    opted_out: bool = False


def failure(status: int, code: int | None, headers: Mapping[str, str]) -> SendError:
    """Return the error that an answer of Twilio's stands for, ready to be raised.

    Args:
        status: HTTP status, anything but 2xx.
        code: Twilio's own code from the body, if there was one.
        headers: of the answer; `Retry-After` is heeded.
    """
    kind, explanation = _CODES.get(code or 0) or _STATUSES.get(status) or _by_class(status)
    return kind(str(code or status), explanation, retry_after=wait_asked_for(headers))


def undelivered(code: str) -> Undelivered | None:
    """Return what a code in a status callback means; None for one that is not known."""
    number = int(code) if code.isascii() and code.isdigit() and len(code) <= 6 else 0
    if number not in _CODES:
        return None
    kind, explanation = _CODES[number]
    return Undelivered(explanation, permanent=kind is errors.BadAddress, opted_out=kind is errors.OptedOut)


def _by_class(status: int) -> tuple[type[SendError], str]:
    if 400 <= status < 500:
        return errors.Refused, "Twilio refused the message. Its code says why: twilio.com/docs/api/errors."
    return errors.ProviderFault, _FAULT
