"""The HTML part of a mail, made of the words of its text part: it says the same, no more and no less.

Pure. May not fetch, embed or count anything: no picture, no script, no address but those that stand in the text.

What the text looks like says what it is: lines with an empty line around them are a paragraph, lines that begin with two
blanks a list, the first paragraph the heading, and a web address a link under its own name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from markupsafe import Markup

_ADDRESS = re.compile(r"(https?://[^\s<>\"]*[^\s<>\".,;:!?'’”)\]}])")
_BETWEEN_PARAGRAPHS = re.compile(r"\n(?:[^\S\n]*\n)+")
_LIST_ITEM = "  "

_PAGE = Markup("""\
<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ margin: 0; padding: 1.5rem 1rem; background: #ffffff; color: #1d2a2e; overflow-wrap: anywhere; }}
body, h1 {{ font-family: system-ui, "Segoe UI", Arial, sans-serif; line-height: 1.5; }}
main {{ max-width: 36rem; margin: 0 auto; }}
h1 {{ font-size: 1.25rem; margin: 0 0 1rem; }}
p, ul {{ margin: 0 0 1rem; }}
p + ul {{ margin-top: -0.75rem; }}
a {{ color: #12505a; }}
@media (prefers-color-scheme: dark) {{
  body {{ background: #14191b; color: #e8eced; }}
  a {{ color: #8fd3de; }}
}}
</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
""")


def as_html(text: str, title: str, language: str = "en-GB") -> str:
    """Return a whole page that says what `text` says.

    Args:
        text: plain words, escaped here.
        title: what a mail program may show as the page's name, such as the subject.
        language: of the text, as HTML's `lang` has it.
    """
    paragraphs = _BETWEEN_PARAGRAPHS.split(text.replace("\r\n", "\n").strip("\n"))
    blocks = [block for paragraph in paragraphs for block in _blocks(paragraph.split("\n"))]
    elements = (
        _list(lines) if is_list else _element("p" if place else "h1", lines)
        for place, (is_list, lines) in enumerate(blocks)
    )
    return str(_PAGE.format(language=language, title=title, body=Markup("\n").join(elements)))


def _blocks(paragraph: Sequence[str]) -> Iterator[tuple[bool, list[str]]]:
    """The lines of a paragraph that belong together, and whether they are a list."""
    for is_list, lines in groupby(paragraph, key=lambda line: line.startswith(_LIST_ITEM)):
        yield is_list, list(lines)


def _list(lines: Sequence[str]) -> Markup:
    return Markup("<ul>\n{}\n</ul>").format(Markup("\n").join(_element("li", [line]) for line in lines))


def _element(name: str, lines: Sequence[str]) -> Markup:
    """Lines in an element that is read in the direction of its own letters."""
    words = Markup("<br>\n").join(_linked(line.strip()) for line in lines)
    return Markup('<{0} dir="auto">{1}</{0}>').format(Markup(name), words)  # noqa: S704 - the names are ours, above


def _linked(line: str) -> Markup:
    pieces = _ADDRESS.split(line)  # every second piece is an address
    return Markup("").join(_link(piece) if place % 2 else piece for place, piece in enumerate(pieces))


def _link(address: str) -> Markup:
    return Markup('<a href="{0}" rel="noreferrer">{0}</a>').format(address)
