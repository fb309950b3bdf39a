"""`flask surveys`: what there is, whether it is fit to send, and how it looks to whoever gets it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import click

from analysis.figures import counted
from bot import lines
from bot.respondents import stage_label, who_label
from bot.shown import preview
from console.commands.plain import PlainGroup
from console.wiring import service
from surveys.checking import files
from surveys.languages import ENGLISH
from surveys.survey import Survey

surveys = PlainGroup("surveys", help="The survey definitions.")

WIDTH = 96
_NAMES = {"worker": "Sam", "initial": "A", "day": "Tuesday"}
_CHANNELS = {"telegram": "Telegram", "web": "Web"}


@surveys.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
def check(paths: tuple[Path, ...]) -> None:
    """Check definition files, or all that the service ships; exit 1 with every problem on a line of its own."""
    council = service().council
    problems = [*lines.unfit(council.lines, council.country), *files.check(paths or (files.DEFINITIONS,))]
    for problem in problems:
        print(problem)
    if problems:
        raise SystemExit(1)
    print("Every definition is sound.")


@surveys.command("list")
def list_all() -> None:
    """List the surveys there are."""
    for survey in service().catalogue.latest():
        who = who_label(survey.audience, survey.age_band) or ""
        stage = stage_label(survey.stage).lower() if survey.stage else "no stage"
        languages = f"; also {', '.join(sorted(survey.wordings))}" if survey.wordings else ""
        about = f"{who}, {stage}; {counted(survey.total, 'question')} by {', '.join(survey.channels)}{languages}"
        print(f"{survey.id:22}v{survey.version}  {about}")


@surveys.command("show")
@click.argument("survey")
@click.option("--language", default=ENGLISH, help="A language's code, such as cy; English where left out.")
@click.option("--easy", is_flag=True, help="In the easy-read wording, where there is one.")
@click.option("--version", type=int, help="An older version; the latest where left out.")
def show(survey: str, language: str, easy: bool, version: int | None) -> None:  # noqa: FBT001 - click passes it
    """Show a survey as people see it on each of its channels, with what its conversation costs by text."""
    catalogue = service().catalogue
    try:
        found = catalogue.get(survey, version)
    except KeyError as error:
        raise click.BadParameter(str(error), param_hint="SURVEY") from None
    if language not in {ENGLISH, *catalogue.languages}:
        known = ", ".join((ENGLISH, *catalogue.languages))
        raise click.BadParameter(f"There is no language {language}; there are: {known}.", param_hint="--language")
    for line in _shown(found, language, easy=easy):
        print(line.rstrip())


def _shown(survey: Survey, language: str, *, easy: bool) -> Iterator[str]:
    council = service().council
    names = {**_NAMES, "brand": council.brand, "url": council.privacy_url}
    yield from _head(survey, language)
    if "sms" in survey.channels:
        conversation = preview.by_text(survey.spoken(language, "sms"), names, easy_read=easy)
        yield from _by_text(conversation)
        yield from _cost(conversation, council.pence_per_part)
    else:
        yield from _title("SMS")
        yield "It is not sent by text, so it costs none."
    screens: dict[preview.Screen, list[str]] = {}
    for channel in survey.channels:
        if channel != "sms":
            screen = preview.on_screen(survey.spoken(language, channel), names, easy_read=easy)
            screens.setdefault(screen, []).append(_CHANNELS[channel])
    for screen, channels in screens.items():
        yield from _title(" and ".join(channels))
        yield from _on_screen(screen)


def _head(survey: Survey, language: str) -> Iterator[str]:
    yield f"{survey.id}, version {survey.version}"
    yield survey.title
    days = {0: "on the day of", 1: "1 day after"}.get(survey.delay_days, f"{survey.delay_days} days after")
    when = f"every {survey.every_months} months" if survey.every_months else f"{days}: {survey.trigger}"
    parts = [counted(survey.total, "question"), when.replace("every 1 months", "every month").replace("_", " ")]
    if survey.in_person:
        parts.append("with the worker or on a grown-up's phone, never sent to the child")
    if survey.anonymous:
        parts.append("anonymous")
    if survey.min_group_size:
        parts.append(f"figures only for {survey.min_group_size} answers and more")
    yield from textwrap.wrap("; ".join(parts) + ".", WIDTH)
    if language != ENGLISH:
        spoken = survey.languages[language]
        missing = "" if language in survey.wordings else " Its questions have no wording in it yet, and stay English."
        yield f"In {spoken.name} ({spoken.own_name}), {spoken.status}.{missing}"


def _title(words: str) -> Iterator[str]:
    yield ""
    yield f"── {words} " + "─" * (WIDTH - len(words) - 4)


def _by_text(conversation: preview.Conversation) -> Iterator[str]:
    yield from _title("SMS")
    yield f"{'':10}{'':{WIDTH - 16}} parts"
    yield from _bubble(conversation.opening)
    for text in conversation.questions:
        yield from _bubble(text)
    yield from _bubble(conversation.closing)
    if conversation.first_contact:
        yield ""
        yield "The first time somebody hears from us, in place of the opening:"
        for text in conversation.first_contact:
            yield from _bubble(text)


def _bubble(text: preview.Text) -> Iterator[str]:
    wrapped = textwrap.wrap(text.words, WIDTH - 18) or [""]
    yield f"{text.name:10}{wrapped[0]:{WIDTH - 16}} {text.parts:5}"
    for line in wrapped[1:]:
        yield f"{'':10}{line}"
    if text.when:
        yield f"{'':10}({text.when})"


def _cost(conversation: preview.Conversation, pence: Decimal) -> Iterator[str]:
    yield ""
    yield f"A whole conversation, at {money(pence)} a part, all texts of ours counted:"
    for name, parts in (("shortest", conversation.shortest), ("longest", conversation.longest)):
        yield f"{name:10}{counted(parts, 'part')}, {money(parts * pence)}"
    yield f"A reminder adds {conversation.reminder}; asking once more what was meant adds up to {conversation.again}."


def money(pence: Decimal) -> str:
    """Pence as people write an amount: 4p, £1.20."""
    return f"{pence.normalize():f}p" if pence < 100 else f"£{pence / 100:.2f}"


def _on_screen(screen: preview.Screen) -> Iterator[str]:
    yield from textwrap.wrap(screen.opening, WIDTH)
    for asked, when in screen.questions:
        yield ""
        yield from textwrap.wrap(f"{asked.place}  {asked.words}", WIDTH, subsequent_indent="     ")
        if when:
            yield f"     ({when})"
        for number, label in asked.options:
            yield f"     ({number}) {label}"
        if asked.faces:
            yield "     shown as faces, with the words beside them"
        if not asked.options:
            yield "     [ type here ]"
    yield ""
    yield from textwrap.wrap(screen.closing, WIDTH)
