"""A county for a year: three districts, 400 cases that are open in it, 150 staff. The same seed always gives the same county.

All of it is drawn before the year is played, so that what must come out can be worked out from it alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from bot.cases import invented

BEGINS, ENDS = date(2026, 1, 1), date(2026, 12, 31)
DISTRICTS = invented.DISTRICTS
UNITS_A_DISTRICT, TEAM = 5, 9
CASES = 400
NUMBERS = [f"07700 900{number:03}" for number in range(999)]
"""But for the duty desk's own."""
STAGES = ("assessment", "review", "closure")


@dataclass(frozen=True)
class Colleague:
    """Someone who works in a unit."""

    email: str
    name: str
    unit: int


@dataclass
class Member:
    """Someone who takes part in a case. `answers`: how they take to being asked."""

    name: str
    role: str
    mobile: str
    birth_date: date | None
    safe_contact: str
    answers: str
    may_alone: bool = False
    barred_on: date | None = None


@dataclass
class PlannedCase:
    """A case with all that will happen in it, oldest first, and whose it is from which day on."""

    reference: str
    unit: int
    level: str
    workers: list[tuple[date, Colleague]]
    events: list[tuple[date, str]]
    members: list[Member] = field(default_factory=list)

    def worker_on(self, day: date) -> Colleague:
        """Whose case it is on a day."""
        return [worker for since, worker in self.workers if since <= day][-1]

    def known_by(self, day: date) -> list[tuple[date, str]]:
        """What has happened by a day."""
        return [event for event in self.events if event[0] <= day]

    def changes_on(self, day: date) -> bool:
        """Whether the council's list says something new of it that day."""
        return any(when == day for when, _ in self.events) or any(since == day for since, _ in self.workers)


@dataclass(frozen=True)
class County:
    """Everybody in it, and all that will happen to them."""

    managers: list[Colleague]
    workers: list[Colleague]
    cases: list[PlannedCase]

    def district_of(self, unit: int) -> str:
        """The district that a unit lies in."""
        return DISTRICTS[unit // UNITS_A_DISTRICT]

    def stages(self, until: date) -> Iterator[tuple[PlannedCase, date, str]]:
        """Every stage that is asked about, of every case, reached by a day."""
        for case in self.cases:
            yield from ((case, day, what) for day, what in case.events if what in STAGES and day <= until)


def draw(seed: int = 11) -> County:
    """Invent the county."""
    chance = Random(seed)
    managers, workers = _staff(chance)
    numbers = iter(chance.sample(NUMBERS, len(NUMBERS)))
    cases: list[PlannedCase] = []
    for number in range(CASES):
        begins = BEGINS + timedelta(days=chance.randrange(-60, 120))
        case = _case(chance, f"EH-{number + 1:04}", begins, chance.choice(workers), workers)
        case.members = _household(chance, numbers, case)
        cases.append(case)
    return County(managers, workers, cases)


def _staff(chance: Random) -> tuple[list[Colleague], list[Colleague]]:
    managers, workers = [], []
    for unit in range(len(DISTRICTS) * UNITS_A_DISTRICT):
        team = [
            Colleague(f"staff.{unit}.{place}@{invented.MAIL_DOMAIN}", _staff_name(chance), unit)
            for place in range(TEAM + 1)
        ]
        managers.append(team[0])
        workers += team[1:]
    return managers, workers


def _staff_name(chance: Random) -> str:
    return f"{chance.choice(invented.STAFF_FIRST_NAMES)} {chance.choice(invented.STAFF_LAST_NAMES)}"


def _case(chance: Random, reference: str, begins: date, worker: Colleague, workers: list[Colleague]) -> PlannedCase:
    events, day = [(begins, "assessment")], begins
    for _ in range(chance.randrange(1, 6)):
        day += timedelta(days=chance.randrange(56, 98))
        events.append((day, "review"))
    events.append(
        (
            day + timedelta(days=chance.randrange(20, 40)),
            chance.choices(("closure", "stepped_up", "moved_away"), (90, 6, 4))[0],
        )
    )
    if events[-1][1] == "closure" and chance.random() < 0.05:
        back = events[-1][0] + timedelta(days=chance.randrange(30, 60))
        events += [(back, "reopened"), (back + timedelta(days=45), "review")]
    whose = [(begins, worker)]
    if chance.random() < 0.1:
        team = [other for other in workers if other.unit == worker.unit and other != worker]
        whose.append((begins + timedelta(days=chance.randrange(30, 90)), chance.choice(team)))
    level = chance.choices(list(invented.LEVELS), list(invented.LEVELS.values()))[0]
    return PlannedCase(reference, worker.unit, level, whose, [event for event in events if event[0] <= ENDS])


def _household(chance: Random, numbers: Iterator[str], case: PlannedCase) -> list[Member]:
    roles = chance.choices(list(invented.HOUSEHOLDS), list(invented.HOUSEHOLDS.values()))[0]
    members: list[Member] = []
    for role in roles:
        young = role == "young_person"
        names = invented.YOUNG_NAMES if young else invented.CARER_NAMES
        name = chance.choice([name for name in names if name not in {other.name for other in members}])
        age = chance.choices(list(invented.AGES), list(invented.AGES.values()))[0]
        born = case.events[0][0] - timedelta(days=age * 365 + chance.randrange(365)) if young else None
        shared = next((other.mobile for other in members if other.mobile), "")
        mobile = shared if shared and chance.random() < 0.1 else next(numbers, "") if chance.random() < 0.9 else ""
        safe = chance.choices(("text", "discreet", "none"), (93, 4, 3))[0] if mobile else "none"
        answers = chance.choices(("never", "all", "stop"), (86, 10, 4))[0]
        alone = young and chance.random() < 0.7
        barred = chance.random() < 0.02
        day = case.events[0][0] + timedelta(days=chance.randrange(5, 120)) if barred else None
        members.append(Member(name, role, mobile, born, safe, answers, alone, day))
    return members
