"""Plain data into frozen models, with every fault told in plain words. Reads no file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from surveys.checking.problems import Problem
from surveys.languages import Language, QuestionWording, ReplyWords, Wording
from surveys.questions import AskIf, Option, Question, RangeRule
from surveys.survey import Survey

_QUOTES = 'Put the words in quotes, such as "Yes".'

_QUOTED = 'such as "yes":'

_OURS = frozenset({"messages", "shared", "languages", "language", "direction"})
"""What a survey has besides what its definition says."""


def read_survey(
    path: Path, content: Mapping[str, Any], messages: Mapping[str, str], languages: Mapping[str, Language]
) -> Survey | list[Problem]:
    """Give the survey that a file's content describes, or everything that does not fit."""
    own = {key: value for key, value in content.items() if key not in _OURS}
    shared = {key: own[key] for key in ("intro", "closing") if isinstance(own.get(key), str) and own[key] in messages}
    said = {key: messages[name] for key, name in shared.items()}
    problems = [_problem(path, content, _unknown(key)) for key in content if key in _OURS]
    try:
        survey = Survey.model_validate({**own, **said, "shared": shared, "messages": {}})
    except ValidationError as error:
        return problems + [_problem(path, content, detail) for detail in error.errors(include_url=False)]
    return problems or survey.model_copy(update={"messages": messages, "languages": languages})


def read_language(path: Path, content: Mapping[str, Any]) -> Language | list[Problem]:
    """Give the language that a file's content describes, or everything that does not fit."""
    try:
        return Language.model_validate(content)
    except ValidationError as error:
        return [
            Problem(path.name, None, _message_at(detail["loc"]), *_in_plain_words(detail, Language))
            for detail in error.errors(include_url=False)
        ]


def _unknown(key: str) -> ErrorDetails:
    return {"type": "extra_forbidden", "loc": (key,), "msg": "", "input": None}


def _problem(path: Path, content: Mapping[str, Any], detail: ErrorDetails) -> Problem:
    survey = content.get("id")
    wrong, instead = _in_plain_words(detail, Survey)
    return Problem(
        path.name, survey if isinstance(survey, str) else None, _question_at(content, detail["loc"]), wrong, instead
    )


def _question_at(content: Mapping[str, Any], place: tuple[int | str, ...]) -> str | None:
    """Name the question in which a fault lies: by its id, or by its place where it has none."""
    if len(place) > 3 and place[0] == "wordings" and place[2] == "questions":
        return str(place[3])
    if len(place) < 2 or place[0] != "questions" or not isinstance(place[1], int):
        return None
    entry = content["questions"][place[1]]
    name = entry.get("id") if isinstance(entry, dict) else None
    return name if isinstance(name, str) else f"question {place[1] + 1}"


def _message_at(place: tuple[int | str, ...]) -> str | None:
    return str(place[1]) if len(place) > 1 and place[0] == "messages" else None


def _in_plain_words(detail: ErrorDetails, whole: type[BaseModel]) -> tuple[str, str]:
    names = [part for part in detail["loc"] if isinstance(part, str) and part != "[key]"]
    name = f"`{names[-1]}`" if names else "The file"
    say = _SAYINGS.get(detail["type"])
    if say is None:
        return f"{name} does not fit: {detail['msg']}.", "Compare it with a file that works."
    if detail["type"] == "extra_forbidden":
        return say(name, {**detail, "ctx": {"known": _known_words(detail["loc"], whole)}})
    return say(name, detail)


def _known_words(place: tuple[int | str, ...], whole: type[BaseModel]) -> str:
    """Name the words that may stand where an unknown one was found."""
    parents = tuple(part if isinstance(part, str) else "*" for part in place[:-1])
    model = next((model for pattern, model in _MODELS if _fits(parents, pattern)), whole)
    return ", ".join(name for name in model.model_fields if name not in _OURS | {"words"} or model is Language)


def _fits(parents: tuple[str, ...], pattern: tuple[str, ...]) -> bool:
    return len(parents) == len(pattern) and all(
        want in {"*", part} for part, want in zip(parents, pattern, strict=True)
    )


_MODELS: tuple[tuple[tuple[str, ...], type[BaseModel]], ...] = (
    (("questions", "*"), Question),
    (("questions", "*", "options", "*"), Option),
    (("questions", "*", "then", "*"), RangeRule),
    (("questions", "*", "ask_if"), AskIf),
    (("wordings", "*"), Wording),
    (("wordings", "*", "questions", "*"), QuestionWording),
    (("words",), ReplyWords),
)
"""What each place of a file is read into; everything else is the survey, or the language, itself."""


_SAYINGS: Mapping[str, Callable[[str, ErrorDetails], tuple[str, str]]] = {
    "missing": lambda name, _: (
        f"{name} is missing.",
        "Write `score: null` for an option that has none." if name == "`score`" else "Add it.",
    ),
    "extra_forbidden": lambda name, detail: (
        f"{name} is not a word we know here.",
        f"Take it out or check its spelling; known here: {detail.get('ctx', {}).get('known')}.",
    ),
    "literal_error": lambda name, detail: (
        f"{name} is {_as_yaml(detail['input'])}.",
        f"Write one of: {detail.get('ctx', {}).get('expected', '')}.",
    ),
    "string_type": lambda name, detail: (f"{name} is {_as_yaml(detail['input'])}, not words.", _QUOTES),
    "string_too_short": lambda name, _: (f"{name} is empty.", "Write the words."),
    "string_pattern_mismatch": lambda name, detail: (
        f"{name} is {_as_yaml(detail['input'])}.",
        "Use small letters, digits and _ only, beginning with a letter, such as q1; for a language its code, such as cy.",
    ),
    "invalid_key": lambda name, _: (
        f"{name} is a name that YAML takes for something else.",
        f"Put it in quotes, {_QUOTED}.",
    ),
    "int_type": lambda name, detail: (
        f"{name} is {_as_yaml(detail['input'])}.",
        "Write a whole number, without quotes.",
    ),
    "bool_type": lambda name, detail: (f"{name} is {_as_yaml(detail['input'])}.", "Write true or false."),
    "tuple_type": lambda name, _: (f"{name} is not a list.", "Write one entry a line, each beginning with `- `."),
    "mapping_type": lambda name, _: (f"{name} is not made of `name: value` pairs.", "Write one pair a line, indented."),
    "model_type": lambda name, _: (
        f"{name} holds an entry that is not made of `name: value` pairs.",
        "Compare it with a file that works.",
    ),
    "greater_than_equal": lambda name, detail: (
        f"{name} is {detail['input']}.",
        f"Write {detail.get('ctx', {}).get('ge')} or more.",
    ),
    "less_than_equal": lambda name, detail: (
        f"{name} is {detail['input']}.",
        f"Write {detail.get('ctx', {}).get('le')} or less.",
    ),
}


def _as_yaml(value: object) -> str:
    """Show a value as the file's author sees it, shortened."""
    return " ".join(yaml.safe_dump(value, default_flow_style=True, width=10_000).replace("...", "").split())[:40]
