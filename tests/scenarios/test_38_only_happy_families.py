"""Scenario 38: a worker would rather have only happy families asked."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.invitations.holding import REASONS, CannotHold
from store.tables import Invitation
from tests.bot.cases.lists import a_row
from tests.scenarios.families import hold_back
from tests.scenarios.town import Town

JO = a_row(language="en", stages="review:2026-10-05")
AL = {**JO, "worker_name": "Al Reed", "worker_email": "al.reed@council.example", "unit": "Quay unit"}
PHONES = tuple(f"+44770090000{number}" for number in range(1, 5))


@pytest.fixture
def caseload(town: Town) -> Town:
    """Three cases of Jo's and one of Al's, all of which have had a review: none has been asked yet."""
    families = ((JO, "Ffion"), (JO, "Rhodri"), (JO, "Nerys"), (AL, "Tegan"))
    town.told(
        *(
            {**row, "name_to_use": name, "mobile": f"0{phone[3:]}", "case_reference": f"EH-{number}"}
            for number, ((row, name), phone) in enumerate(zip(families, PHONES, strict=True), 1)
        )
    )
    return town


def invitation_of(town: Town, name: str) -> int:
    found = select(Invitation.id).where(Invitation.person_id == town.person(name), Invitation.stage.is_not(None))
    return int(town.rows(found)[0][0])


def test_the_event_makes_the_invitation_and_no_worker_can_call_it_not_appropriate(caseload: Town):
    assert [line[2] for line in caseload.stands()] == ["offered"] * 4
    for reason in ("not_appropriate", "difficult", "", "too_busy"):
        with pytest.raises(CannotHold, match="Choose one of the reasons"):
            hold_back(caseload, invitation_of(caseload, "Ffion"), reason)
    assert set(REASONS) == {"unsafe", "bereaved", "no_channel", "declined"}
    caseload.live("2026-10-06 12:35")
    assert [len(caseload.texts(phone)) for phone in PHONES] == [2, 2, 2, 2]


def test_what_is_held_back_is_not_asked_and_shows_by_worker_unit_and_stage(caseload: Town):
    assert hold_back(caseload, invitation_of(caseload, "Ffion"), "declined")
    assert hold_back(caseload, invitation_of(caseload, "Rhodri"), "unsafe")
    caseload.live("2026-10-06 12:35")
    assert [len(caseload.texts(phone)) for phone in PHONES] == [0, 0, 2, 2]
    for by in ("worker", "unit"):
        groups = {group.label.split(",")[0]: group.standing for group in caseload.coverage(by).groups}
        mine, other = groups.values() if by == "unit" else (groups["Jo Bright"], groups["Al Reed"])
        assert dict(mine.held_back) == {"held_declined": 1, "held_unsafe": 1}
        assert (mine.by_status["asked"], dict(other.held_back), other.by_status["asked"]) == (1, {}, 1)
    assert {"held_declined", "held_unsafe"} == set(caseload.coverage("stage").total.standing.held_back)


def test_a_worker_who_holds_all_back_stands_there_with_nobody_heard(caseload: Town):
    for name in ("Ffion", "Rhodri", "Nerys"):
        assert hold_back(caseload, invitation_of(caseload, name), "declined")
    caseload.live("2026-10-06 12:35")
    caseload.says("GO", "9", "END", mobile=PHONES[3])
    by_worker = {group.label: (group.heard, group.stages) for group in caseload.coverage("worker").groups}
    assert by_worker == {"Al Reed": (1, 1), "Jo Bright": (0, 3)}
    said = {reference: people for (reference, _), people in caseload.gaps().items()}
    assert set(said) == {"EH-1", "EH-2", "EH-3"}
    assert all("held back" in why for people in said.values() for _, why in people)


def test_nobody_holds_back_another_workers_families(caseload: Town):
    with pytest.raises(CannotHold, match="Only the worker of a case"):
        hold_back(caseload, invitation_of(caseload, "Tegan"), "declined")


def test_who_was_asked_cannot_be_held_back_any_more(caseload: Town):
    caseload.live("2026-10-06 12:35")
    with pytest.raises(CannotHold, match="nothing to hold back"):
        hold_back(caseload, invitation_of(caseload, "Nerys"), "unsafe")
