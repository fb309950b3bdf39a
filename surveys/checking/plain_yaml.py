"""A file's text into plain data: names, words, numbers, lists. Opens nothing but the file it is given.

Refuses what YAML can surprise with: tags, which can make a program run; references, with which a short file can fill a
machine's memory; repeated keys, which lose a line unseen; nesting without end.
"""

from __future__ import annotations

import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from yaml.composer import Composer

from surveys.checking.problems import Problem

LARGEST = 200_000
"""Bytes. The longest survey of ours has a fiftieth of it."""

DEEPEST = 12
"""Levels. A label in another language stands six deep."""


class _Unreadable(ValueError):
    """What keeps a file from being read, and what to write instead."""

    def __init__(self, wrong: str, instead: str) -> None:
        super().__init__(wrong)
        self.wrong = wrong
        self.instead = instead


class _PlainLoader(Composer, yaml.CSafeLoader):
    """Looks at each part while it is being read, so that nothing unwelcome is ever built. The words are told apart in C."""

    depth = 0

    def __init__(self, text: str) -> None:
        Composer.__init__(self)
        yaml.CSafeLoader.__init__(self, text)

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()
        line = event.start_mark.line + 1 if event and event.start_mark else 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            wrong = f"Line {line} has a word beginning with & or *, which YAML takes for a reference."
            raise _Unreadable(wrong, "Put it in quotes, or write it out.")
        if getattr(event, "tag", None):
            wrong = f"Line {line} has a word beginning with !, which YAML takes for a command."
            raise _Unreadable(wrong, "Put it in quotes, or take it out.")
        if self.depth >= DEEPEST:
            raise _Unreadable(f"Line {line} is indented too deep.", "Compare it with a file that works.")
        self.depth += 1
        node: yaml.Node | None = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002 - PyYAML's
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    wrong = f"`{key.value}` stands twice (from line {node.start_mark.line + 1})."
                    raise _Unreadable(wrong, "Keep one of the two.")
                seen.add(key.value)
        return super().construct_mapping(node, deep)


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
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:
        wrong = f"This is not YAML{_whereabouts(error)}."
        return Problem(
            path.name, None, None, wrong, "Look there and one line above: indents, colons and quotes must match up."
        )


def _mapping(path: Path) -> Mapping[str, Any]:
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise _Unreadable("This is not a file.", "Give it another name, or take it away.")
    if found.st_size > LARGEST:
        wrong = f"The file has {found.st_size} bytes, more than any survey needs."
        raise _Unreadable(wrong, f"Keep it under {LARGEST}.")
    content = yaml.load(path.read_bytes()[: LARGEST + 1].decode("utf-8"), Loader=_PlainLoader)  # noqa: S506 - a SafeLoader
    if not isinstance(content, dict) or not all(isinstance(key, str) for key in content):
        wrong = "The file is not a list of `name: value` lines."
        raise _Unreadable(wrong, "Start it with a line such as `version: 1`.")
    return content


def _whereabouts(error: Exception) -> str:
    """Say what the YAML reader stumbled over, and in which line, where it knows."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return " that can be read"
    return f": {error.problem or 'it stops short'} (line {error.problem_mark.line + 1})"
