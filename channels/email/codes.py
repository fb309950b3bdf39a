"""What mail servers' refusals mean, given at once or in a report later: one table for both, and the lines that read it.

Pure. May not quote the servers' sentences, for they hold the address that was written to. Enhanced status codes say most
(RFC 3463); the basic ones (RFC 5321 section 4.2) are read with care, for servers say 550 to nearly everything. Only what
is surely about the mailbox counts as a bad address: nobody is to be lost to a full mailbox or to a fault of ours.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from channels import errors
from channels.errors import SendError

Stage = Literal["sender", "recipient", "text"]
"""What a server had been told when it refused: who we are, whom the mail is for, or the mail itself."""


class Meaning(NamedTuple):
    """What a refusal comes to.

    Attributes:
        kind: by the tree of `channels.errors`; `BadAddress` where no mail to this address will ever arrive.
        told: the end of a sentence for the person who reads it; holds no address.
    """

    kind: type[SendError]
    told: str


_GONE = Meaning(errors.BadAddress, "there is no such mailbox")
_UNUSABLE = Meaning(errors.BadAddress, "it cannot be delivered to that address")
_NO_SERVER = Meaning(errors.BadAddress, "no mail server was found for the address")
_SENDER = Meaning(errors.OurFault, "our sender's address is not accepted there")
_FULL = Meaning(errors.Refused, "the mailbox is full")
_TOO_BIG = Meaning(errors.Refused, "it is too big, or the mailbox has no room for it")
_FORM = Meaning(errors.Refused, "the mail server there will not take its form")
_CONFUSED = Meaning(errors.OurFault, "the mail servers did not understand each other")
_RULES = Meaning(errors.OurFault, "the rules there refuse us; look at our sign-in, our sender, SPF, DKIM and DMARC")
_ANYTHING = Meaning(errors.Refused, "the mail server there did not say clearly why")

_ENHANCED: dict[str, Meaning] = {
    "5.1": Meaning(errors.Refused, "the address was not accepted"),
    "5.1.1": _GONE,
    "5.1.2": _NO_SERVER,
    "5.1.3": Meaning(errors.BadAddress, "this is not how an address is written"),
    "5.1.6": Meaning(errors.BadAddress, "the mailbox has moved and left no address"),
    "5.1.7": _SENDER,
    "5.1.8": _SENDER,
    "5.1.10": _GONE,
    "5.2": Meaning(errors.Refused, "the mailbox would not take it"),
    "5.2.1": Meaning(errors.BadAddress, "the mailbox takes no mail any more"),
    "5.2.2": _FULL,
    "5.2.3": _TOO_BIG,
    "5.3": Meaning(errors.Refused, "the mail server there cannot take it"),
    "5.3.4": _TOO_BIG,
    "5.4": Meaning(errors.Refused, "it found no way to the mail server there"),
    "5.4.1": _GONE,
    "5.4.4": _NO_SERVER,
    "5.4.310": _NO_SERVER,
    "5.5": _CONFUSED,
    "5.6": _FORM,
    "5.7": _RULES,
    "5": _ANYTHING,
    "4": Meaning(errors.Busy, "it cannot be delivered for now"),
}
"""By as much of a code as is known here: the longest counts. 5.4.1 and 5.4.310 are what Exchange says of mailboxes and
domains that are not there.
"""

_VAGUE = {"5.0.0", "5.1.0"}
"""Given where the server knows nothing better: its basic code and its words say more."""

_BASIC: dict[int | None, Meaning] = {
    **dict.fromkeys((500, 501, 502, 503, 504, 555), _CONFUSED),
    **dict.fromkeys((521, 530, 534, 535, 538), _RULES),
    **dict.fromkeys((550, 551, 553, None), _UNUSABLE),
    552: _TOO_BIG,
    556: _NO_SERVER,
}
_WORDS: tuple[tuple[re.Pattern[str], Meaning], ...] = (
    (re.compile(r"\b(full|quota|storage|space|over.?limit)\b", re.IGNORECASE), _FULL),
    (re.compile(r"\b(size|large|big)\b", re.IGNORECASE), _TOO_BIG),
    (
        re.compile(
            r"relay|rcpthosts|spf\b|dkim|dmarc|polic(y|ies)|spam|junk|virus|bulk|unsolicited|(black|block|deny).?list|\bblocked"
            r"|\bbanned|\b(dns|rb)b?ls?\b|reputation|sender|\bfrom\b|authenti|\bauth\b|sign.?in|log.?in|permi(t|ssion)"
            r"|prohibit|denied|access|content|verif|reverse|\br?dns\b|\bptr\b|\b(he|eh)lo\b|gr[ae]ylist|\bip\b|client"
            r"|\brate\b|too many|limit|temporar|later",
            re.IGNORECASE,
        ),
        _RULES,
    ),
)
"""Of refusals that have no better code: these are not about the mailbox."""

_STATUS = re.compile(r"(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?!\.?\d)")
_ADDRESS = re.compile(r"<[^>]*>|\S+@\S+")


def enhanced_code(*sentences: str) -> str | None:
    """Return the enhanced status code that stands first in one of `sentences`, one that says something before all else."""
    found = [match[0] for match in map(_STATUS.search, sentences) if match]
    return next((code for code in found if code not in _VAGUE), found[0] if found else None)


def meaning(enhanced: str | None, basic: int | None, sentence: str, *, about_recipient: bool = True) -> Meaning:
    """Say what a refusal means.

    Args:
        enhanced: see `enhanced_code`; None where there was none.
        basic: the code of three digits, None where there was none.
        sentence: what the server says beside it.
        about_recipient: whether a refusal without a better code would be about the address.
    """
    if enhanced is not None and enhanced not in _VAGUE:
        return next(
            _ENHANCED[known] for known in (enhanced, enhanced.rpartition(".")[0], enhanced[0]) if known in _ENHANCED
        )
    words = _ADDRESS.sub("", sentence)
    by_words = (means for pattern, means in _WORDS if pattern.search(words))
    found = next(by_words, None) or _BASIC.get(basic, _ANYTHING)
    return found if about_recipient or found.kind is not errors.BadAddress else _ANYTHING


def answered(basic: int, sentence: str, stage: Stage) -> Meaning:
    """Say what a refusal of 5xx means that a server gave to our face."""
    found = meaning(enhanced_code(sentence), basic, sentence, about_recipient=stage == "recipient")
    return _RULES if stage == "sender" and found is not _TOO_BIG else found
