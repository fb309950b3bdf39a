"""`flask campaigns`: a survey sent to a list, from its preview to its end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click

from analysis.figures import counted, reason_label
from bot.campaigns import one_off, preview, progress, running
from bot.campaigns.lists import UnreadableList
from bot.campaigns.one_off import CannotMake, Wanted
from bot.campaigns.preview import Preview
from bot.campaigns.running import CannotDo
from console.commands.plain import PlainGroup
from console.wiring import service
from console.words import CHANNELS, day
from store.migrate import migrate
from store.session import Session

campaigns = PlainGroup(
    "campaigns",
    short_help="A survey sent to a list.",
    help="A survey sent to a list, from its preview to its end; docs/campaigns.md describes the list.",
)

A_DAY = click.DateTime(["%Y-%m-%d"])
_number = click.argument("number", type=int)


@campaigns.command("new")
@click.argument("name")
@click.option("--survey", required=True, help="The survey, as 'flask surveys list' names it.")
@click.option("--list", "file", type=click.Path(dir_okay=False, path_type=Path), help="A CSV file of whom to ask.")
@click.option("--selection", default="", help='Whom to ask in words: "partners in Marlbury".')
@click.option("--from", "opens", type=A_DAY, required=True, help="The first day, such as 2026-11-03.")
@click.option("--to", "closes", type=A_DAY, required=True, help="The last day.")
@click.option("--reminders", type=click.IntRange(0, one_off.MOST_REMINDERS), default=1, show_default=True)
def new(
    name: str, survey: str, file: Path | None, selection: str, opens: datetime, closes: datetime, reminders: int
) -> None:
    """Make the campaign NAME as a draft, and show its preview. Nothing is sent."""
    data = file.read_bytes() if file else None
    wanted = Wanted(name, survey, opens.date(), closes.date(), reminders, selection, data)
    here = service()
    with _writing() as session:
        number = one_off.make(session, wanted, catalogue=here.catalogue, staff_id=None, now=here.clock.now())
    _show(number)


@campaigns.command("preview")
@_number
def show_preview(number: int) -> None:
    """Show what campaign NUMBER would do if it began now. Nothing is sent."""
    migrate(service().database)
    _show(number)


@campaigns.command("start")
@_number
@click.option("--confirm", type=int, required=True, help="How many people it asks, as the preview says.")
def start(number: int, confirm: int) -> None:
    """Let campaign NUMBER begin. What the preview said must still hold."""
    here = service()
    with _writing() as session:
        asked = running.start(
            session,
            number,
            confirm,
            staff_id=None,
            catalogue=here.catalogue,
            council=here.council,
            now=here.clock.now(),
        )
    print(f"Campaign {number} runs: {counted(asked, 'person', 'people')} will be asked, in their hours.")


def _add(name: str, explained: str, act: Callable[..., object], told: str) -> None:
    """Add a command that moves a campaign on."""

    @campaigns.command(name, help=explained)
    @_number
    def move(number: int) -> None:
        with _writing() as session:
            act(session, number, staff_id=None, now=service().clock.now())
        print(f"Campaign {number} {told}.")


_add("pause", "Send nothing more of campaign NUMBER until it goes on.", running.pause, "is paused")
_add("resume", "Go on with campaign NUMBER.", running.resume, "runs again")
_add("end", "End campaign NUMBER for good.", running.end, "has ended")


@campaigns.command("list")
def list_all() -> None:
    """List every campaign, the latest first."""
    migrate(service().database)
    with service().database.reading() as session:
        found = progress.everyone(session)
    for each in found:
        about = each.campaign
        answered = "" if each.answered is None else f"{each.answered:5} answered"
        print(
            f"{about.id:5} {progress.STATUSES[about.status]:10} {about.opens_on} to {about.closes_on}  "
            f"{each.asked:5} asked {answered:14}  {about.name}"
        )
    if not found:
        print("There are none yet: use 'flask campaigns new'.")


@campaigns.command("progress")
@_number
def show_progress(number: int) -> None:
    """Show how far campaign NUMBER has come."""
    migrate(service().database)
    with service().database.reading() as session:
        found = progress.of(session, number)
    if found is None:
        raise click.ClickException(f"There is no campaign {number}: see 'flask campaigns list'.")
    of_all = counted(found.people, "person", "people")
    print(f"{found.campaign.name}: {progress.STATUSES[found.campaign.status].lower()}, {of_all}")
    if found.answered is None:
        print("Who has answered nobody can see: once it has ended, see 'flask pulse show'.")
        return
    for step, people in found.steps.items():
        print(f"  {people:5} {progress.STEPS[step]}")
    for reason, people in sorted(found.not_asked.items()):
        print(f"        {people:5} {reason}")


def _show(number: int) -> None:
    here = service()
    with here.database.reading() as session:
        found = progress.of(session, number)
        if found is None:
            raise click.ClickException(f"There is no campaign {number}: see 'flask campaigns list'.")
        if found.answered is None:
            raise click.ClickException(
                f"Campaign {number} is a staff pulse, which begins by itself: see 'flask campaigns progress {number}'."
            )
        seen = preview.preview(
            session, found.campaign, catalogue=here.catalogue, council=here.council, now=here.clock.now()
        )
    about = found.campaign
    print(f"Campaign {number}: {about.name}\n{about.survey_id}, {day(about.opens_on)} to {day(about.closes_on)}")
    for line in _lines(seen):
        print(line)
    if about.status == "draft":
        print(f"To begin: flask campaigns start {number} --confirm {seen.to_ask}")


def _lines(seen: Preview) -> Iterator[str]:
    yield f"On the list   {seen.people}"
    yield f"  will be asked  {seen.to_ask}"
    for channel, people in sorted(seen.channels.items()):
        yield f"    {people}: {CHANNELS.get(channel, channel).lower()}"
    yield f"  left out       {sum(seen.left_out.values())}"
    for reason, people in sorted(seen.left_out.items()):
        yield f"    {people}: {reason_label(reason)}"
    more = ". Each answer brings one more text." if seen.parts else ""
    yield f"First texts: {counted(seen.parts, 'part')}, £{seen.pence / 100:.2f}{more}"


@contextmanager
def _writing() -> Iterator[Session]:
    """A transaction on a database that is up to date; what cannot be done is told in its sentence."""
    migrate(service().database)
    try:
        with service().database.writing() as session:
            yield session
    except CannotMake as problem:
        told = "\n".join([str(problem), *map(str, problem.refused)])
    except (CannotDo, UnreadableList) as problem:
        told = str(problem)
    else:
        return
    raise click.ClickException(told)
