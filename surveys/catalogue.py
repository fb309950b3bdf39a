"""All surveys there are, by id and version. Read once, checked while reading; never changes afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from surveys.checking.files import DEFINITIONS, definition_files, examine
from surveys.checking.problems import BadSurveys, Problem
from surveys.gaps import Direction, unfit_lines, with_lines
from surveys.languages import Language, Wording
from surveys.questions import Question
from surveys.stages import AUDIENCE_LABELS, Audience, Stage
from surveys.survey import Survey

__all__ = ["BadSurveys", "Catalogue", "Problem", "UnknownSurvey", "load"]

NOTHING_OPEN = "nothing_open"


class UnknownSurvey(KeyError):
    """There is no such survey, or no such version of it."""

    def __str__(self) -> str:
        """Give the sentence without the quotes that KeyError adds."""
        return str(self.args[0])


class Catalogue:
    """The surveys, every version of them, the messages they share and the languages they are spoken in."""

    def __init__(
        self, surveys: Iterable[Survey], messages: Mapping[str, str], languages: Mapping[str, Language]
    ) -> None:
        self._surveys = {(survey.id, survey.version): survey for survey in surveys}
        self._latest: dict[str, Survey] = {}
        for _, survey in sorted(self._surveys.items()):
            self._latest[survey.id] = survey
        self._nothing_open = {audience: _nothing_open(audience, messages, languages) for audience in AUDIENCE_LABELS}
        self.languages = dict(languages)

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

    def metrics(self) -> frozenset[str]:
        """Give what the questions measure, of every version of every survey."""
        return frozenset(question.metric for survey in self._surveys.values() for question in survey.questions)

    def for_groups(self) -> list[str]:
        """Give the surveys of which whole groups only are shown, by id."""
        return [survey.id for survey in self.latest() if survey.min_group_size is not None]

    def for_stage(
        self, audience: Audience, age_band: str | None, stage: Stage, level: str | None = None
    ) -> Survey | None:
        """Give the survey for these people at this stage; None where they are asked nothing.

        Args:
            audience: who is asked.
            age_band: "under_8", "8-10", "11-15" or "16-25"; None for adults.
            stage: the case stage it is about.
            level: of the case; a survey that names it goes before one that names none. None where it is not known.
        """
        wanted = (audience, age_band, stage)
        fitting = [s for s in self._latest.values() if (s.audience, s.age_band, s.stage) == wanted]
        named = next((s for s in fitting if level in s.levels), None)
        return named or next((s for s in fitting if not s.levels), None)

    def nothing_open(self, audience: Audience) -> Survey:
        """Give a survey without questions, for texts that come when nothing is open; it holds the shared messages."""
        return self._nothing_open[audience]


def _nothing_open(audience: Audience, messages: Mapping[str, str], languages: Mapping[str, Language]) -> Survey:
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
        messages=messages,
        languages=languages,
    )


def load(folder: Path | None = None, *, lines: Mapping[str, str] | None = None) -> Catalogue:
    """Read every definition in `folder`, or the ones that come with Heard.

    Args:
        folder: with the surveys, `messages.yaml` and a folder `languages`; without the latter two, Heard's own.
        lines: the council's lines and helplines by the names in `surveys.gaps.LINES`; they stand in every wording of
            what is given, so that only what differs from person to person is left to fill. None leaves their gaps
            open, for looking at definitions; nothing of that may be sent.

    Raises:
        BadSurveys: one or more definitions cannot be used, or a line is missing; it lists every problem.
    """
    folder = folder or DEFINITIONS
    if not definition_files(folder):
        raise BadSurveys(
            [Problem(folder.name, None, None, "There are no definitions here.", "Name a folder that holds some.")]
        )
    examined = examine(folder)
    faults = () if lines is None else unfit_lines(lines)
    unfit = [Problem("settings", None, name.upper(), wrong, instead) for name, wrong, instead in faults]
    if unfit or examined.problems:
        raise BadSurveys([*unfit, *examined.problems])
    if lines is None:
        return Catalogue(examined.surveys, examined.messages, examined.languages)
    messages = _filled(examined.messages, lines)
    languages = {
        code: language.model_copy(update={"messages": _filled(language.messages, lines, language.direction)})
        for code, language in examined.languages.items()
    }
    return Catalogue(
        [_with_lines(survey, messages, languages, lines) for survey in examined.surveys], messages, languages
    )


def _filled(words: Mapping[str, str], lines: Mapping[str, str], direction: Direction = "ltr") -> dict[str, str]:
    return {name: with_lines(text, lines, direction) for name, text in words.items()}


def _with_lines(
    survey: Survey, messages: Mapping[str, str], languages: Mapping[str, Language], lines: Mapping[str, str]
) -> Survey:
    """Fill the council's lines into a survey's own wordings, in each language that it has."""

    def fill(part: object, direction: Direction = "ltr") -> object:
        """Fill the gaps in every piece of text of what a model is made of."""
        if isinstance(part, str):
            return with_lines(part, lines, direction)
        if isinstance(part, dict):
            return {key: fill(value, direction) for key, value in part.items()}
        return tuple(fill(one, direction) for one in part) if isinstance(part, list | tuple) else part

    update = {
        "intro": with_lines(survey.intro, lines),
        "closing": with_lines(survey.closing, lines),
        "questions": tuple(Question.model_validate(fill(question.model_dump())) for question in survey.questions),
        "wordings": {
            code: Wording.model_validate(fill(wording.model_dump(), languages[code].direction))
            for code, wording in survey.wordings.items()
        },
        "messages": messages,
        "languages": languages,
    }
    return survey.model_copy(update=update)
