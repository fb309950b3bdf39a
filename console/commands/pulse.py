"""`flask pulse`: what the staff pulse has come to."""

from __future__ import annotations

import click

from bot.calendar import local_day
from bot.pulse import results
from bot.pulse.asking import SURVEY
from bot.pulse.quarter import quarter_of
from bot.pulse.results import NotShown, Shown
from console.commands.plain import PlainGroup
from console.wiring import service
from store.migrate import migrate

pulse = PlainGroup("pulse", help="The staff pulse; docs/pulse.md says what staff can be told of it.")

TOO_FEW = "too few to be shown"


@pulse.command("show")
@click.argument("quarter", required=False)
def show(quarter: str | None) -> None:
    """Show what QUARTER, such as 2026-Q4, has come to, once it has ended. Nothing of fewer than 11 answers is shown.

    Without QUARTER it is the one that we are in.
    """
    migrate(service().database)
    here = service()
    now = here.clock.now()
    period = quarter or quarter_of(local_day(now)).period
    try:
        with here.database.reading() as session:
            found = results.of_period(session, here.catalogue, here.council, period, now)
    except NotShown as problem:
        raise click.ClickException(str(problem)) from None
    for group in found:
        _print(group)


def _print(group: Shown) -> None:
    questions = {question.id: question.ask for question in service().catalogue.get(SURVEY).questions}
    answered = group.answered if group.answered is not None else TOO_FEW
    print(f"{group.name}: {group.asked} asked, answered: {answered}")
    for question, average in group.averages.items():
        told = f"{average:.0f} of 100" if average is not None else TOO_FEW
        print(f"  {questions[question]}  {told}")
    for question, comments in group.comments.items():
        print(f"  {questions[question]}")
        for words in comments:
            print(f"    - {' '.join(words.split())}")
