"""Nothing that is measured on was ever trained on: not in the corpora, and not in the models that are released."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from analysis.models.heads import NAMES
from analysis.models.reading import load
from analysis.training import shared_data
from analysis.training.corpora import measuring, training
from analysis.training.evaluate import check_apart, learnt_by
from analysis.training.examples import Example, essence, fingerprints
from analysis.training.labels import targets

HEADERS = {
    "px_phase2.csv": "id,split,text,question_type,service,copies,sentiment,sentiment5,kind,themes,themes_fine,labelled_themes",
    "px_phase1.csv": "id,split,text,question_type,copies,sentiment,criticality,themes,themes_fine",
    "vader_tweets.csv": "id,split,text,score,sentiment",
    "goemotions_polarity.csv": "id,split,text,sentiment,emotions",
    "sms_ham.csv": "id,split,text",
    "risk_px_labels.csv": "id,split,risk,text",
    "risk_authored.csv": "id,split,risk,category,text",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Shared data of the same shape, with invented rows."""
    for name, header in HEADERS.items():
        (tmp_path / name).write_text(f"{header}\n", encoding="utf-8")
    return tmp_path


def add(folder: Path, name: str, row: str) -> None:
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write(f"{row}\n")


def texts(examples: list[Example]) -> set[str]:
    return {example.text for example in examples}


def test_a_text_that_is_measured_anywhere_is_learnt_nowhere(folder: Path):
    add(folder, "vader_tweets.csv", "t1,train,Our Bus Was Late AGAIN!!,-1,negative")
    add(folder, "vader_tweets.csv", "t2,train,the lime trees are out,1,positive")
    add(folder, "goemotions_polarity.csv", "g1,dev,our bus was late again,negative,annoyance")
    learnt = texts(training(folder))
    assert "the lime trees are out" in learnt
    assert "Our Bus Was Late AGAIN!!" not in learnt
    assert "our bus was late again" in texts(measuring(folder))


def test_ordinary_messages_are_only_ever_measured(folder: Path):
    add(folder, "sms_ham.csv", "s1,train,see you at the chippy at six")
    assert "see you at the chippy at six" not in texts(training(folder))
    assert "see you at the chippy at six" in texts(measuring(folder))


def test_held_back_authors_are_only_ever_measured(folder: Path):
    held = {example.group for example in measuring(folder) if example.group}
    assert held
    assert held.isdisjoint(example.group for example in training(folder))


def test_without_the_shared_data_the_invented_corpus_is_what_there_is(tmp_path: Path):
    assert shared_data.shared(tmp_path / "nowhere") == []
    assert {example.source for example in training(tmp_path / "nowhere")} == {"feedback", "disclosures", "harmless"}


def test_what_a_councils_own_people_corrected_is_learnt(folder: Path, tmp_path: Path):
    corrections = tmp_path / "corrections.csv"
    corrections.write_text(
        "text,audience,question,sentiment,themes,complaint,compliment\n"
        "the new lad is grand,parent_carer,free_good,positive,continuity:neg|respect_warmth:pos,0,1\n",
        encoding="utf-8",
    )
    learnt = {example.text: example for example in training(folder, corrections)}
    found = learnt["the new lad is grand"]
    assert (found.sentiment, found.themes) == ("positive", {"continuity": "neg", "respect_warmth": "pos"})
    assert found.compliment == 1
    named = dict(zip(NAMES, targets([found])[0].tolist(), strict=True))
    assert named["complaint"] == 0
    assert math.isnan(named["concern"]), "nobody was asked whether it is a concern"
    assert math.isnan(named["urgent"])


def test_the_released_models_have_learnt_from_nothing_that_is_measured():
    check_apart(measuring(), learnt_by(load("full")))


def test_a_model_that_has_learnt_what_is_measured_is_refused():
    measured = [Example(text="She rang us back, twice.", source="feedback", part="dev")]
    learnt = {"lite": set(fingerprints(["she rang us back twice"]).tolist())}
    with pytest.raises(SystemExit, match="lite has learnt from 1 of the texts that are measured on"):
        check_apart(measured, learnt)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Great worker!", "great  worker", True),
        ("don’t", "dont", True),
        ("café", "CAFE", True),
        ("👍", "👎", False),
        ("she came", "she came late", False),
    ],
)
def test_texts_are_the_same_whatever_their_dress(one: str, other: str, same: bool):
    assert (essence(one) == essence(other)) is same
