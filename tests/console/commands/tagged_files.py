"""What the tests of `flask tag` share: the command without the rest of the app, and a reader that finds nothing."""

from __future__ import annotations

import csv
import io
from types import SimpleNamespace

from click.testing import Result
from flask import Flask

from analysis.tags import Tags
from console.commands.tag import tag
from console.commands.tag_reading import Reader
from console.wiring import EXTENSION
from tests.shipped import CATALOGUE


def small_app() -> Flask:
    app = Flask(__name__)
    app.extensions[EXTENSION] = SimpleNamespace(catalogue=CATALOGUE)
    app.cli.add_command(tag)
    return app


def run(app: Flask, given: str | bytes, *options: str) -> Result:
    return app.test_cli_runner().invoke(args=["tag", *options], input=given)


def nothing_found(_text: str, audience: str | None, question: str | None) -> Tags:
    """Tells what it was given beside the text, where it can be seen."""
    return Tags(audience, question, None, {}, [], complaint=False, compliment=False, mentions=[])  # type: ignore[arg-type]


FINDS_NOTHING = Reader(nothing_found, CATALOGUE.metrics())


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))
