"""How long a text is in plain SMS."""

from __future__ import annotations

import pytest

from surveys.gsm7 import foreign_characters, septets


@pytest.mark.parametrize(("text", "length"), [("", 0), ("abc", 3), ("é£\n", 3), ("€", 2), ("[x]", 5), ("~^|\\{}", 12)])
def test_characters_of_the_extension_table_count_two(text: str, length: int):
    assert septets(text) == length


@pytest.mark.parametrize(
    ("text", "foreign"),
    [("Zoë", ["ë"]), ("é è ñ Ç", []), ("ç", ["ç"]), ("it’s — it’s", ["’", "—"]), ("👍`", ["👍", "`"])],
)
def test_characters_that_plain_sms_cannot_carry_are_named_once(text: str, foreign: list[str]):
    assert foreign_characters(text) == foreign
