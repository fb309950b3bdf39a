"""A model file that is missing, damaged or of another version is a clear error, and what is left does the work."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import numpy as np
import pytest

from analysis.models import encoder, lite
from analysis.models.encoder import Encoder
from analysis.models.heads import Asked
from analysis.models.lite import Lite
from analysis.models.loading import SUMS, BadModel, write_sum
from analysis.models.reading import best, load, problems
from analysis.tags import models_tagger

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


def repack(path: Path, **changed: np.ndarray | None) -> None:
    """The same file with arrays changed, or taken out where they are None, and its own sum beside it."""
    with np.load(path) as kept:
        arrays = {name: array for name, array in {**kept, **changed}.items() if array is not None}
    np.savez_compressed(path, **arrays)
    write_sum(path)


@pytest.mark.parametrize(("name", "array"), [("word_hashes", None), ("sign_weights", np.zeros((3, 2)))])
def test_a_linear_model_without_what_this_version_reads_is_refused_when_it_loads(
    folder: Path, name: str, array: np.ndarray | None
):
    repack(folder / lite.FILE.name, **{name: array})
    with pytest.raises(BadModel, match=r"does not hold what this version reads \((KeyError|ValueError)\)"):
        Lite.load(folder / lite.FILE.name)


@pytest.mark.parametrize("content", [b"PK\x03\x04 not a model", b"not even that", b""])
@pytest.mark.parametrize(("model", "file"), MODELS)
def test_a_file_with_its_own_sum_that_is_no_model_is_a_bad_model_and_names_the_error(
    model: Model, file: Path, content: bytes, folder: Path
):
    path = folder / file.name
    path.write_bytes(content)
    write_sum(path)
    with pytest.raises(BadModel, match=r"\(\w+\)\. (Restore|Install what runs it)"):
        model.load(path)


def test_where_the_encoder_cannot_be_run_lite_stands_in(folder: Path):
    (folder / encoder.FILE.name).write_bytes(b"not a model")
    write_sum(folder / encoder.FILE.name)
    found = best(folder)
    assert found is not None
    assert found.name == "lite"


def test_where_the_runner_is_missing_it_is_said_at_start_with_what_to_install(
    folder: Path, monkeypatch: pytest.MonkeyPatch
):
    assert problems(folder) == ()
    problems.cache_clear()
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    (told,) = problems(folder)
    assert told == (
        "the model encoder.onnx can't be used: onnxruntime is not installed. "
        "Install what runs it with `pip install -r requirements.txt`."
    )
    with pytest.raises(BadModel) as problem:
        Encoder.load(folder / encoder.FILE.name)
    assert str(problem.value) == told


def test_a_file_that_may_not_be_read_is_a_bad_model(folder: Path):
    sums = folder / SUMS
    sums.unlink()
    sums.symlink_to(sums)
    shutil.move(folder / lite.FILE.name, folder / "kept")
    (folder / lite.FILE.name).symlink_to(folder / ("x" * 300))
    with pytest.raises(BadModel, match=r"can't be read \(OSError\)"):
        Lite.load(folder / lite.FILE.name)


def test_where_both_are_missing_nothing_is_guessed_and_it_is_said_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    assert best(tmp_path) is None
    assert [record.getMessage().partition(":")[0] for record in caplog.records] == ["the model lite.npz can't be used"]


@pytest.mark.parametrize("model", [None, "lite", "full"])
def test_a_tagger_that_needs_a_model_is_refused_without_one(tmp_path: Path, model: str | None):
    with pytest.raises(BadModel, match=r"lite\.npz can't be used: it is not there"):
        models_tagger(model, tmp_path)


def test_there_is_no_model_of_another_name():
    with pytest.raises(ValueError, match="there is no model 'huge'; write one of: full, lite"):
        load("huge")
