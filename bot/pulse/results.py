"""What a pulse has come to: nothing of fewer answers than may be shown, and nothing that follows by taking figures apart.

A figure of everybody less the figures of the teams that are shown is a figure of the others: it is left out where those are
too few. Nothing is shown while a pulse runs: of two looks, the second less the first is one colleague's answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.council import Council
from bot.pulse import missing
from bot.pulse.asking import SURVEY
from store.session import Session
from store.shown import groups as rows
from store.shown.groups import Group, Said, Score
from surveys.catalogue import Catalogue

ACROSS = "Across teams too small to be asked alone"
EVERYBODY = "Everybody"


class NotShown(ValueError):
    """There are no results to show; the sentence says why and what to do instead."""


@dataclass(frozen=True)
class Shown:
    """The results of one group, or of everybody.

    Attributes:
        answered: None where that is fewer than may be told.
        averages: by question, 0 to 100; None where fewer have answered it than may be told.
        comments: by question.
    """

    name: str
    asked: int
    answered: int | None
    averages: Mapping[str, float | None] = field(default_factory=dict)
    comments: Mapping[str, Sequence[str]] = field(default_factory=dict)


def of_period(session: Session, catalogue: Catalogue, council: Council, period: str, now: datetime) -> list[Shown]:
    """The results of a period's pulse, group by group, with everybody last.

    Raises:
        NotShown: there was none, or it is still running.
    """
    found = rows.of_campaign(session, "pulse", period)
    if not found:
        raise NotShown(missing.why(session, period, catalogue, council, now))
    if not all(group.is_over for group in found):
        raise NotShown(
            "It is still running. Results are shown once it has ended, so that no two looks can be compared."
        )
    survey = catalogue.get(SURVEY)
    ids = [group.open_survey_id for group in found]
    questions = [question.id for question in survey.questions]
    return shown(found, rows.scores(session, ids), rows.said(session, ids), questions, survey.min_group_size or 2)


def shown(
    groups: Sequence[Group], scores: Sequence[Score], said: Sequence[Said], questions: Sequence[str], least: int
) -> list[Shown]:
    """What may be shown of some groups, none of which has a member in common with another. Pure."""
    by_group: dict[int, dict[str, Score]] = defaultdict(dict)
    for score in scores:
        by_group[score.open_survey_id][score.question] = score
    asked = [question for question in questions if any(question in given for given in by_group.values())]
    lines = []
    for group in groups:
        given = by_group[group.open_survey_id]
        averages = {question: _average([given[question]] if question in given else [], least) for question in asked}
        enough = group.answered if group.answered >= least else None
        comments = _comments(said, group.open_survey_id) if enough else {}
        lines.append(Shown(group.unit or ACROSS, group.asked, enough, averages, comments))
    return [*lines, _everybody(groups, by_group, asked, least)] if len(groups) > 1 else lines


def _everybody(
    groups: Sequence[Group], by_group: Mapping[int, Mapping[str, Score]], asked: Sequence[str], least: int
) -> Shown:
    answered = [group.answered for group in groups]
    averages = {}
    for question in asked:
        given = [
            by_group[group.open_survey_id][question] for group in groups if question in by_group[group.open_survey_id]
        ]
        may = may_be_added_up([score.how_many for score in given], least)
        averages[question] = _average(given, least) if may else None
    total = sum(answered) if may_be_added_up(answered, least) else None
    return Shown(EVERYBODY, sum(group.asked for group in groups), total, averages)


def may_be_added_up(counts: Sequence[int], least: int) -> bool:
    """Whether the sum of groups may be shown beside those of them that are: the rest are enough, or nobody."""
    hidden = sum(count for count in counts if count < least)
    return sum(counts) >= least and (hidden == 0 or hidden >= least)


def _average(given: Sequence[Score], least: int) -> float | None:
    how_many = sum(score.how_many for score in given)
    return sum(score.total for score in given) / how_many if how_many >= least else None


def _comments(said: Sequence[Said], open_survey_id: int) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for each in said:
        if each.open_survey_id == open_survey_id:
            found[each.question].append(each.words)
    return found
