"""What has been sent stays as it was: an answer means what its question said on the day.

`published.json` holds a hash of every version of every survey. Whoever changes a wording, an option, a score or a
translation gives the survey a new version, and keeps the file of the old one beside it.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.conversation.events import Invited, Reply
from bot.conversation.state import State
from bot.conversation.step import step
from surveys.catalogue import load
from surveys.checking.files import DEFINITIONS
from tests.bot.conversation.play import NAMES, NOW
from tests.shipped import LINES

PUBLISHED = Path(__file__).with_name("published.json")
SURVEYS = [path for path in sorted(DEFINITIONS.glob("*.yaml")) if path.name != "messages.yaml"]


def fingerprint(content: Mapping[str, Any]) -> str:
    """Give the hash of all that people are sent and that answers are scored by; the title only staff see."""
    sent = {key: value for key, value in content.items() if key != "title"}
    return hashlib.sha256(json.dumps(sent, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def not_as_published(folder: Path, published: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Say of each definition that is not as it was published what to do about it."""
    told, seen = [], set()
    for path in sorted(folder.glob("*.yaml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        if path.name == "messages.yaml":
            continue
        name, version, now = content["id"], str(content["version"]), fingerprint(content)
        seen.add((name, version))
        known = published.get(name, {}).get(version)
        if known is None:
            told.append(f'{path.name}: version {version} has no hash. Add under "{name}": "{version}": "{now}"')
        elif known != now:
            told.append(
                f"{path.name}: version {version} has been sent as it was. Give it a new version: "
                f"write version: {int(version) + 1}, keep the old file as {name}.v{version}.yaml, "
                f'and add under "{name}": "{int(version) + 1}" and the hash that this test then names.'
            )
    gone = [(name, version) for name in published for version in published[name] if (name, version) not in seen]
    told += [
        f"{name}: the file of version {version} is gone, and answers name it. Put it back." for name, version in gone
    ]
    return told


def test_every_published_version_is_as_it_was_sent():
    assert not_as_published(DEFINITIONS, json.loads(PUBLISHED.read_text())) == []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(DEFINITIONS, tmp_path / "definitions")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('label: "Better"', 'label: "Good"', "keep the old file as parent_review.v1.yaml"),
        ("score: 75", "score: 70", "Give it a new version: write version: 2"),
        ("delay_days: 1", "delay_days: 2", "Give it a new version"),
        ("version: 1", "version: 2", 'version 2 has no hash. Add under "parent_review": "2": "'),
        ("version: 1", "version: 2", "the file of version 1 is gone"),
        ('title: "Parents and carers: formal review"', 'title: "Review"', None),
        ("channels:", "# a remark\nchannels:", None),
    ],
)
def test_a_change_to_what_was_sent_is_told_of_with_what_to_do(folder: Path, old: str, new: str, told: str | None):
    path = folder / "parent_review.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = not_as_published(folder, json.loads(PUBLISHED.read_text()))
    assert [line for line in found if told and told in line] if told else found == []


def test_a_conversation_stays_on_the_version_it_began_with(folder: Path):
    old = (folder / "parent_review.yaml").read_text(encoding="utf-8")
    (folder / "parent_review.v1.yaml").write_text(old, encoding="utf-8")
    newer = old.replace("version: 1", "version: 2").replace("Stayed the same", "No change")
    (folder / "parent_review.yaml").write_text(newer, encoding="utf-8")
    catalogue = load(folder, lines=LINES)
    began_with = catalogue.get("parent_review", 1)
    state, _ = step(State.new(began_with, NAMES), began_with, Invited(first_contact=False), NOW)
    for text in ("GO", "7"):
        survey = catalogue.get(state.survey_id, state.survey_version)
        state, effects = step(State.from_json(state.to_json()), survey, Reply(text), NOW)
    assert "2 Stayed the same" in effects[-1].text
    assert catalogue.get("parent_review").version == 2
    assert "No change" in [option.label for option in catalogue.get("parent_review").question("q2").options]
