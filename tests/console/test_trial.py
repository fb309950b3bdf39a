"""What a newcomer is told who tries the service out."""

from __future__ import annotations

import pytest

from bot.service import Service
from console.accounts import Passwords
from console.trial import ADMINISTRATOR, DUTY, PASSWORD, greet
from store.council import staff

ADDRESS = "http://127.0.0.1:8000"


def told(service: Service, capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    greet(service, ADDRESS, ("web", "worker", "clock"))
    return capsys.readouterr().out


def test_it_says_how_to_sign_in_as_everyone_there_is(service: Service, capsys: pytest.CaptureFixture[str]):
    with service.database.writing() as session:
        for email, name, role in (DUTY, ADMINISTRATOR):
            staff.add(session, email, name, role)
            account = staff.by_email(session, email)
            assert account is not None
            staff.keep_hash(session, account.id, Passwords().hash(PASSWORD))
    lines = told(service, capsys).splitlines()
    assert f"  Sign in   {DUTY[0]}   the duty desk, who sees alerts and the rota" in lines
    assert f"            {ADMINISTRATOR[0]}   the administrator, who sees campaigns and the clock" in lines
    assert f"  Password  {PASSWORD}   (for all of them)" in lines


def test_it_says_that_hours_and_cover_are_not_kept(service: Service, capsys: pytest.CaptureFixture[str]):
    assert not service.council.keeps_windows
    assert "sending hours and cover are not kept while trying out" in told(service, capsys)


def test_without_accounts_it_says_what_to_do(service: Service, capsys: pytest.CaptureFixture[str]):
    assert "nobody can yet: flask staff add --help" in told(service, capsys)
