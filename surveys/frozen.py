"""The base of every model that definition files are read into."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

IDENTIFIER = r"^[a-z][a-z0-9_]*$"
Identifier = Annotated[str, Field(pattern=IDENTIFIER, max_length=60)]
Words = Annotated[str, Field(min_length=1)]


class Frozen(BaseModel):
    """Strict, so that an unquoted `Yes` (which YAML reads as true) is told of, never turned into a word of ours."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
