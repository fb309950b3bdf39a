"""Whether a model file is the one that was released, and what is wrong with it in words for whoever runs the service."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

SUMS: Final = "SHA256SUMS"
"""Beside the models: the sum of each, as `sha256sum` writes and checks it; training writes it anew."""


class BadModel(Exception):
    """A model file is missing, damaged, made for another version of the code, or can't be run; it says what to do."""

    def __init__(self, path: Path, what: str, *, remedy: str = "") -> None:
        restore = f"Restore {path.parent.name}/{path.name} from the release, or make it anew with `make train`."
        super().__init__(f"the model {path.name} can't be used: {what}. {remedy or restore}")


class UnknownModel(ValueError):
    """There is no model of that name; the sentence says what to write instead."""


def check(path: Path) -> None:
    """Raises BadModel unless the file is there and is the one whose sum stands beside it."""
    try:
        wrong = _what_is_wrong(path)
    except OSError as fault:
        wrong = f"it can't be read ({type(fault).__name__})"
    if wrong:
        raise BadModel(path, wrong)


def _what_is_wrong(path: Path) -> str:
    if not path.is_file():
        return "it is not there"
    if _sums(path.with_name(SUMS)).get(path.name) != sum_of(path):
        return f"it is not the file whose sum stands in {SUMS}, so it may be damaged"
    return ""


def sum_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_sum(path: Path) -> None:
    """Put the sum of a new model beside it, in place of the one before."""
    sums = _sums(path.with_name(SUMS)) | {path.name: sum_of(path)}
    lines = [f"{each}  {name}\n" for name, each in sorted(sums.items())]
    path.with_name(SUMS).write_text("".join(lines), encoding="ascii")


def _sums(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    lines = path.read_text(encoding="ascii", errors="replace").splitlines()
    return {name: each for each, name in (line.split("  ", 1) for line in lines if "  " in line)}
