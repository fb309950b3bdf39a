"""Definition files into plain data and frozen models, with every fault told in plain words.

Reads the files it is given and nothing else. Refuses tags, references and repeated keys, with which YAML can surprise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from surveys.problems import Problem
from surveys.questions import AskIf, Option, Question, RangeRule, Survey

_QUOTES = 'Put the words in quotes, such as "Yes".'


class _Unreadable(ValueError):
    """What keeps a file from being read, and what to write instead."""

    def __init__(self, wrong: str, instead: str) -> None:
        super().__init__(wrong)
        self.wrong = wrong
        self.instead = instead


def read_mapping(path: Path) -> Mapping[str, Any] | Problem:
    """Give a file's content, or what keeps it from being read."""
    try:
        return _mapping(path)
    except _Unreadable as error:
        return Problem(path.name, None, None, error.wrong, error.instead)
    except OSError:
        return Problem(path.name, None, None, "The file cannot be opened.", "Check the name, and that you may read it.")
    except UnicodeDecodeError:
        return Problem(path.name, None, None, "The file is not written in UTF-8.", "Save it again as UTF-8.")
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        wrong = f"This is not YAML{_whereabouts(error)}."
        return Problem(
            path.name, None, None, wrong, "Look there and one line above: indents, colons and quotes must match up."
        )


def _mapping(path: Path) -> Mapping[str, Any]:
    text = path.read_text(encoding="utf-8")
    _refuse_surprises(text)
    content = yaml.safe_load(text)
    if not isinstance(content, dict) or not all(isinstance(key, str) for key in content):
        wrong = "The file is not a list of `name: value` lines."
        raise _Unreadable(wrong, "Start it with a line such as `version: 1`.")
    return content


def _whereabouts(error: Exception) -> str:
    """Say what the YAML reader stumbled over, and in which line, where it knows."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return " that can be read"
    return f": {error.problem or 'it stops short'} (line {error.problem_mark.line + 1})"


def read_survey(path: Path, content: Mapping[str, Any], messages: Mapping[str, str]) -> Survey | list[Problem]:
    """Give the survey that a file's content describes, or everything that does not fit."""
    named = {
        key: messages.get(content[key], content[key]) for key in ("intro", "closing") if _is_word(content.get(key))
    }
    own = {key: value for key, value in content.items() if key != "messages"}
    try:
        survey = Survey.model_validate({**own, **named, "messages": dict(messages)})
    except ValidationError as error:
        problems = [_problem(path, content, detail) for detail in error.errors(include_url=False)]
    else:
        problems = []
    if "messages" in content:
        problems.append(
            _problem(path, content, {"type": "extra_forbidden", "loc": ("messages",), "msg": "", "input": None})
        )
    return problems or survey


def _is_word(value: object) -> bool:
    return isinstance(value, str)


def _refuse_surprises(text: str) -> None:
    """Refuse an alias, which makes a file that nobody can follow, and a repeated key, which loses a line unseen."""
    for token in yaml.scan(text, Loader=yaml.SafeLoader):
        if isinstance(token, yaml.AliasToken | yaml.AnchorToken):
            wrong = (
                f"Line {token.start_mark.line + 1} has a word beginning with & or *, which YAML takes for a reference."
            )
            raise _Unreadable(wrong, "Put it in quotes, or write it out.")
    for node in _nodes(yaml.compose(text, Loader=yaml.SafeLoader)):
        pairs = node.value if isinstance(node, yaml.MappingNode) else []
        keys = [key for key, _ in pairs if isinstance(key, yaml.ScalarNode)]
        for key, times in Counter(key.value for key in keys).items():
            if times > 1:
                raise _Unreadable(
                    f"`{key}` stands twice (from line {node.start_mark.line + 1}).", "Keep one of the two."
                )


def _nodes(root: yaml.Node | None) -> Iterator[yaml.Node]:
    waiting = [root] if root else []
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, yaml.SequenceNode):
            waiting.extend(node.value)
        elif isinstance(node, yaml.MappingNode):
            waiting.extend(part for pair in node.value for part in pair)


def _problem(path: Path, content: Mapping[str, Any], detail: ErrorDetails) -> Problem:
    survey = content.get("id")
    wrong, instead = _in_plain_words(detail)
    return Problem(
        path.name, survey if isinstance(survey, str) else None, _question_at(content, detail["loc"]), wrong, instead
    )


def _question_at(content: Mapping[str, Any], place: tuple[int | str, ...]) -> str | None:
    """Name the question in which a fault lies: by its id, or by its place where it has none."""
    if len(place) < 2 or place[0] != "questions" or not isinstance(place[1], int):
        return None
    entry = content["questions"][place[1]]
    name = entry.get("id") if isinstance(entry, dict) else None
    return name if isinstance(name, str) else f"question {place[1] + 1}"


def _in_plain_words(detail: ErrorDetails) -> tuple[str, str]:
    names = [part for part in detail["loc"] if isinstance(part, str)]
    name = f"`{names[-1]}`" if names else "The file"
    say = _SAYINGS.get(detail["type"])
    if say is None:
        return f"{name} does not fit: {detail['msg']}.", "Compare it with a file that works."
    return say(name, detail)


def _known_words(detail: ErrorDetails) -> str:
    parents = [part for part in detail["loc"][:-1] if isinstance(part, str)]
    models: Mapping[str, type[BaseModel]] = {
        "questions": Question,
        "options": Option,
        "then": RangeRule,
        "ask_if": AskIf,
    }
    model = models.get(parents[-1], Survey) if parents else Survey
    return ", ".join(name for name in model.model_fields if name != "messages")


_SAYINGS: Mapping[str, Callable[[str, ErrorDetails], tuple[str, str]]] = {
    "missing": lambda name, _: (
        f"{name} is missing.",
        "Write `score: null` for an option that has none." if name == "`score`" else "Add it.",
    ),
    "extra_forbidden": lambda name, detail: (
        f"{name} is not a word we know here.",
        f"Take it out or check its spelling; known here: {_known_words(detail)}.",
    ),
    "literal_error": lambda name, detail: (
        f"{name} is {detail['input']!r}.",
        f"Write one of: {detail.get('ctx', {}).get('expected', '')}.",
    ),
    "string_type": lambda name, detail: (f"{name} is {_as_yaml(detail['input'])}, not words.", _QUOTES),
    "string_too_short": lambda name, _: (f"{name} is empty.", "Write the words."),
    "string_pattern_mismatch": lambda name, detail: (
        f"{name} is {detail['input']!r}.",
        "Use small letters, digits and _ only, beginning with a letter, such as q1.",
    ),
    "int_type": lambda name, detail: (
        f"{name} is {_as_yaml(detail['input'])}.",
        "Write a whole number, without quotes.",
    ),
    "bool_type": lambda name, detail: (f"{name} is {_as_yaml(detail['input'])}.", "Write true or false."),
    "tuple_type": lambda name, _: (f"{name} is not a list.", "Write one entry a line, each beginning with `- `."),
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
    return " ".join(yaml.safe_dump(value, default_flow_style=True).replace("...", "").split())[:40]
