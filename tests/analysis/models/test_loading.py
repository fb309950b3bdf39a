"""A model file that is missing, damaged or of another version is a clear error, and what is left does the work."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from analysis.models import encoder, lite
from analysis.models.encoder import Encoder
from analysis.models.heads import Asked
from analysis.models.lite import Lite
from analysis.models.loading import SUMS, BadModel, write_sum
from analysis.models.reading import best, load

MODELS = (pytest.param(Lite, lite.FILE, id="lite"), pytest.param(Encoder, encoder.FILE, id="encoder"))
Model = type[Lite] | type[Encoder]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the released models that may be damaged."""
    for path in (lite.FILE, encoder.FILE, lite.FILE.with_name(SUMS)):
        shutil.copy(path, tmp_path)
    return tmp_path


@pytest.mark.parametrize(("model", "file"), MODELS)
def test_the_released_file_is_read(model: Model, file: Path, folder: Path):
    assert model.load(folder / file.name).scores([Asked("she listens")]).shape[0] == 1


@pytest.mark.parametrize(("model", "file"), MODELS)
def test_a_missing_file_is_named_with_what_to_do(model: Model, file: Path, folder: Path):
    (folder / file.name).unlink()
    with pytest.raises(BadModel, match=rf"{file.name} can't be used: it is not there. Restore .* or make it anew"):
        model.load(folder / file.name)


@pytest.mark.parametrize("damage", ["one byte", "cut short", "empty", "something else"])
@pytest.mark.parametrize(("model", "file"), MODELS)
def test_a_damaged_file_is_never_used(model: Model, file: Path, damage: str, folder: Path):
    path = folder / file.name
    whole = path.read_bytes()
    middle = len(whole) // 2
    changed = {
        "one byte": whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :],
        "cut short": whole[:middle],
        "empty": b"",
        "something else": b"PK\x03\x04 not a model",
    }[damage]
    path.write_bytes(changed)
    with pytest.raises(BadModel, match="may be damaged"):
        model.load(path)


def test_a_model_made_for_other_outputs_is_refused(folder: Path):
    path = folder / lite.FILE.name
    with np.load(path) as kept:
        arrays = dict(kept) | {"names": np.array(["sentiment.negative"])}
    np.savez_compressed(path, **arrays)
    write_sum(path)
    with pytest.raises(BadModel, match="other outputs"):
        Lite.load(path)


def test_where_the_encoder_is_damaged_lite_stands_in_and_the_log_says_why(
    folder: Path, caplog: pytest.LogCaptureFixture
):
    (folder / encoder.FILE.name).write_bytes(b"")
    found = best(folder)
    assert found is not None
    assert found.name == "lite"
    assert "encoder.onnx can't be used" in caplog.text


def test_where_both_are_missing_nothing_is_guessed(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    assert best(tmp_path) is None
    assert "lite.npz can't be used" in caplog.text


def test_there_is_no_model_of_another_name():
    with pytest.raises(ValueError, match="there is no model 'huge'; write one of: full, lite"):
        load("huge")
