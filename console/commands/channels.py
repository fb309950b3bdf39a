"""`flask channels`: whether messages will travel, and what a text costs, before the first family is asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from analysis.figures import counted
from bot.shown.measured import Cost, Measured, measured
from bot.shown.provider_replies import provider_replies
from console.commands.plain import PlainGroup, lines_of_input
from console.commands.surveys import money
from console.wiring import service

channels = PlainGroup("channels", help="How messages travel: whether they will, and what a text costs.")

_TO_SET_UP = {
    "telegram": "Telegram is not set up here: set TELEGRAM_BOT_TOKEN and TELEGRAM_BOT_NAME, with TRIAL=0: docs/telegram.md.",
}
"""What to do about a channel that there could be."""

_IN_WORDS = {"": "nothing", " ": "a blank", "\n": "a new line"}


@channels.command("check")
@click.argument("names", nargs=-1)
def check(names: tuple[str, ...]) -> None:
    """Look at the accounts and servers that messages travel by; exit 1 where something is wrong. Sends nothing.

    Each finding is a line: "good", "WRONG" with what to do instead, or "look", which only a person can see.
    """
    checks = service().checks
    known = {**dict.fromkeys(service().channels), **checks}
    if unknown := [name for name in names if name not in known]:
        raise click.BadParameter(_not_there(unknown[0], known), param_hint="NAMES")
    wrong = 0
    for name in names or known:
        findings = checks[name]() if name in checks else ()
        for found in findings:
            word = "WRONG" if found.is_wrong else "look" if found.instead else "good"
            print(f"{word:6}{name}: {found.what} {found.instead}".rstrip())
        if not findings:
            print(f"{'good':6}{name}: There is nothing to check.")
        wrong += sum(found.is_wrong for found in findings)
    print(f"{wrong} wrong." if wrong else "Nothing is wrong.")
    if wrong:
        raise SystemExit(1)


@channels.command("replies")
def replies() -> None:
    """Print the replies to set at the SMS provider for STOP, START and HELP: see docs/sms.md."""
    for reply in provider_replies(service().catalogue, service().council):
        print(f"{reply.word}, {reply.when}" if reply.when else reply.word)
        print(f"  {reply.text}")


@channels.command("measure")
def measure() -> None:
    """Tell what the text on standard input costs as SMS, and offer it in plain letters where that is possible."""
    text = "\n".join(lines_of_input())
    for line in _measured(measured(text, service().council.pence_per_part)):
        print(line)


def _not_there(name: str, known: Iterable[str]) -> str:
    return _TO_SET_UP.get(name) or f"There is no {name}; there are: {', '.join(known)}."


def _measured(found: Measured) -> Iterator[str]:
    yield _cost(found.cost)
    if found.left:
        yield f"It stays UCS-2 for: {', '.join(found.left)}."
    if found.plainer is None or found.plainer_cost is None:
        return
    yield f"In plain letters: {_cost(found.plainer_cost)}"
    for swap in found.swaps:
        becomes = _IN_WORDS.get(swap.replacement, swap.replacement)
        yield f"  {swap.character} becomes {becomes}, {_times(swap.times)}"
    yield found.plainer


def _cost(cost: Cost) -> str:
    return f"{cost.encoding}, {counted(cost.units, 'unit')}, {counted(cost.parts, 'part')}, {money(cost.pence)}"


def _times(times: int) -> str:
    return {1: "once", 2: "twice"}.get(times, f"{times} times")
