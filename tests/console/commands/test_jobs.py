"""`flask jobs`: what the clock does, how it went, and doing one of its jobs now."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from bot.clock import SetClock
from bot.clockwork import runs
from bot.clockwork.times import daily
from bot.jobs import JOBS
from bot.service import Service
from store import clock as rows
from store.clock import Run
from tests.bot.clockwork.playing import Diary


def say(app: Flask, *arguments: str) -> str:
    result = app.test_cli_runner().invoke(args=["jobs", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def known(service: Service) -> dict[str, Run]:
    with service.database.reading() as session:
        return rows.runs(session)


def test_every_job_is_listed_with_its_last_run_its_next_and_its_key(app: Flask):
    say(app, "run", "lapses")
    for told in (say(app), say(app, "list")):
        lines = told.splitlines()
        assert lines[0] == (
            "Nobody has run the clock: start 'flask serve', or 'flask serve --only clock'. All times are London time."
        )
        assert [line.split()[0] for line in lines[3:]] == [job.name for job in JOBS]
        (lapses,) = (line for line in lines if line.startswith("lapses"))
        assert "every hour from 00:10 to 23:10, not at 01:10" in lapses
        assert "Tue 6 October 2026, 11:30: 0 done" in lapses
        assert "Tue 6 October 2026, 12:10" in lapses
        assert lapses.endswith("the conversation's state")
        (digests,) = (line for line in lines if line.startswith("digests"))
        assert "  not yet  " in digests


def test_a_job_that_failed_or_is_late_is_told(app: Flask, service: Service, clock: SetClock):
    now, before = clock.now(), clock.now() - timedelta(days=1)
    with service.database.writing() as session:
        rows.take(session, "process 7 on a machine", now=now, until=now + timedelta(seconds=20))
        rows.keep(session, Run("digests", now, now, before, 3, 2, "OperationalError"))
    told = say(app)
    assert told.startswith("The clock is run by process 7 on a machine. ")
    assert (
        "Tue 6 October 2026, 11:30: failed 2 times in a row (OperationalError); "
        "it last went well on Mon 5 October 2026, 11:30 [failed and late, due on Tue 6 October 2026, 09:00]"
    ) in told


def test_what_is_run_by_hand_is_written_down_but_not_what_is_run_as_if_it_were_another_time(
    app: Flask, service: Service, clock: SetClock
):
    assert say(app, "run", "receipts", "--at", "2026-11-02T09:00") == "receipts: 0 done\n"
    assert known(service) == {}
    assert say(app, "run", "receipts") == "receipts: 0 done\n"
    at = clock.now()
    assert known(service) == {"receipts": Run("receipts", at, at, at, 0, 0, None)}


def test_a_run_by_hand_that_fails_is_written_down_as_failed(service: Service, clock: SetClock):
    diary = Diary()
    job = diary.job("nightly", daily("03:20"))
    diary.faults["nightly"] = [ValueError("zebra"), ValueError("zebra")]
    for failures in (1, 2):
        with pytest.raises(ValueError, match="zebra"):
            runs.run_by_hand(job, service, clock)
        assert known(service)["nightly"] == Run("nightly", clock.now(), clock.now(), None, None, failures, "ValueError")
    runs.run_by_hand(job, service, clock)
    assert known(service)["nightly"].failures == 0
