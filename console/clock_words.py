"""How the clock is worded, for its page and its command alike."""

from __future__ import annotations

from flask import Flask

from bot.clockwork.standing import ClockStanding, JobStanding
from console.words import moment
from store.clock import Run


def last_run(run: Run | None) -> str:
    """How a job went last: `Tue 6 October 2026, 11:30: 3 done`."""
    if run is None:
        return "not yet"
    began = moment(run.began_at)
    if run.ended_at is None:
        return f"{began}: not ended yet"
    if run.failures:
        well = f"it last went well on {moment(run.succeeded_at)}" if run.succeeded_at else "it never went well yet"
        often = "failed" if run.failures == 1 else f"failed {run.failures} times in a row"
        return f"{began}: {often} ({run.fault}); {well}"
    return f"{began}: {run.done} done"


def trouble(line: JobStanding) -> str:
    """What is the matter with a job that failed or is late; empty where nothing is."""
    late = f"late, due on {moment(line.late_since)}" if line.late_since else ""
    failed = "failed" if line.has_failed else ""
    return " and ".join(filter(None, (failed, late)))


def who(standing: ClockStanding) -> str:
    """Who runs the jobs, in a sentence."""
    if standing.holder:
        return f"The clock is run by {standing.holder}."
    since = standing.nobody_since
    if since is None:
        return "Nobody runs the clock at this moment; whoever is free takes it within half a minute."
    began = f" since {moment(since)}" if since.year > 1970 else ""
    return f"Nobody has run the clock{began}: start 'flask serve', or 'flask serve --only clock'."


def register(app: Flask) -> None:
    """Give the templates these words."""
    app.add_template_filter(last_run, "last_run")
    app.add_template_filter(trouble, "job_trouble")
    app.add_template_filter(who, "clock_holder")
