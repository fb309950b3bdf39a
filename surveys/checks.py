"""Everything that makes a survey unfit to send, found before it is sent. Changes nothing, sends nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from surveys.problems import BadSurveys, Problem
from surveys.questions import Survey
from surveys.reading import read_mapping, read_survey
from surveys.rules import Finding, in_messages, in_survey

__all__ = ["DEFINITIONS", "BadSurveys", "Examined", "Problem", "check", "examine"]

DEFINITIONS = Path(__file__).parent / "definitions"
MESSAGES_FILE = "messages.yaml"


@dataclass(frozen=True)
class Examined:
    """What definition files hold: the surveys that could be read, the shared messages, and every problem."""

    surveys: tuple[Survey, ...]
    messages: Mapping[str, str]
    problems: tuple[Problem, ...]


def check(paths: Iterable[Path]) -> list[Problem]:
    """Give every problem in definition files, or in folders of them; empty where all is well."""
    return [problem for examined in _each_folder(paths) for problem in examined.problems]


def examine(files: Iterable[Path]) -> Examined:
    """Read files that belong together and look at each with every rule.

    The shared messages are those of a `messages.yaml` among or beside the files, or else the ones that come with Heard.
    """
    files = list(files)
    messages, problems = _messages(files)
    surveys: list[tuple[Path, Survey]] = []
    for path in files:
        if path.name == MESSAGES_FILE:
            continue
        content = read_mapping(path)
        survey = [content] if isinstance(content, Problem) else read_survey(path, content, messages)
        if isinstance(survey, list):
            problems.extend(survey)
        else:
            surveys.append((path, survey))
            problems.extend(_located(path, survey.id, in_survey(survey)))
    problems.extend(_clashes(surveys))
    return Examined(tuple(survey for _, survey in surveys), messages, tuple(problems))


def definition_files(folder: Path) -> list[Path]:
    """Give the definition files in a folder, by name."""
    return sorted(path for path in folder.iterdir() if path.suffix in {".yaml", ".yml"})


def _each_folder(paths: Iterable[Path]) -> Iterator[Examined]:
    single: dict[Path, list[Path]] = {}
    for path in map(Path, paths):
        if not path.is_dir():
            single.setdefault(path.parent, []).append(path)
        elif files := definition_files(path):
            yield examine(files)
        else:
            nothing = Problem(
                path.name, None, None, "The folder holds no definition files.", "Name a folder that does."
            )
            yield Examined((), {}, (nothing,))
    for files in single.values():
        yield examine(files)


def _messages(files: list[Path]) -> tuple[Mapping[str, str], list[Problem]]:
    beside = files[0].parent / MESSAGES_FILE if files else DEFINITIONS / MESSAGES_FILE
    path = beside if beside.is_file() else DEFINITIONS / MESSAGES_FILE
    content = read_mapping(path)
    if isinstance(content, Problem):
        return {}, [content]
    wrong_shape = list(_misshapen(content))
    entries = content.get("messages")
    messages = {str(k): v for k, v in entries.items() if isinstance(v, str)} if isinstance(entries, dict) else {}
    return messages, [*_located(path, None, wrong_shape), *_located(path, None, in_messages(messages))]


def _misshapen(content: Mapping[str, Any]) -> Iterator[Finding]:
    for key in content.keys() - {"version", "messages"}:
        yield Finding(None, f"`{key}` is not a word we know here.", "Indent it under `messages:`, or take it out.")
    entries = content.get("messages")
    if not isinstance(entries, dict):
        yield Finding(
            None, "There is no list of messages.", 'Write `messages:` and below it, indented, `name: "words"`.'
        )
        return
    for name, words in entries.items():
        if not isinstance(words, str):
            yield Finding(str(name), "This is not words.", "Put the words in quotes.")


def _located(path: Path, survey: str | None, findings: Iterable[Finding]) -> Iterator[Problem]:
    for finding in findings:
        yield Problem(path.name, survey, finding.place, finding.wrong, finding.instead)


def _clashes(surveys: list[tuple[Path, Survey]]) -> Iterator[Problem]:
    """Find two files for the same version, and two surveys for the same people at the same stage."""
    versions = Counter((survey.id, survey.version) for _, survey in surveys)
    for path, survey in surveys:
        if versions[survey.id, survey.version] > 1:
            wrong = f"Version {survey.version} stands in more than one file."
            yield Problem(path.name, survey.id, None, wrong, f"Write `version: {survey.version + 1}` in the newer one.")
    asked_when: dict[tuple[str, str | None, str | None], str] = {}
    for path, survey in surveys:
        first = asked_when.setdefault((survey.audience, survey.age_band, survey.stage), survey.id)
        if survey.stage and first != survey.id:
            wrong = f"The same people are asked at the same stage as in {first}."
            yield Problem(
                path.name,
                survey.id,
                None,
                wrong,
                "Change `audience`, `age_band` or `stage`, or keep only one of the two.",
            )
