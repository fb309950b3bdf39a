"""Makes ONNX of the trained encoder, in eight bits: `python -m analysis.training.export_encoder WEIGHTS OUT`.

Checks on every training text that the service cuts words into the same pieces as the tokenizer used in training.
"""

from __future__ import annotations

import base64
import sys
import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from transformers import AutoTokenizer

from analysis.models.encoder_text import LONGEST, pair
from analysis.models.heads import NAMES, Asked
from analysis.models.loading import write_sum
from analysis.models.pieces import Pieces
from analysis.training.corpora import training
from analysis.training.examples import fingerprints
from analysis.training.train_encoder import BASE, Encoder


def export(weights: Path, out: Path) -> None:
    """Write the network, its outputs' names and its word pieces as one file."""
    model = Encoder()
    model.load_state_dict(torch.load(weights))
    model.eval()
    pieces = (BASE / "vocab.txt").read_text(encoding="utf-8").rstrip("\n").split("\n")
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        names = ["input_ids", "attention_mask", "token_type_ids"]
        given = tuple(torch.ones((1, 8), dtype=torch.int64) for _ in names)
        axes = {name: {0: "text", 1: "piece"} for name in names} | {"scores": {0: "text"}}
        torch.onnx.export(
            model,
            given,
            whole,
            input_names=names,
            output_names=["scores"],
            dynamic_axes=axes,
            dynamo=False,
            opset_version=17,
        )
        quantize_dynamic(whole, out, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    made = onnx.load(out)
    learnt = base64.b64encode(fingerprints(example.text for example in training()).tobytes()).decode("ascii")
    for key, value in {"names": "\n".join(NAMES), "pieces": "\n".join(pieces), "learnt": learnt}.items():
        made.metadata_props.add(key=key, value=value)
    onnx.save(made, out)
    write_sum(out)
    print(f"{out.name}: {out.stat().st_size / 1e6:.1f} MB")


def check_pieces(pieces: Pieces) -> None:
    """Raises AssertionError where a training text is cut differently than it was in training."""
    tokenizer = AutoTokenizer.from_pretrained(BASE)
    for example in training():
        first, second = pair(Asked(example.text, example.question))
        wanted = tokenizer(first, second, truncation="only_second", max_length=LONGEST)
        found, which = pieces.pair(first, second, LONGEST)
        if (found, which) != (wanted["input_ids"], wanted["token_type_ids"]):
            raise AssertionError(f"a text of {example.source} is cut differently: {len(found)} pieces")


if __name__ == "__main__":
    check_pieces(Pieces.of((BASE / "vocab.txt").read_text(encoding="utf-8").rstrip("\n").split("\n")))
    export(Path(sys.argv[1]), Path(sys.argv[2]))
