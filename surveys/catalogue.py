"""All surveys there are, by id and version. Read once, checked while reading; never changes afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from surveys.checks import DEFINITIONS, definition_files, examine
from surveys.problems import BadSurveys, Problem
from surveys.questions import Survey
from surveys.stages import AUDIENCE_LABELS, Audience, Stage

__all__ = ["BadSurveys", "Catalogue", "Problem", "UnknownSurvey", "load"]

NOTHING_OPEN = "nothing_open"


class UnknownSurvey(KeyError):
    """There is no such survey, or no such version of it."""

    def __str__(self) -> str:
        """Give the sentence without the quotes that KeyError adds."""
        return str(self.args[0])


class Catalogue:
    """The surveys, every version of them, and the messages they share."""

    def __init__(self, surveys: Iterable[Survey], messages: Mapping[str, str]) -> None:
        self._surveys = {(survey.id, survey.version): survey for survey in surveys}
        self._messages = dict(messages)
        self._latest: dict[str, Survey] = {}
        for _, survey in sorted(self._surveys.items()):
            self._latest[survey.id] = survey

    def get(self, survey_id: str, version: int | None = None) -> Survey:
        """Give one survey: the version asked for, or the latest.

        What `nothing_open` gives is found here as well, so that a kept conversation can always be taken up again.

        Raises:
            UnknownSurvey: a KeyError that says what there is.
        """
        for audience in AUDIENCE_LABELS:
            if survey_id == f"{NOTHING_OPEN}_{audience}":
                return self.nothing_open(audience)
        latest = self._latest.get(survey_id)
        if latest is None:
            msg = f"There is no survey called {survey_id}; there are: {', '.join(self._latest)}."
            raise UnknownSurvey(msg)
        survey = latest if version is None else self._surveys.get((survey_id, version))
        if survey is None:
            msg = f"There is no version {version} of the survey {survey_id}; the latest is {latest.version}."
            raise UnknownSurvey(msg)
        return survey

    def latest(self) -> list[Survey]:
        """Give the latest version of every survey, by id."""
        return list(self._latest.values())

    def for_stage(self, audience: Audience, age_band: str | None, stage: Stage) -> Survey | None:
        """Give the survey for these people at this stage; None where they are asked nothing.

        Args:
            audience: who is asked.
            age_band: "under_8", "8-10", "11-15" or "16-25"; None for adults.
            stage: the case stage it is about.
        """
        wanted = (audience, age_band, stage)
        return next((s for s in self._latest.values() if (s.audience, s.age_band, s.stage) == wanted), None)

    def nothing_open(self, audience: Audience) -> Survey:
        """Give a survey without questions, for texts that come when nothing is open; it holds the shared messages."""
        return Survey(
            id=f"{NOTHING_OPEN}_{audience}",
            version=1,
            title=f"{AUDIENCE_LABELS[audience]}: nothing open",
            audience=audience,
            stage=None,
            channels=(),
            trigger="self_start",
            intro="",
            closing="",
            questions=(),
            messages=self._messages,
        )


def load(folder: Path | None = None) -> Catalogue:
    """Read every definition in `folder`, or the ones that come with Heard.

    Raises:
        BadSurveys: one or more definitions cannot be used; it lists every problem.
    """
    folder = folder or DEFINITIONS
    files = definition_files(folder) if folder.is_dir() else []
    if not files:
        raise BadSurveys(
            [Problem(folder.name, None, None, "There are no definitions here.", "Name a folder that holds some.")]
        )
    examined = examine(files)
    if examined.problems:
        raise BadSurveys(examined.problems)
    return Catalogue(examined.surveys, examined.messages)
