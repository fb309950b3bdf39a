"""Constants that stand in a statement themselves instead of being bound to it.

For what is bound PostgreSQL plans anew each time, no database uses a partial index, and SQLAlchemy writes a list of values
out at each execution.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, Integer, String, literal_column


def word(constant: str) -> ColumnElement[str]:
    """A word of ours, such as a status; never anything that came from outside.

    Raises:
        ValueError: it is no plain word.
    """
    if not constant.isidentifier():
        raise ValueError("only a plain word may be written into a statement: bind it instead")
    return literal_column(f"'{constant}'", String)


def number(constant: int) -> ColumnElement[int]:
    """A whole number."""
    return literal_column(str(int(constant)), Integer)
