"""Two services that text each other stop by themselves, and neither floods the other."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import SetClock
from bot.conversation.limits import IN_DANGER_A_DAY, MOST_A_DAY
from bot.inbox import REPLIES_A_DAY_OUTSIDE
from store.session import Database
from tests.bot.talks.playing import begin, settle
from tests.builders import MUM, House, make_house

Machine = Callable[[str, int], str]

ANSWERS: dict[str, Machine] = {
    "echoes": lambda text, _: text,
    "is away": lambda _, __: "Thank you for your message. I am driving and will reply later.",
    "cannot take texts": lambda _, __: "This number does not accept text messages.",
    "counts": lambda _, number: f"Message {number} received. Reply 1 for sales, 2 for support.",
    "asks for help": lambda _, __: "HELP",
    "starts": lambda _, number: "START" if number % 2 else "go",
    "goes back": lambda _, number: "BACK" if number % 2 else "1",
    "is in danger": lambda _, number: f"he hit me {number}",
    "reads a long text out": lambda text, number: f"{number} {text} " * 3,
    "is a wrong number": lambda _, __: "wrong number",
    "is a stranger": lambda _, __: "who is this",
}


def converse(house: House, machine: Machine, address: str = MUM, most: int = 400) -> int:
    """Let the machine answer all that we say, a second later each time; return how many texts it wrote."""
    answered = 0
    for number in range(most):
        said = house.said(address)
        if len(said) == answered:
            if settle(house):
                continue
            return number
        house.clock.move(timedelta(seconds=1))
        heard, answered = said[answered], answered + 1
        house.text(machine(heard, number), address)
    pytest.fail(f"after {most} texts they still talk: {house.said(address)[-3:]}")


@pytest.mark.parametrize("name", ANSWERS)
def test_a_machine_that_answers_every_text_is_left_alone_in_the_end(house: House, name: str):
    begin(house)
    converse(house, ANSWERS[name])
    most = MOST_A_DAY + IN_DANGER_A_DAY + REPLIES_A_DAY_OUTSIDE + IN_DANGER_A_DAY
    assert len(house.said()) <= most
    before = len(house.said())
    for _ in range(30):
        house.clock.move(timedelta(minutes=1))
        house.text(ANSWERS[name]("", 1))
    assert len(house.said()) <= most
    assert len(house.said()) <= before + REPLIES_A_DAY_OUTSIDE + IN_DANGER_A_DAY


@pytest.mark.parametrize("name", ANSWERS)
def test_a_machine_that_we_know_nothing_of_is_left_alone_as_well(house: House, name: str):
    stranger = "+447700900777"
    house.text("Your parcel is on its way", stranger)
    converse(house, ANSWERS[name], stranger)
    assert len(house.said(stranger)) <= REPLIES_A_DAY_OUTSIDE + IN_DANGER_A_DAY


@pytest.mark.parametrize("both_ask", [True, False])
def test_two_councils_whose_services_text_each_other_stop(
    empty_sqlite: Path, tmp_path: Path, clock: SetClock, both_ask: bool
):
    here, there = (make_house(new_database(empty_sqlite, tmp_path / name), clock) for name in ("here", "there"))
    begin(here)
    if both_ask:
        begin(there)
    told = {id(here): 0, id(there): 0}
    for _ in range(600):
        clock.move(timedelta(seconds=1))
        passed = [pass_on(here, there, told), pass_on(there, here, told)]
        if not any(passed) and not settle(here) + settle(there):
            break
    else:
        pytest.fail("they still talk")
    for each in (here, there):
        assert len(each.said()) <= MOST_A_DAY + REPLIES_A_DAY_OUTSIDE
        each.database.close()


def new_database(empty: Path, path: Path) -> Database:
    shutil.copyfile(empty, path)
    return Database(f"sqlite:///{path}")


def pass_on(sender: House, receiver: House, told: dict[int, int]) -> bool:
    """Bring what one has said since to the other; whether there was anything."""
    new = sender.said()[told[id(sender)] :]
    told[id(sender)] += len(new)
    for text in new:
        receiver.text(text)
    return bool(new)
