"""Mobile numbers, as people write them and as phone networks want them.

Reads a string and returns E.164; may not look anything up outside the `phonenumbers` tables, and never puts a number
into an explanation, because explanations reach logs and import reports.

Mobiles of other countries and of the Crown dependencies (Jersey, Guernsey, the Isle of Man) are accepted: families
move, and whether the account may send there is the provider's answer to give. Ofcom's numbers for fiction, 07700 900000
to 900999 (ofcom.org.uk, "Telephone numbers for use in TV and radio drama programmes"), are accepted as mobiles: trials
and tests use them, and `phonenumbers` knows no range for them.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberType, ValidationResult, shortnumberinfo

Code = Literal["not_a_number", "too_short", "too_long", "landline", "premium", "not_mobile", "not_in_use"]

_EXPLANATIONS: dict[Code, str] = {
    "not_a_number": "This is not a phone number. Give digits only, for example 07 and nine more digits.",
    "too_short": "This number has too few digits. A UK mobile number has 11, beginning with 07.",
    "too_long": "This number has too many digits. Give one number only; a UK mobile number has 11, beginning with 07.",
    "landline": "This is a landline. Text messages need a mobile number.",
    "premium": "This number is charged at a special rate. Text messages need a mobile number.",
    "not_mobile": "This is not a mobile number but another kind, such as a pager, freephone or internet number.",
    "not_in_use": "No phone company uses numbers that begin like this. Check the digits.",
}

_MOBILE = frozenset({PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE})

_KINDS: dict[int, Code] = {
    PhoneNumberType.FIXED_LINE: "landline",
    PhoneNumberType.PREMIUM_RATE: "premium",
    PhoneNumberType.SHARED_COST: "premium",
    PhoneNumberType.UNKNOWN: "not_in_use",
}
"""Every kind that is not here is `not_mobile`."""

_LENGTHS: dict[int, Code] = {
    ValidationResult.TOO_SHORT: "too_short",
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY: "too_short",
    ValidationResult.TOO_LONG: "too_long",
    ValidationResult.INVALID_LENGTH: "not_a_number",
    ValidationResult.INVALID_COUNTRY_CODE: "not_a_number",
}

_UNREADABLE: dict[int, Code] = {
    NumberParseException.TOO_SHORT_NSN: "too_short",
    NumberParseException.TOO_SHORT_AFTER_IDD: "too_short",
    NumberParseException.TOO_LONG: "too_long",
}

_WRITTEN = re.compile(r"\+?[\d\s().\-/]+")
_FICTION = range(7_700_900_000, 7_700_901_000)
_UK = 44


class BadNumber(ValueError):
    """A string that is not a mobile number.

    Attributes:
        code: why, in one word; safe to log.
        explanation: why, in a sentence for the person who typed it; never holds the number.
    """

    def __init__(self, code: Code) -> None:
        self.code: Code = code
        self.explanation = _EXPLANATIONS[code]
        super().__init__(code, self.explanation)


def parse_mobile(text: str, region: str = "GB") -> str:
    """Return the mobile number that `text` holds as E.164, for example "+447700900123".

    Spaces, brackets, dots, dashes, invisible marks, digits of other scripts, "+44 (0)", "0044" and a lost leading zero
    are read. Letters are not: phone-pad spelling is never meant here, and a note beside a number may change what it is.

    Args:
        text: one number as somebody wrote it.
        region: the country (ISO 3166, two letters) that a number without a country code belongs to.

    Raises:
        BadNumber: `text` is not one mobile number.
    """
    try:
        number = phonenumbers.parse(_plain(text), region)
    except NumberParseException as problem:
        code = _UNREADABLE.get(problem.error_type, "not_a_number")
    else:
        wrong = _fault(number)
        if wrong is None:
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        code = wrong
    raise BadNumber(code)


def line_problem(number: str, region: str, *, emergency: bool = False) -> str | None:
    """Say why people in a country could not ring or text a number that texts give them; None where they can.

    Short numbers (999, 116 123, 85258) are looked up in the country's own list of them. A number at a special rate is
    refused: nobody in need may pay for it.

    Args:
        number: as it stands in texts.
        region: the country (ISO 3166, two letters).
        emergency: it must be one on which the emergency services answer.
    """
    if region not in phonenumbers.SUPPORTED_REGIONS:
        return f"No country is called {region}."
    try:
        parsed = phonenumbers.parse(_plain(number), region)
    except (BadNumber, NumberParseException):
        return "This is not a phone number."
    if emergency:
        answers = shortnumberinfo.is_emergency_number(number.replace(" ", ""), region)
        return None if answers else f"The emergency services of {region} do not answer on this number."
    if shortnumberinfo.is_valid_short_number_for_region(parsed, region):
        costs = shortnumberinfo.expected_cost_for_region(parsed, region)
        dear = costs == shortnumberinfo.ShortNumberCost.PREMIUM_RATE
        return "This number is charged at a special rate." if dear else None
    if not phonenumbers.is_valid_number(parsed):
        return f"No phone company in {region} uses this number."
    return "This number is charged at a special rate." if _is_dear(parsed) else None


def _is_dear(number: PhoneNumber) -> bool:
    return _KINDS.get(phonenumbers.number_type(number)) == "premium"


def mask(e164: str) -> str:
    """Return what a screen may show of a number: "…123", or "…" where so little would still tell too much."""
    return f"…{e164[-3:]}" if len(e164) >= 8 else "…"


def _plain(text: str) -> str:
    """Return `text` with ordinary digits, dashes and spaces and no invisible marks, or raise BadNumber."""
    folded = unicodedata.normalize("NFKC", text)
    seen = (c for c in folded if unicodedata.category(c) != "Cf")
    plain = "".join("-" if unicodedata.category(c) == "Pd" or c == "\u2212" else c for c in seen).strip()
    if not _WRITTEN.fullmatch(plain):
        raise BadNumber("not_a_number")
    return plain


def _fault(number: PhoneNumber) -> Code | None:
    national = number.national_number or 0
    uk = number.country_code == _UK
    if uk and national in _FICTION:
        return None
    reason = phonenumbers.is_possible_number_with_reason(number)
    if reason != ValidationResult.IS_POSSIBLE:
        return _LENGTHS.get(reason, "not_a_number")
    if uk and str(national).startswith("7") and len(str(national)) < 10:
        return "too_short"  # nine digits are possible for a UK landline, never for a number that begins with 07
    kind = phonenumbers.number_type(number)
    return None if kind in _MOBILE else _KINDS.get(kind, "not_mobile")
