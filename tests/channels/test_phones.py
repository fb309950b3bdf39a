"""How mobile numbers are read, and what is said about what isn't one."""

from __future__ import annotations

import pytest

from channels.phones import BadNumber, country_of, line_problem, mask, parse_mobile

GOOD = [
    ("07700 900123", "+447700900123"),
    ("07700900000", "+447700900000"),
    ("07700900999", "+447700900999"),
    ("+44 (0)7700 900123", "+447700900123"),
    ("+44 (0) 7700 900 123", "+447700900123"),
    ("+4407700900123", "+447700900123"),
    ("0044 7700 900123", "+447700900123"),
    ("0044 (0)7700 900123", "+447700900123"),
    ("447700900123", "+447700900123"),
    ("7700900123", "+447700900123"),
    ("07700-900-123", "+447700900123"),
    ("07700–900–123", "+447700900123"),
    ("07700\u2212900\u2212123", "+447700900123"),
    ("07700.900.123", "+447700900123"),
    ("(07700) 900123", "+447700900123"),
    ("07700/900123", "+447700900123"),
    ("  07700\u00a0900\u2009123\n", "+447700900123"),
    ("\u202a+447700900123\u202c", "+447700900123"),
    ("０７７００ ９００１２３", "+447700900123"),
    ("＋４４７７００９００１２３", "+447700900123"),
    ("٠٧٧٠٠٩٠٠١٢٣", "+447700900123"),
    ("(+44) 7700 900123", "+447700900123"),
    ("(0044) 7700 900123", "+447700900123"),
    ("00 44 7700 900123", "+447700900123"),
    ("+ 44 7700 900 123", "+447700900123"),
    ("+0044 7700 900123", "+447700900123"),
    ("+07700 900123", "+447700900123"),
    ("++44 7700 900123", "+447700900123"),
    ("44 7700 900123", "+447700900123"),
    ("44 (0)7700 900123", "+447700900123"),
    ("4407700900123", "+447700900123"),
    ("0 7700 900123", "+447700900123"),
    ("+44 [0] 7700 900123", "+447700900123"),
    ("+44-7700-900-123", "+447700900123"),
    ("07700_900123", "+447700900123"),
    ("07700·900·123", "+447700900123"),
    ("07700\t900123", "+447700900123"),
    ("tel:+447700900123", "+447700900123"),
    ("tel: 07700 900123", "+447700900123"),
    ("Tel. 07700 900123", "+447700900123"),
    ("Mobile: 07700 900123", "+447700900123"),
    ("MOB 07700 900123", "+447700900123"),
    ("M: 07700 900123", "+447700900123"),
    ("m.07700900123", "+447700900123"),
    ("T: +44 7700 900123", "+447700900123"),
    ("Tel no: 07700 900123", "+447700900123"),
    ("Tel. No. 07700 900123", "+447700900123"),
    ("Telephone number - 07700 900123", "+447700900123"),
    ("Mobile number: 07700 900123", "+447700900123"),
    ("Mobile phone: 07700 900123", "+447700900123"),
    ("Mob №: 07700 900123", "+447700900123"),
    ("Contact number 07700 900123", "+447700900123"),
    ("No: 07700 900123", "+447700900123"),
    ('="07700900123"', "+447700900123"),  # how a spreadsheet's export keeps the zero
    ('=""07700 900123""', "+447700900123"),
    ('="Mobile: 07700 900123"', "+447700900123"),
    ("“07700 900123”", "+447700900123"),
    ("'07700900123", "+447700900123"),  # how a spreadsheet is told to leave a number alone
    ("07700 900123.", "+447700900123"),
    ("7700900123.0", "+447700900123"),  # a number that a spreadsheet has taken for a quantity
    ("447700900123.00", "+447700900123"),
    ("07\u200b700 900\u00ad123", "+447700900123"),
    ("۰۷۷۰۰ ۹۰۰۱۲۳", "+447700900123"),
    ("०७७००९००१२३", "+447700900123"),
    ("07400 123456", "+447400123456"),
    ("07976 123456", "+447976123456"),
    ("07624 123456", "+447624123456"),  # Isle of Man
    ("07797 712345", "+447797712345"),  # Jersey
    ("07781 123456", "+447781123456"),  # Guernsey
    ("+353 85 123 4567", "+353851234567"),
    ("+33 6 12 34 56 78", "+33612345678"),
    ("+1 212 555 0123", "+12125550123"),  # where mobiles and landlines share ranges
]

BAD = [
    ("", "not_a_number"),
    ("   ", "not_a_number"),
    ("not known", "not_a_number"),
    ("07700 9O0123", "not_a_number"),  # a letter O
    ("0770CALLNOW", "not_a_number"),
    ("07700 900123 (mum)", "words_beside_it"),
    ("mum's mobile 07700 900123", "words_beside_it"),
    ("07700 900123 after 4pm", "words_beside_it"),
    ("07700 900123 ext 5", "words_beside_it"),
    ("+447700900123;ext=5", "words_beside_it"),
    ("📱 07700 900123", "words_beside_it"),
    ("call: 07700 900123", "words_beside_it"),
    ("07700 900123 mum's phone", "words_beside_it"),
    ("mum: 07700 900123", "words_beside_it"),
    ("Mum mobile: 07700 900123", "words_beside_it"),
    ("Mobile (dad's): 07700 900123", "words_beside_it"),
    ("W: 07700 900123", "words_beside_it"),
    ("no 07700 900123", "words_beside_it"),
    ("Mobile number not: 07700 900123", "words_beside_it"),
    ("M07700 900123", "words_beside_it"),
    ('="07700 900123 (mum)"', "words_beside_it"),
    ("M:", "not_a_number"),
    ('=""', "not_a_number"),
    ("Mobile no. mobile no.", "not_a_number"),
    ("7.7009E+09", "rounded_by_a_spreadsheet"),
    ("4,47701e11", "rounded_by_a_spreadsheet"),
    ("07700 900123 / 07700 900124", "several_numbers"),
    ("07700 900123, 07700 900124", "several_numbers"),
    ("07700900123 07700900124", "several_numbers"),
    ("07700 900123 or 020 7946 0018", "several_numbers"),
    ("+447700900123+447700900124", "several_numbers"),
    ("mob: 07700 900123 home: 020 7946 0018", "several_numbers"),
    ("mum@example.org", "not_a_number"),
    ("07700+900123", "not_a_number"),
    ("*31#07700900123", "not_a_number"),
    ("+999 7700 900123", "not_a_number"),
    ("😀", "not_a_number"),
    ("\0", "not_a_number"),
    ("tel:", "not_a_number"),
    ("mobile", "not_a_number"),
    ("n/a", "not_a_number"),
    ("-", "not_a_number"),
    ("+", "not_a_number"),
    ("999", "short_number"),
    ("101", "short_number"),
    ("111", "short_number"),
    ("116 123", "short_number"),
    ("116 006", "short_number"),
    ("118 118", "short_number"),
    ("85258", "short_number"),
    ("12345", "too_short"),
    ("0770090012", "too_short"),
    ("07700 90012", "too_short"),
    ("077009001234", "too_long"),
    ("07700 900123/4", "too_long"),
    ("0447700900123", "too_long"),
    ("9" * 5000, "too_long"),
    ("0" * 400, "too_long"),
    ("020 7946 0018", "landline"),
    ("0113 496 0123", "landline"),
    ("+44 1632 960123", "not_in_use"),  # Ofcom's landlines for fiction
    ("01534 123456", "landline"),  # Jersey
    ("+353 1 234 5678", "landline"),
    ("0909 8790000", "premium"),
    ("0845 123 4567", "premium"),
    ("0844 123 4567", "premium"),
    ("0870 123 4567", "premium"),
    ("0871 234 5678", "premium"),
    ("07640 123456", "pager"),
    ("076 4012 3456", "pager"),
    ("0800 123 4567", "freephone"),
    ("0808 157 0123", "freephone"),
    ("0303 123 1113", "non_geographic"),
    ("0333 123 4567", "non_geographic"),
    ("056 1234 5678", "internet_number"),
    ("070 1234 5678", "personal_number"),
    ("07700 901000", "not_in_use"),
]


@pytest.mark.parametrize(("text", "e164"), GOOD)
def test_a_mobile_number_is_read_however_it_is_written(text, e164):
    assert parse_mobile(text) == e164


@pytest.mark.parametrize(("text", "code"), BAD)
def test_what_is_no_mobile_number_is_refused_with_the_reason_and_without_the_number(text, code):
    with pytest.raises(BadNumber) as refused:
        parse_mobile(text)
    assert refused.value.code == code
    assert refused.value.explanation.endswith(".")
    digits = [c for c in text if c.isdigit()]
    assert "".join(digits) not in str(refused.value) or not digits
    assert refused.value.__context__ is None or text not in str(refused.value.__context__) or not text


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("07700 900123", "GB"),
        ("07400 123456", "GB"),
        ("07797 712345", "JE"),
        ("07781 123456", "GG"),
        ("07624 123456", "IM"),
        ("+353 85 123 4567", "IE"),
        ("+1 212 555 0123", "US"),
    ],
)
def test_a_number_of_jersey_guernsey_or_man_is_told_from_one_of_the_uk(text, country):
    assert country_of(parse_mobile(text)) == country


def test_every_refusal_has_a_sentence_of_its_own():
    codes = {code for _, code in BAD}
    sentences = {BadNumber(code).explanation for code in codes}
    assert len(sentences) == len(codes) > 10


def test_another_region_may_be_home():
    assert parse_mobile("085 123 4567", region="IE") == "+353851234567"


@pytest.mark.parametrize(
    ("number", "shown"), [("+447700900123", "…123"), ("+33612345678", "…678"), ("60123", "…"), ("", "…")]
)
def test_a_screen_shows_the_end_of_a_number_at_most(number, shown):
    assert mask(number) == shown


@pytest.mark.parametrize(
    ("number", "region", "problem"),
    [
        ("999", "GB", None),
        ("112", "GB", None),
        ("116 123", "GB", None),
        ("85258", "GB", None),
        ("0800 1111", "GB", None),
        ("03000 411111", "GB", None),
        ("0300 123 4567", "GB", None),
        ("0300 411111", "GB", "No phone company in GB uses this number."),
        ("12345", "GB", "No phone company in GB uses this number."),
        ("0909 879 0000", "GB", "This number is charged at a special rate."),
        ("0845 601 2345", "GB", "This number is charged at a special rate."),
        ("Childline", "GB", "This is not a phone number."),
        ("", "GB", "This is not a phone number."),
        ("1800 666 666", "IE", None),
        ("0800 1111", "IE", "No phone company in IE uses this number."),
        ("999", "XX", "No country is called XX."),
    ],
)
def test_a_line_that_texts_give_people_answers_in_their_country(number: str, region: str, problem: str | None):
    assert line_problem(number, region) == problem


@pytest.mark.parametrize(
    ("number", "region", "answers"),
    [("999", "GB", True), ("112", "GB", True), ("112", "IE", True), ("998", "GB", False), ("101", "GB", False), ("911", "US", True)],
)  # fmt: skip
def test_an_emergency_number_is_one_on_which_the_emergency_services_answer(number: str, region: str, answers: bool):
    problem = line_problem(number, region, emergency=True)
    assert problem == (None if answers else f"The emergency services of {region} do not answer on this number.")
