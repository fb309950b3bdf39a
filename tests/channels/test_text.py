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
]


@pytest.mark.parametrize(("text", "encoding", "units", "parts"), TABLE)
def test_a_text_is_measured_as_it_is_billed(text, encoding, units, parts):
    assert measure(text) == Measure(encoding, units, parts)


@given(st.text(max_size=800))
def test_parts_hold_every_unit_and_waste_at_most_one_a_part(text):
    found = measure(text)
    single, each = {"gsm7": (160, 153), "ucs2": (70, 67)}[found.encoding]
    if found.units <= single:
        assert found.parts == (1 if text else 0)
    else:
        assert found.parts * each >= found.units
        assert (found.parts - 1) * (each - 1) < found.units


def test_the_characters_that_make_a_text_dear_are_named_once():
    assert outside_gsm7("It’s “fine” – isn’t it?") == "’“”–"
