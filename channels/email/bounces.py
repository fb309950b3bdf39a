"""Reads what mail servers send back when a mail could not be delivered after all.

Pure. A report says which mail it is about by the Message-ID in the headers that it brings back: nobody's address is read
from it, so none is kept or told. Reports: RFC 3464, and RFC 6533 for addresses with any letters; the codes in them: `codes`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, message_from_string
from email.message import Message

from channels.base import Ignored, Receipt
from channels.email import codes
from channels.errors import BadAddress, Unreadable

_REPORTS = {"message/delivery-status", "message/global-delivery-status"}
_RETURNED = {"message/rfc822", "message/global", "message/global-headers"}
_RETURNED_HEADERS = "text/rfc822-headers"
_OTHER_REPORTS = {
    "message/disposition-notification": "It says that a mail was opened, which we neither ask for nor keep.",
    "message/feedback-report": "It says that somebody has called a mail of ours unwanted; the link in such mails ends them.",
}
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,250}@[^<>\s]{1,250}>")
_BASIC_CODE = re.compile(r"\b([45]\d\d)\b")
_UNTOLD = "The mail came back, and nobody has told us why."


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
    code, closes, explanation = _reason(failed[0])
    return Receipt("email", named, "undelivered", error_code=code, permanent=closes, explanation=explanation)


def _blocks(report: Message) -> Iterator[Message]:
    """The groups of fields in a report: the first is about the mail, each other about one of its recipients."""
    for group in _within(report):
        yield group
        yield from (message_from_string(fields) for fields in _text_of(group).split("\n\n"))


def _reason(block: Message) -> tuple[str, bool, str]:
    """The enhanced status code, whether it closes the address, and what it means.

    The code is `5.0.0` or `4.0.0` from a server that knows the old codes only.
    """
    status, diagnosis = _field(block, "Status"), _field(block, "Diagnostic-Code")
    found = _BASIC_CODE.search(diagnosis)
    basic = int(found[1]) if found else None
    code = codes.enhanced_code(status, diagnosis) or (basic and f"{basic // 100}.0.0")
    if not code:
        return "untold", False, _UNTOLD
    kind, told = codes.meaning(code, basic, diagnosis)
    return code, kind is BadAddress, f"The mail came back: {told}."


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
