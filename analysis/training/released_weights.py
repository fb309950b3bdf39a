"""Reads an exported encoder back as the PyTorch weights that it was made of, as near as its eight bits tell them.

So training can go on from the released encoder, by a council with its own corrections among others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

_LOOKS = "looks.weight"
_BODY = "body."
_WHOLE = "_quantized"


def released_weights(path: Path) -> dict[str, torch.Tensor]:
    """The weights of the encoder that `export_encoder` wrote to `path`, by their names in `train_encoder.Encoder`."""
    graph = onnx.load(path).graph
    arrays = {array.name: numpy_helper.to_array(array) for array in graph.initializer}
    found = {name: array for name, array in arrays.items() if array.dtype == np.float32 and not name.endswith("_scale")}
    for name in arrays:
        if name.startswith(_BODY) and name.endswith(_WHOLE):
            found[name.removesuffix(_WHOLE)] = _real(arrays, name)
    for name, quantized in _layers(graph):
        found[name] = _real(arrays, quantized).T
    return {name: torch.tensor(np.ascontiguousarray(array)) for name, array in found.items()}


def _real(arrays: Mapping[str, np.ndarray], quantized: str) -> np.ndarray:
    """A quantized array as the numbers that it stands for."""
    stem = quantized.removesuffix(_WHOLE)
    steps = arrays[quantized].astype(np.float32) - arrays[f"{stem}_zero_point"].astype(np.float32)
    numbers: np.ndarray = steps * arrays[f"{stem}_scale"]
    return numbers


def _layers(graph: onnx.GraphProto) -> Iterator[tuple[str, str]]:
    """The weights of each linear layer, by name, and the quantized array that holds them: its bias tells which it is."""
    users = {name: node for node in graph.node for name in node.input}
    for node in graph.node:
        if node.op_type == "MatMulInteger" and node.input[1].endswith(_WHOLE):
            after = users[users[users[node.output[0]].output[0]].output[0]]
            biases = [name for name in after.input if name.endswith(".bias")]
            yield (biases[0].removesuffix("bias") + "weight" if biases else _LOOKS), node.input[1]
