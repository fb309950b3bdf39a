"""Everything that makes definitions unfit to send, found before they are sent. Changes nothing, sends nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from surveys.checking.messages import in_messages_file
from surveys.checking.plain_yaml import read_mapping
from surveys.checking.problems import Finding, Problem
from surveys.checking.reading import read_language, read_survey
from surveys.checking.rules import in_survey
from surveys.checking.translations import in_language
from surveys.languages import Language
from surveys.survey import Survey

__all__ = ["DEFINITIONS", "Examined", "check", "definition_files", "examine"]

DEFINITIONS = Path(__file__).parents[1] / "definitions"
MESSAGES_FILE = "messages.yaml"
LANGUAGES = "languages"


@dataclass(frozen=True)
class Examined:
    """What definition files hold: the surveys that could be read, what they share, and every problem."""

    surveys: tuple[Survey, ...]
    messages: Mapping[str, str]
    languages: Mapping[str, Language]
    problems: tuple[Problem, ...]


@dataclass
class _Shared:
    """The messages and languages that surveys of one folder share."""

    messages: Mapping[str, str] = field(default_factory=dict)
    languages: dict[str, Language] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def check(paths: Iterable[Path]) -> list[Problem]:
    """Give every problem in definition files, or in folders of them; empty where all is well."""
    return [problem for problems in _each_folder(map(Path, paths)) for problem in problems]


def examine(folder: Path) -> Examined:
    """Read a folder of definitions, and look at each with every rule.

    The shared messages and the languages are the folder's own, or else the ones that come with Heard.
    """
    files = definition_files(folder)
    return _examine(folder, [path for path in files if not _is_shared(path)])


def definition_files(folder: Path) -> list[Path]:
    """Give the definition files in a folder by name, those of its languages last."""
    try:
        own = sorted(path for path in folder.iterdir() if path.suffix in {".yaml", ".yml"})
    except OSError:  # no folder, or not ours to look into
        return []
    return own if folder.name == LANGUAGES else [*own, *definition_files(folder / LANGUAGES)]


def _each_folder(paths: Iterable[Path]) -> Iterator[Iterable[Problem]]:
    single: dict[Path, list[Path]] = {}
    for path in paths:
        if not path.is_dir():
            home = path.parent.parent if path.parent.name == LANGUAGES else path.parent
            single.setdefault(home, []).append(path)
        elif not definition_files(path):
            wrong = "The folder holds no definition files."
            yield [Problem(path.name, None, None, wrong, "Name a folder that does.")]
        else:
            yield examine(path.parent if path.name == LANGUAGES else path).problems
    for folder, files in single.items():
        names = {path.name for path in files}
        found = _examine(folder, [path for path in files if not _is_shared(path)], shared_only_for=names)
        yield found.problems


def _is_shared(path: Path) -> bool:
    return path.name == MESSAGES_FILE or path.parent.name == LANGUAGES


def _examine(folder: Path, files: Iterable[Path], *, shared_only_for: set[str] | None = None) -> Examined:
    """Examine surveys together with what is shared in their folder.

    Args:
        shared_only_for: tell only of faults in these shared files; None for all of them.
    """
    shared = _shared(folder)
    problems = [p for p in shared.problems if shared_only_for is None or p.file in shared_only_for]
    surveys: list[tuple[Path, Survey]] = []
    for path in files:
        content = read_mapping(path)
        survey = (
            [content] if isinstance(content, Problem) else read_survey(path, content, shared.messages, shared.languages)
        )
        if isinstance(survey, list):
            problems.extend(survey)
        else:
            surveys.append((path, survey))
            problems.extend(_located(path, survey.id, in_survey(survey)))
    problems.extend(_clashes(surveys))
    return Examined(tuple(survey for _, survey in surveys), shared.messages, shared.languages, tuple(problems))


def _shared(folder: Path) -> _Shared:
    """Read the messages and the languages of a folder."""
    shared = _Shared()
    own = folder / MESSAGES_FILE
    path = own if own.exists() else DEFINITIONS / MESSAGES_FILE
    content = read_mapping(path)
    if isinstance(content, Problem):
        shared.problems.append(content)
    else:
        shared.messages, findings = in_messages_file(content)
        shared.problems.extend(_located(path, None, findings))
    for path in definition_files(folder / LANGUAGES) or definition_files(DEFINITIONS / LANGUAGES):
        content = read_mapping(path)
        language = [content] if isinstance(content, Problem) else read_language(path, content)
        if isinstance(language, list):
            shared.problems.extend(language)
        elif language.code in shared.languages:
            wrong = f"The language {language.code} stands in more than one file."
            shared.problems.append(Problem(path.name, None, None, wrong, "Keep one of them."))
        else:
            shared.languages[language.code] = language
            shared.problems.extend(_located(path, None, in_language(language, path.stem, shared.messages)))
    return shared


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
    asked_when: dict[tuple[str, str | None, str | None, str | None], str] = {}
    for path, survey in surveys:
        who = (survey.audience, survey.age_band, survey.stage)
        firsts = {asked_when.setdefault((*who, level), survey.id) for level in survey.levels or (None,)} - {survey.id}
        if survey.stage and firsts:
            wrong = f"The same people are asked at the same stage as in {min(firsts)}."
            instead = "Change `audience`, `age_band`, `stage` or `levels`, or keep only one of the two."
            yield Problem(path.name, survey.id, None, wrong, instead)
