"""The fine-tuned encoder, run by onnxruntime. Better than the linear model and heavier; read at first use.

Texts are read one by one: the eight-bit arithmetic takes its scale from all that is read at once, so a text in a batch
would be read a little differently in other company. One thread for each text; several texts may be read at once.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from analysis.models.encoder_text import LONGEST, pair
from analysis.models.heads import NAMES, Asked, Floats
from analysis.models.loading import BadModel, check
from analysis.models.pieces import Pieces

FILE = Path(__file__).with_name("encoder.onnx")

_INSTALL = "Install what runs it with `pip install -r requirements.txt`."


def check_runner(path: Path = FILE) -> None:
    """Raises BadModel where what runs the encoder at `path` is not installed."""
    if importlib.util.find_spec("onnxruntime") is None:
        raise BadModel(path, "onnxruntime is not installed", remedy=_INSTALL)


@dataclass(frozen=True)
class Encoder:
    """The network and the pieces that it reads."""

    session: Any
    pieces: Pieces

    @classmethod
    def load(cls, path: Path = FILE) -> Encoder:
        """Read the model. Raises BadModel where it is missing, damaged or made for other outputs, or can't be run here."""
        check_runner(path)
        check(path)
        try:
            found = cls._read(path)
            found.scores([Asked("")])
        except BadModel:
            raise
        except Exception as fault:  # noqa: BLE001 - the errors of onnxruntime have no other parent
            what = f"it can't be run here ({type(fault).__name__})"
            raise BadModel(
                path, what, remedy=f"{_INSTALL} If that does not help, restore it from the release."
            ) from None
        return found

    @classmethod
    def _read(cls, path: Path) -> Encoder:
        import onnxruntime  # noqa: PLC0415 - heavy, and the service runs without it

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        kept = session.get_modelmeta().custom_metadata_map
        if kept.get("names", "").split("\n") != list(NAMES):
            raise BadModel(path, "it was made for other outputs than this version reads")
        return cls(session, Pieces.of(kept["pieces"].split("\n")))

    def scores(self, asked: Sequence[Asked]) -> Floats:
        """Scores, texts by outputs (`heads.NAMES`); `heads.probabilities` makes probabilities of them."""
        return np.concatenate([self._scores(each) for each in asked])

    def _scores(self, asked: Asked) -> Floats:
        numbers, which = self.pieces.pair(*pair(asked), LONGEST)
        given = {
            "input_ids": np.array([numbers], dtype=np.int64),
            "attention_mask": np.ones((1, len(numbers)), dtype=np.int64),
            "token_type_ids": np.array([which], dtype=np.int64),
        }
        (scores,) = self.session.run(["scores"], given)
        return np.asarray(scores, dtype=np.float32)
