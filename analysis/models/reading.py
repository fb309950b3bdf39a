"""What the models together say about a text: the encoder and the linear model averaged, or the linear model alone.

Loaded at first use and kept for the life of the process. Where the encoder can't be used the linear model stands in for
it; where neither can, nothing is guessed and only word patterns speak. `problems` says at start what is wrong.
"""

from __future__ import annotations

import functools
import hashlib
import logging
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal, get_args

from analysis.models.encoder import FILE as ENCODER
from analysis.models.encoder import Encoder, check_runner
from analysis.models.heads import COMPLAINT, COMPLIMENT, CONCERN, THEME, URGENT, Asked, Floats, probabilities
from analysis.models.lite import FILE as LITE
from analysis.models.lite import Lite
from analysis.models.loading import BadModel, UnknownModel, check

ModelName = Literal["full", "lite"]
VERSION: Final = "4"
"""Goes up whenever a model, a list or a rule changes what is tagged."""

ENCODER_SHARE: Final = 0.55
"""How much of the average is the encoder's."""

_WINDOW = 450
_MOST_WINDOWS = 12
_ANYWHERE = [*range(THEME.start, THEME.stop), COMPLAINT, COMPLIMENT, CONCERN, URGENT]

FOLDER: Final = LITE.parent
"""Where the released models are."""

_log = logging.getLogger(__name__)
_loading = threading.Lock()


@dataclass(frozen=True)
class Reading:
    """The models in use. `name` is kept with every tag that they make."""

    name: ModelName
    lite: Lite = field(repr=False)
    encoder: Encoder | None = field(repr=False)
    _said: dict[tuple[bytes, str | None], Floats] = field(default_factory=dict, repr=False, compare=False)

    def said(self, text: str, question: str | None = None) -> Floats:
        """Probabilities by output (`heads.NAMES`) for `text`, which answers a question with that metric key.

        A long text is read in windows: what it holds anywhere it holds, its tone is the mean. What was said of the last
        texts is remembered, for one message is looked at for several things; the texts themselves are not kept.
        """
        key = (hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest(), question)
        known = self._said.get(key)
        if known is not None:
            return known
        windows = [Asked(window, question) for window in _windows(text)]
        found = self.read(windows)
        together: Floats = found.mean(axis=0)
        together[_ANYWHERE] = found[:, _ANYWHERE].max(axis=0)
        if len(self._said) >= _REMEMBERED:
            self._said.clear()
        self._said[key] = together
        return together

    def read(self, asked: Sequence[Asked]) -> Floats:
        """Probabilities of each text as it stands, texts by outputs."""
        scores = self.lite.scores(asked)
        if self.encoder is not None:
            scores = ENCODER_SHARE * self.encoder.scores(asked) + (1 - ENCODER_SHARE) * scores
        return probabilities(scores)


_REMEMBERED = 1_024


def _windows(text: str) -> Iterator[str]:
    """`text` in pieces of about `_WINDOW` characters, cut between words; the first `_MOST_WINDOWS` of them."""
    start = 0
    for _ in range(_MOST_WINDOWS):
        end = start + _WINDOW
        if end < len(text):
            end = max(text.rfind(" ", start, end), start + _WINDOW // 2)
        yield text[start:end]
        start = end
        if not text[start:].strip():
            return


def load(name: str, folder: Path = FOLDER) -> Reading:
    """The models called `name`. Raises BadModel where a file can't be used, UnknownModel for another name."""
    if name not in get_args(ModelName):
        raise UnknownModel(f"there is no model {name!r}; write one of: {', '.join(get_args(ModelName))}")
    with _loading:
        return _load(name, folder)


def best(folder: Path = FOLDER) -> Reading | None:
    """The best models in `folder` that can be used here; None where there are none. The log says what is missing."""
    told = ""
    for name in get_args(ModelName):
        try:
            return load(name, folder)
        except BadModel as problem:
            if str(problem) != told:  # without lite there is no full either, for one and the same reason
                told = str(problem)
                _log.error("%s", told)
    return None


@functools.cache
def in_use() -> Reading | None:
    """The best models that can be used here, read at the first call and kept."""
    return best()


@functools.cache
def problems(folder: Path = FOLDER) -> tuple[str, ...]:
    """What is wrong with the models, in sentences; asked at start, when the models themselves are not read yet."""
    found = []
    for look, path in ((check, LITE), (check, ENCODER), (check_runner, ENCODER)):
        try:
            look(folder / path.name)
        except BadModel as problem:
            found.append(str(problem))
    return tuple(found)


@functools.cache
def _load(name: ModelName, folder: Path) -> Reading:
    return Reading(name, _lite(folder), Encoder.load(folder / ENCODER.name) if name == "full" else None)


@functools.cache
def _lite(folder: Path) -> Lite:
    return Lite.load(folder / LITE.name)
