"""How a view declares who may use it; a test walks every route of the app and looks for the declaration.

Holds no rule about who may do what: `app` and `console` do.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, TypeVar

View = TypeVar("View", bound=Callable[..., Any])

Who = Literal["provider", "public"]


def open_to(who: Who) -> Callable[[View], View]:
    """Set `access` on a view: `provider` proves itself by a signature, `public` is anybody who can reach the page."""

    def mark(view: View) -> View:
        view.__dict__["access"] = who
        return view

    return mark
