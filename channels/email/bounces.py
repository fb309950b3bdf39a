"""Reads what mail servers send back when a mail could not be delivered after all.

Pure. A report says which mail it is about by the Message-ID in the headers that it brings back: nobody's address is read
from it, so none is kept or told. Reports: RFC 3464, and RFC 6533 for addresses with any letters; codes: RFC 3463.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, message_from_string
from email.message import Message
from typing import NamedTuple

from channels.base import Ignored, Receipt
from channels.errors import Unreadable

_REPORTS = {"message/delivery-status", "message/global-delivery-status"}
_RETURNED = {"message/rfc822", "message/global", "message/global-headers"}
_RETURNED_HEADERS = "text/rfc822-headers"
_OTHER_REPORTS = {
    "message/disposition-notification": "It says that a mail was opened, which we neither ask for nor keep.",
    "message/feedback-report": "It says that somebody has called a mail of ours unwanted; the link in such mails ends them.",
}
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,250}@[^<>\s]{1,250}>")
_CODE = re.compile(r"\b[45]\.\d{1,3}\.\d{1,3}\b")
_BASIC_CODE = re.compile(r"\b([45])\d\d\b")


class _Meaning(NamedTuple):
    """What a code means; `closes`: no mail to this address will ever arrive."""

    closes: bool
    explanation: str


_GONE = "The mail came back: there is no such mailbox."
_NO_SERVER = "The mail came back: no mail server was found for the address."
_MEANINGS: dict[str, _Meaning] = {
    "5.1": _Meaning(closes=True, explanation=_GONE),
    "5.1.8": _Meaning(closes=False, explanation="The mail came back: our sender's address is not accepted there."),
    "5.2": _Meaning(closes=False, explanation="The mail came back: the mailbox would not take it."),
    "5.2.1": _Meaning(closes=True, explanation="The mail came back: the mailbox takes no mail any more."),
    "5.2.2": _Meaning(closes=False, explanation="The mail came back: the mailbox is full."),
    "5.3": _Meaning(closes=False, explanation="The mail came back: the mail server there cannot take it."),
    "5.4": _Meaning(closes=False, explanation="The mail came back: it found no way to the mail server there."),
    "5.4.1": _Meaning(closes=True, explanation=_GONE),
    "5.4.4": _Meaning(closes=True, explanation=_NO_SERVER),
    "5.4.310": _Meaning(closes=True, explanation=_NO_SERVER),
    "5.5": _Meaning(closes=False, explanation="The mail came back: the mail servers did not understand each other."),
    "5.6": _Meaning(closes=False, explanation="The mail came back: the mail server there will not take its form."),
    "5.7": _Meaning(closes=False, explanation="The mail came back: the rules there refuse our mails."),
    "5": _Meaning(closes=True, explanation="The mail came back: it cannot be delivered to that address."),
    "4": _Meaning(closes=False, explanation="The mail came back: it was tried for days and could not be delivered."),
    "untold": _Meaning(closes=False, explanation="The mail came back, and nobody has told us why."),
}
"""By as much of a code as is known here: the longest counts. What is about us, or passes, closes nobody's address.

5.4.1 and 5.4.310 are what Exchange says of mailboxes and domains that are not there.
"""


def read_bounce(raw: bytes) -> Receipt | Ignored:
    """Read one mail from the mailbox that undeliverable mails come back to.

    Raises:
        channels.errors.Unreadable: it is no report about a mail, or does not say which mail it is about.
    """
    try:
        mail = message_from_bytes(raw)
        parts = list(mail.walk())
    except (RecursionError, ValueError, LookupError):
        raise Unreadable("It cannot be read as a mail.") from None
    kinds = {part.get_content_type() for part in parts}
    report = next((part for part in parts if part.get_content_type() in _REPORTS), None)
    if report is not None:
        return _read_report(report, mail, parts)
    for kind, reason in _OTHER_REPORTS.items():
        if kind in kinds:
            return Ignored(reason)
    if _field(mail, "Auto-Submitted").lower() not in {"", "no"}:
        return Ignored("It is an automatic reply, such as an out-of-office note.")
    raise Unreadable(
        "It is no report about a mail that came back. If a person wrote it, it should be read in the mailbox."
    )


def _read_report(report: Message, mail: Message, parts: list[Message]) -> Receipt | Ignored:
    failed = [block for block in _blocks(report) if _field(block, "Action").lower() == "failed"]
    if not failed:
        return Ignored(
            "The mail was delayed, handed on or delivered; its servers are still seeing to it, or have done so."
        )
    named = next(_names_of_the_mail(report, mail, parts), None)
    if named is None:
        raise Unreadable("It does not say which mail it is about: it brings no Message-ID back.")
    code = _code_of(failed[0])
    meaning = next(_MEANINGS[known] for known in (code, code.rpartition(".")[0], code[0]) if known in _MEANINGS)
    return Receipt(
        "email", named, "undelivered", error_code=code, permanent=meaning.closes, explanation=meaning.explanation
    )


def _blocks(report: Message) -> Iterator[Message]:
    """The groups of fields in a report: the first is about the mail, each other about one of its recipients."""
    for group in _within(report):
        yield group
        yield from (message_from_string(fields) for fields in _text_of(group).split("\n\n"))


def _code_of(block: Message) -> str:
    """The enhanced status code; `5.0.0` or `4.0.0` from a server that knows the old codes only."""
    status, diagnosis = _field(block, "Status"), _field(block, "Diagnostic-Code")
    if found := _CODE.search(status) or _CODE.search(diagnosis):
        return found[0]
    basic = _BASIC_CODE.search(diagnosis)
    return f"{basic[1]}.0.0" if basic else "untold"


def _names_of_the_mail(report: Message, mail: Message, parts: list[Message]) -> Iterator[str]:
    """Every Message-ID that may be the mail's own, the surest first."""
    for part in parts:
        if part.get_content_type() in _RETURNED:
            yield from _ids(*_within(part))
        elif part.get_content_type() == _RETURNED_HEADERS:
            yield from _ids(message_from_string(_text_of(part)))
    yield from _ids(*_blocks(report), field="Original-Message-ID")
    yield from _ids(mail, field="In-Reply-To")


def _within(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [inner for inner in payload if isinstance(inner, Message)] if isinstance(payload, list) else []


def _ids(*holders: Message, field: str = "Message-ID") -> Iterator[str]:
    for holder in holders:
        found = _MESSAGE_ID.search(_field(holder, field))
        if found:
            yield found[0]


def _text_of(part: Message) -> str:
    payload = part.get_payload(decode=True)
    return payload.decode("utf-8", "replace").replace("\r\n", "\n") if isinstance(payload, bytes) else ""


def _field(holder: Message, name: str) -> str:
    return str(holder.get(name, "")).strip()
