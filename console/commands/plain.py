"""Commands that end in a sentence: what goes wrong outside the program is told in plain words, without a traceback.

A fault of our own still shows its traceback: whoever mends it needs it. The words of a database's error are left out, for
they may hold what stands in a row.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from typing import Any, Literal

import click
from flask.cli import AppGroup

from store.migrate import BrokenDatabase, NewerDatabase
from store.session import DatabaseFault


class PlainCommand(click.Command):
    """A command that tells faults of the database and of files in a sentence, with exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's signature
        """Run it."""
        try:
            return super().invoke(ctx)
        except (NewerDatabase, BrokenDatabase) as problem:
            told = str(problem)
        except DatabaseFault as fault:
            told = (
                f"The database failed ({type(fault).__name__}). Look whether DATABASE_URL is right, "
                "whether it answers, whether its disk is full, and whether 'flask migrate' has been run."
            )
        except BrokenPipeError:
            raise  # whoever read our output has gone: click ends quietly
        except OSError as fault:
            told = f"{fault.filename or 'A file'}: {fault.strerror or type(fault).__name__}."
        raise click.ClickException(told)


class PlainGroup(AppGroup):
    """A group of such commands, each with the app at hand."""

    command_class = PlainCommand


_BREAKS_ESCAPED = {ord(breaking): f"\\u{ord(breaking):04x}" for breaking in "\x85\u2028\u2029"}
"""Breaks that JSON leaves as they are, and that would make two lines of one object."""


def as_json(value: Mapping[str, object]) -> str:
    """An object on one line, in letters that can be read where they can be written at all."""
    readable = json.dumps(value, ensure_ascii=False).translate(_BREAKS_ESCAPED)
    return json.dumps(value) if any("\ud800" <= letter <= "\udfff" for letter in readable) else readable


def lines_of_input(
    errors: Literal["strict", "replace"] = "strict",
    *,
    with_ends: bool = False,
    with_mark: bool = False,
    may_be_old: bool = False,
) -> Iterator[str]:
    """The lines of standard input. Only a line feed ends one: a phone may send other breaks.

    Args:
        errors: "replace" puts the replacement character where bytes are not UTF-8.
        with_ends: leaves the end of each line on it.
        with_mark: leaves a byte order mark before the first line.
        may_be_old: reads a line that is not UTF-8 as Windows-1252, and says so once on standard error.

    Raises:
        click.ClickException: a line is not UTF-8, nor what it may be instead.
    """
    is_told, first = False, "utf-8" if with_mark else "utf-8-sig"
    for number, line in enumerate(sys.stdin.buffer, start=1):
        try:
            text = line.decode(first if number == 1 else "utf-8", errors)
        except UnicodeDecodeError:
            text = _as_windows_wrote(line) if may_be_old else ""
            if not text:
                told = f"line {number}: not text in UTF-8; save it as UTF-8 and try again"
                raise click.ClickException(told) from None
            if not is_told:
                click.echo(f"line {number}: not UTF-8; this line and others like it are read as Windows-1252", err=True)
                is_told = True
        yield text if with_ends else text.removesuffix("\n").removesuffix("\r")


def _as_windows_wrote(line: bytes) -> str:
    """A line in Windows-1252; empty where it is none, or where zero bytes show that it is UTF-16."""
    try:
        return "" if b"\0" in line else line.decode("cp1252")
    except UnicodeDecodeError:
        return ""
