"""How texts are counted, as Twilio bills them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.text import Measure, measure, outside_gsm7

TABLE = [
    ("", "gsm7", 0, 0),
    ("a", "gsm7", 1, 1),
    ("£5 à la carte, ÄÖÑÜ §", "gsm7", 21, 1),
    ("@" * 160, "gsm7", 160, 1),
    ("@" * 161, "gsm7", 161, 2),
    ("a" * 306, "gsm7", 306, 2),
    ("a" * 307, "gsm7", 307, 3),
    ("€", "gsm7", 2, 1),
    ("[{~|^\\}]\f€", "gsm7", 20, 1),
    ("€" * 80, "gsm7", 160, 1),
    ("€" * 80 + "a", "gsm7", 161, 2),
    # 153 septets hold 76 of them and one septet stays empty
    ("€" * 152, "gsm7", 304, 2),
    ("€" * 153, "gsm7", 306, 3),
    ("a" * 152 + "€" + "a" * 151, "gsm7", 305, 2),
    ("a" * 152 + "€" + "a" * 152, "gsm7", 306, 3),
    ("line\r\nline", "gsm7", 10, 1),
    ("ç", "ucs2", 1, 1),  # the GSM alphabet has Ç alone
    ("Ç", "gsm7", 1, 1),
    ("’", "ucs2", 1, 1),
    ("`", "ucs2", 1, 1),
    ("\t", "ucs2", 1, 1),
    ("\0", "ucs2", 1, 1),
    ("ж" * 70, "ucs2", 70, 1),
    ("ж" * 71, "ucs2", 71, 2),
    ("ж" * 134, "ucs2", 134, 2),
    ("ж" * 135, "ucs2", 135, 3),
    ("€{" + "ж", "ucs2", 3, 1),  # no escapes in UCS-2
    ("😀", "ucs2", 2, 1),
    ("😀" * 35, "ucs2", 70, 1),
    ("😀" * 36, "ucs2", 72, 2),
    # 67 units hold 33 pairs and one unit stays empty
    ("😀" * 66, "ucs2", 132, 2),
    ("😀" * 67, "ucs2", 134, 3),
    ("ж" * 66 + "😀" + "ж" * 65, "ucs2", 133, 2),
    ("ж" * 66 + "😀" + "ж" * 66, "ucs2", 134, 3),
    # Twilio's own test data
    ("{" + "2" * 158, "gsm7", 160, 1),
    ("{" + "2" * 159, "gsm7", 161, 2),
    ("😜" + "2" * 68, "ucs2", 70, 1),
    ("😜" + "2" * 69, "ucs2", 71, 2),
    ("مرحبا", "ucs2", 5, 1),
    ("🇮🇹" + "2" * 66, "ucs2", 70, 1),
    ("🇮🇹" + "2" * 67, "ucs2", 71, 2),
    ("🏳️\u200d🌈" + "2" * 64, "ucs2", 70, 1),
    ("🏳️\u200d🌈" + "2" * 65, "ucs2", 71, 2),
    ("😜" + "2" * 133, "ucs2", 135, 3),
    ("😀" + "]" * 68, "ucs2", 70, 1),
    ("😀" + "]" * 69, "ucs2", 71, 2),
    ("e\u0301\u0301\u0301" + "a" * 66, "ucs2", 70, 1),
    ("e\u0301\u0301\u0301" + "a" * 67, "ucs2", 71, 2),
    ("e\u0301" * 70, "ucs2", 140, 3),
    ("a" * 80 + "\r\n" + "a" * 79, "gsm7", 161, 2),
    ("a" * 80 + "\n" + "a" * 79, "gsm7", 160, 1),
    ("a" * 200 + "\r\n" + "a" * 105, "gsm7", 307, 3),
    # What people see as one character goes to the next part whole
    ("ж" * 66 + "👍🏽" + "ж" * 63, "ucs2", 133, 2),
    ("ж" * 66 + "👍🏽" + "ж" * 64, "ucs2", 134, 3),
    ("👨‍👩‍👧‍👦" * 12, "ucs2", 132, 2),
    ("👨‍👩‍👧‍👦" * 13, "ucs2", 143, 3),
    # but a line's end may be parted, and an Indic conjunct
    ("ж" * 66 + "\r\n" + "ж" * 66, "ucs2", 134, 2),
    ("ж" * 65 + "क्ष" + "ж" * 66, "ucs2", 134, 2),
    # and what fits in no part is cut
    ("e" + "\u0301" * 400, "ucs2", 401, 6),
]


@pytest.mark.parametrize(("text", "encoding", "units", "parts"), TABLE)
def test_a_text_is_measured_as_it_is_billed(text, encoding, units, parts):
    assert measure(text) == Measure(encoding, units, parts)


@given(st.text(max_size=800))
def test_a_long_text_takes_at_least_the_parts_that_its_units_fill(text):
    found = measure(text)
    single, each = {"gsm7": (160, 153), "ucs2": (70, 67)}[found.encoding]
    fewest = min(1, found.units) if found.units <= single else -(-found.units // each)
    assert found.parts == fewest or (found.units > single and found.parts > fewest)


@given(st.text(alphabet="a€ж😀[", max_size=800))
def test_a_part_wastes_one_unit_at_most_where_no_character_is_wider_than_two(text):
    found = measure(text)
    single, each = {"gsm7": (160, 153), "ucs2": (70, 67)}[found.encoding]
    if found.units > single:
        assert (found.parts - 1) * (each - 1) < found.units <= found.parts * each


def test_the_characters_that_make_a_text_dear_are_named_once():
    assert outside_gsm7("It’s “fine” – isn’t it?") == "’“”–"
