"""What our rules refuse, told as a problem that points at the fields a call has written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from bot.refusals import Refused
from console.api.problems import Flaw, Problem

_POINTERS: Mapping[str, str] = {
    "worker_email": "worker/email",
    "worker_name": "worker/name",
    "manager_email": "manager/email",
    "manager_name": "manager/name",
}
"""Where a call writes what the rules name otherwise."""

_PARAMETERS: Mapping[str, str] = {"other_person": "other_reference", "because": "because"}
"""What a call says in its address."""


@contextmanager
def as_problem(**written_as: str) -> Iterator[None]:
    """Tell what the rules refuse as a problem; nothing has been changed.

    Args:
        written_as: where this call writes what the rules name otherwise, by the rules' name.
    """
    try:
        yield
    except Refused as refused:
        pointers = {**_POINTERS, **written_as}
        flaws = [
            Flaw(
                pointer=None if flaw.field in _PARAMETERS else f"#/{pointers.get(flaw.field, flaw.field)}",
                parameter=_PARAMETERS.get(flaw.field),
                detail=_sentence(flaw.instead),
            )
            for flaw in refused.problems
        ]
    else:
        return
    raise Problem("refused", "Mend what `errors` lists; nothing has been changed.", errors=flaws)


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."
