"""What comes with Heard: the surveys, and the example council's lines that stand in them. Read once for all tests."""

from __future__ import annotations

from settings import Settings
from surveys import catalogue

LINES = Settings().lines
CATALOGUE = catalogue.load(lines=LINES)
