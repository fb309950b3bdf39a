"""`flask mail`: what comes back from mail servers."""

from __future__ import annotations

import sys

import click

from bot.sending.bounces import NoReport
from console.commands.plain import PlainGroup
from console.wiring import bounces

LARGEST = 10 * 1024 * 1024
"""Bytes of a report; it may bring our whole mail back, and no more."""

mail = PlainGroup("mail", short_help="Mails that came back.", help="Mails that came back.")


@mail.command("bounces")
def take_bounce() -> None:
    """Read one report of a mail that came back from standard input, and write down what became of that mail.

    For a mail server's pipe or a program that fetches a mailbox: see docs/mail.md. Automatic replies and reports of mails
    that are still under way change nothing. What is no report at all ends with exit code 1: a person should read it.
    """
    raw = sys.stdin.buffer.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise click.ClickException("It is too large for a report about a mail of ours.")
    try:
        print(bounces().take(raw))
    except NoReport as problem:
        raise click.ClickException(str(problem)) from None
