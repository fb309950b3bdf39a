"""`flask parse` and `flask talk`: what the service makes of replies, without a phone or a database."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click
from flask.cli import with_appcontext

from analysis.complaints import is_complaint
from analysis.language import is_foreign
from analysis.urgency import find_concerns, most_serious
from bot.conversation.state import State
from bot.conversation.transcript import PERSON, Setting, play
from console.commands.plain import PlainCommand, as_json, lines_of_input
from console.wiring import service
from surveys.questions import Question
from surveys.replies import Answer, Unclear, parse_reply
from surveys.survey import Survey

TRIAL_NAMES = {"worker": "Sam", "initial": "A"}


@click.command("parse", cls=PlainCommand, short_help="What replies are taken to mean, one a line.")
@click.argument("survey")
@click.argument("question")
@with_appcontext
def parse(survey: str, question: str) -> None:
    """Read replies, one a line, and write what each was taken to mean, one JSON object a line.

    An empty line is a blank reply. Bytes that are not UTF-8 become the replacement character.
    """
    asked = _question(_survey(survey), question)
    for text in lines_of_input(errors="replace"):
        print(as_json({"text": text, **_meaning(parse_reply(asked, text))}))


def _question(survey: Survey, question_id: str) -> Question:
    try:
        return survey.question(question_id)
    except KeyError as error:
        there_are = ", ".join(question.id for question in survey.questions) or "none"
        raise click.BadParameter(f"{error.args[0]} There are: {there_are}.", param_hint="QUESTION") from None


def _meaning(found: Answer | Unclear) -> dict[str, object]:
    if isinstance(found, Unclear):
        return {"value": None, "comment": None, "flags": [], "unclear": found.reason}
    return {"value": found.value, "comment": found.comment, "flags": list(found.flags), "unclear": None}


@click.command("talk", cls=PlainCommand)
@click.argument("survey")
@click.option(
    "--script", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Replies, one a line; prints all."
)
@with_appcontext
def talk(survey: str, script: Path | None) -> None:
    """Hold a survey's conversation in the terminal."""
    is_live = script is None and sys.stdin.isatty()
    lines = _script(script) if script else _typed() if is_live else lines_of_input()
    council, asked = service().council, _survey(survey)
    names = {**TRIAL_NAMES, "brand": council.brand, "url": council.privacy_url}
    setting = Setting(
        names,
        severity_of=lambda text: most_serious(find_concerns(text)),
        is_foreign=is_foreign,
        is_complaint=is_complaint,
        again_on="Thursday",
    )
    for line in play(State.new(asked, names), asked, lines, setting, service().clock.now()):
        if not (is_live and line.startswith(PERSON)):  # who types sees it already
            print(line, flush=True)


def _script(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise click.BadParameter("not text in UTF-8; save it as UTF-8 and try again", param_hint="--script") from None


def _typed() -> Iterator[str]:
    while True:
        try:
            yield input("You:     ")
        except EOFError:
            return


def _survey(survey_id: str) -> Survey:
    try:
        return service().catalogue.get(survey_id)
    except KeyError as error:
        raise click.BadParameter(str(error.args[0]), param_hint="SURVEY") from None
