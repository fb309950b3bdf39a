"""Mobile numbers, as people write them and as phone networks want them.

Reads a string and returns E.164; may not look anything up outside the `phonenumbers` tables, and never puts a number
into an explanation, because explanations reach logs and import reports.

Mobiles of other countries and of the Crown dependencies (Jersey, Guernsey, the Isle of Man) are accepted: families
move, and a voice is worth more than the dearer text. `country_of` tells them apart: they begin with +44 too, but are not
in the UK, so that the provider may bill them apart, or want them allowed first.

Ofcom's numbers for fiction, 07700 900000 to 900999 (ofcom.org.uk, "Telephone numbers for use in TV and radio drama
programmes"), are accepted as mobiles: trials and tests use them, and `phonenumbers` knows no range for them.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberType, ValidationResult, shortnumberinfo

Code = Literal[
    "not_a_number",
    "words_beside_it",
    "several_numbers",
    "rounded_by_a_spreadsheet",
    "too_short",
    "too_long",
    "short_number",
    "landline",
    "premium",
    "personal_number",
    "pager",
    "freephone",
    "non_geographic",
    "internet_number",
    "not_mobile",
    "not_in_use",
]

_EXPLANATIONS: dict[Code, str] = {
    "not_a_number": "This is not a phone number. Give digits only, for example 07 and nine more digits.",
    "words_beside_it": "There is something else beside the number. Give the number alone, and put the note elsewhere.",
    "several_numbers": "These are several numbers. Give one only: the one on which this person wants to be texted.",
    "rounded_by_a_spreadsheet": "A spreadsheet has rounded this number off. Set its column to text and enter it again.",
    "too_short": "This number has too few digits. A UK mobile number has 11, beginning with 07.",
    "too_long": "This number has too many digits. Give one number only; a UK mobile number has 11, beginning with 07.",
    "short_number": "This is a short number, such as a helpline's. Give a person's mobile number.",
    "landline": "This is a landline. Text messages need a mobile number.",
    "premium": "This number is charged at a special rate. Text messages need a mobile number.",
    "personal_number": "This is a personal number (070), which takes no texts. Give the mobile that it leads to.",
    "pager": "This is a pager, which nobody can answer from. Text messages need a mobile number.",
    "freephone": "This is a freephone number. Text messages need a mobile number.",
    "non_geographic": "This is an organisation's number (03 or 055). Text messages need a person's mobile number.",
    "internet_number": "This is an internet phone's number (056). Text messages need a mobile number.",
    "not_mobile": "This is not a mobile number but another kind. Text messages need a mobile number.",
    "not_in_use": "No phone company uses numbers that begin like this. Check the digits.",
}

_MOBILE = frozenset({PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE})

_KINDS: dict[int, Code] = {
    PhoneNumberType.FIXED_LINE: "landline",
    PhoneNumberType.PREMIUM_RATE: "premium",
    PhoneNumberType.SHARED_COST: "premium",
    PhoneNumberType.PERSONAL_NUMBER: "personal_number",
    PhoneNumberType.PAGER: "pager",
    PhoneNumberType.TOLL_FREE: "freephone",
    PhoneNumberType.UAN: "non_geographic",
    PhoneNumberType.VOIP: "internet_number",
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

_LABEL = re.compile(
    r"\A(?:(?:(?:tel|telephone|mob|mobile|phone|cell|contact)\b[.:]*\s*){1,2}(?:(?:no|num|number)\b[.:]*\s*)?"
    r"|(?:m|t|no|num|number)[.:]+\s*)",
    re.IGNORECASE,
)
_TEXT_BY_SPREADSHEET = re.compile(r'="+([^"]*)"+')  # a formula that keeps a spreadsheet from dropping the zero
_WHOLE_BY_SPREADSHEET = re.compile(r"(\d{10,12})\.0+")
_ROUNDED_BY_SPREADSHEET = re.compile(r"\d+(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
_NO_SEPARATORS = frozenset("*#%&@")
_LONGEST = 100  # characters in which numbers are looked for among other words
_SHORTEST = 9  # digits of what counts as one there
_HARMONISED = re.compile(r"116\d{3}")  # helplines with one number in all of Europe, such as 116 123
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

    Spaces, punctuation, invisible marks, digits of other scripts, "tel:" or "Mobile no." in front, a spreadsheet's ="…",
    "+44 (0)", "0044" and a lost leading zero are read. Other letters are not: phone-pad spelling is never meant here, and a
    note beside a number may change what it is or whose.

    Args:
        text: one number as somebody wrote it.
        region: the country (ISO 3166, two letters) that a number without a country code belongs to.

    Raises:
        BadNumber: `text` is not one mobile number.
    """
    plain = _plain(text, region)
    try:
        number = phonenumbers.parse(plain, region)
    except NumberParseException as problem:
        code = _UNREADABLE.get(problem.error_type, "not_a_number")
    else:
        wrong = _fault(number, region)
        if wrong is None:
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        code = wrong
    raise BadNumber("several_numbers" if code == "too_long" and _how_many(text, region) > 1 else code)


def country_of(e164: str) -> str | None:
    """Return the country of a number that `parse_mobile` has returned (ISO 3166, two letters), None where it has none.

    "JE", "GG" and "IM" are the Crown dependencies.
    """
    number = phonenumbers.parse(e164)
    return "GB" if _is_fiction(number) else phonenumbers.region_code_for_number(number)


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
        parsed = phonenumbers.parse(_plain(number, region), region)
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


def _plain(text: str, region: str) -> str:
    """Return the digits of `text`, with a plus in front where it has one, or raise BadNumber."""
    seen = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    cell = _TEXT_BY_SPREADSHEET.fullmatch(seen.strip())
    bare = re.sub(_LABEL, "", (cell[1] if cell else seen).strip(), count=1)
    if _ROUNDED_BY_SPREADSHEET.fullmatch(bare):
        raise BadNumber("rounded_by_a_spreadsheet")
    if whole := _WHOLE_BY_SPREADSHEET.fullmatch(bare):
        bare = whole[1]
    kept = "".join(c for c in bare if not _is_separator(c))
    plus, digits = kept[:1] == "+", kept.lstrip("+")
    if not digits.isdecimal():
        found = _how_many(bare, region)
        raise BadNumber("several_numbers" if found > 1 else "words_beside_it" if found else "not_a_number")
    digits = "".join(str(unicodedata.decimal(c)) for c in digits)
    return f"+{digits}" if plus and not digits.startswith("0") else digits


def _is_separator(character: str) -> bool:
    is_mark = unicodedata.category(character)[0] in "PZ" and character not in _NO_SEPARATORS
    return is_mark or character.isspace() or character == "\u2212"


def _how_many(text: str, region: str) -> int:
    found = phonenumbers.PhoneNumberMatcher(text[:_LONGEST], region, leniency=phonenumbers.Leniency.POSSIBLE)
    return sum(len(str(match.number.national_number)) >= _SHORTEST for match in found)


def _is_fiction(number: PhoneNumber) -> bool:
    return number.country_code == _UK and (number.national_number or 0) in _FICTION


def _fault(number: PhoneNumber, region: str) -> Code | None:
    if _is_fiction(number):
        return None
    national = str(number.national_number or 0)
    if _HARMONISED.fullmatch(national) or shortnumberinfo.is_valid_short_number_for_region(number, region):
        return "short_number"
    reason = phonenumbers.is_possible_number_with_reason(number)
    if reason != ValidationResult.IS_POSSIBLE:
        return _LENGTHS.get(reason, "not_a_number")
    if number.country_code == _UK and national.startswith("7") and len(national) < 10:
        return "too_short"  # nine digits are possible for a UK landline, never for a number that begins with 07
    kind = phonenumbers.number_type(number)
    return None if kind in _MOBILE else _KINDS.get(kind, "not_mobile")
