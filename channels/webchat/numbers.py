"""Help lines with numbers that can be tapped. The links hold the council's numbers only, never what a person wrote."""

from __future__ import annotations

import re

from markupsafe import Markup

_NUMBERS = re.compile(r"(?P<word>\b[A-Z]{2,}) to (?P<text>\d{3,})\b|(?P<call>(?<![\w/])\+?\d(?: ?\d){2,}(?![\w/]))")
"""A word that is texted to a number, "SHOUT to 85258", or a number of three digits or more to call, "0800 1111"."""


def tappable(line: str) -> Markup:
    """Give a help line as markup: numbers to call as tel: links, a word to text as an sms: link that has it written."""
    shown, end = Markup(), 0
    for found in _NUMBERS.finditer(line):
        shown += line[end : found.start()]
        shown += Markup('<a href="{}">{}</a>').format(_address(found), found[0])
        end = found.end()
    return shown + line[end:]


def _address(found: re.Match[str]) -> str:
    if found["text"]:
        return f"sms:{found['text']}?body={found['word']}"
    return f"tel:{found['call'].replace(' ', '')}"
