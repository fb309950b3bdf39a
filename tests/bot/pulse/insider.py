"""Somebody on the inside, with copies of the whole database from every night and all log lines, who wants to know who said what.

They know every table, but trust no name of a column: rows belong together where one references the other, or where both
hold a value that hardly any other row holds, or the digest of one. They lay the order of rows beside each other, on the
disk too, see what has changed from night to night, and read the minute off the numbers of rows that stand between others.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from random import Random
from typing import Any

from sqlalchemy import MetaData, text

from store.session import Database

Key = tuple[str, tuple[Any, ...]]
Dump = dict[Key, dict[str, Any]]
Belongs = dict[Key, set[int]]
PLACE = "place on the disk"
TELLING_IN = 6
"""A value that stands in more rows than that tells nothing."""
_VALUES = re.compile(r"[A-Za-z0-9_@.:+-]{8,}")


@dataclass
class Copies:
    """All that the insider has. `references`: which columns of a table lead to which other table."""

    nights: list[Dump]
    log: list[str]
    references: dict[str, dict[str, str]]


def dump(database: Database) -> tuple[Dump, dict[str, dict[str, str]]]:
    """Every table, every column and every row, as the database itself describes them; and what references what."""
    metadata = MetaData()
    metadata.reflect(database.engine)
    place = "rowid" if database.is_sqlite else "ctid"
    rows: Dump = {}
    references: dict[str, dict[str, str]] = {}
    with database.engine.connect() as connection:
        for table in metadata.sorted_tables:
            keys = [column.name for column in table.primary_key]
            references[table.name] = {
                key.parent.name: key.column.table.name for key in table.foreign_keys if len(table.primary_key) >= 1
            }
            found = connection.execute(text(f'SELECT {place} AS "{PLACE}", * FROM {table.name}')).mappings()  # noqa: S608
            for row in found:
                values = {name: _readable(value) for name, value in row.items()}
                rows[table.name, tuple(values[key] for key in keys)] = values
    return rows, references


def _readable(value: Any) -> Any:
    return bytes(value).decode("utf-8", "replace") if isinstance(value, bytes | memoryview) else value


class Insider:
    """Looks through the copies, and guesses."""

    def __init__(self, copies: Copies, random: Random) -> None:
        """`random`: what is guessed by, where nothing tells."""
        self._copies, self._random = copies, random
        self._rows: dict[Key, list[dict[str, Any]]] = defaultdict(list)
        for night in copies.nights:
            for key, row in night.items():
                self._rows[key].append(row)
        for number, line in enumerate(copies.log):
            self._rows["log", (number,)].append({"line": line})
        self._staff = [key[1][0] for key in self._rows if key[0] == "staff"]
        self._sharing = self._values()

    def guesses(self, markers: Sequence[str]) -> Iterator[tuple[str, dict[str, int]]]:
        """Every way of guessing, with whom it takes each answer to be from; answers are known by a word in them."""
        known = self._belonging()
        yield "what belongs together", self._by_changes(markers, known)
        for name, order in self._orders(known).items():
            tickets = sorted(self._newest("tickets"), key=lambda key: _place(self._rows[key][0][PLACE]))
            if len(order) == len(tickets):
                lined_up = {**known, **{ticket: {who} for ticket, who in zip(tickets, order, strict=True)}}
                yield f"the order of {name}", self._by_changes(markers, lined_up)
        yield "the minute", self._by_minute(markers)

    def _values(self) -> dict[str, set[Key]]:
        """Which rows hold a value that hardly any other row holds, or its digest."""
        holding: dict[str, set[Key]] = defaultdict(set)
        for key, versions in self._rows.items():
            for value in {each for row in versions for field in row.values() for each in _values_in(field)}:
                holding[value].add(key)
                holding[_digest(value)].add(key)
        return {value: keys for value, keys in holding.items() if 2 <= len(keys) <= TELLING_IN}

    def _belonging(self) -> Belongs:
        """Whose each row is. What references somebody's row is theirs, and what shares a telling value; and so is a row
        that is referenced by theirs alone."""
        belongs: Belongs = {key: {key[1][0]} for key in self._rows if key[0] == "staff"}
        children = self._children()
        while True:
            new: Belongs = defaultdict(set)
            for parent, referring in children.items():
                for child in referring:
                    new[child] |= belongs.get(parent, set())
                owners = [belongs[child] for child in referring if child in belongs]
                if owners and all(len(owner) == 1 for owner in owners) and len(set().union(*owners)) == 1:
                    new[parent] |= owners[0]
            for keys in self._sharing.values():
                owners = set().union(*(belongs.get(key, set()) for key in keys))
                for key in keys:
                    new[key] |= owners
            fresh = {key: who for key, who in new.items() if who and key not in belongs}
            if not fresh:
                return {key: who for key, who in belongs.items() if len(who) == 1}
            belongs |= fresh

    def _children(self) -> dict[Key, set[Key]]:
        children: dict[Key, set[Key]] = defaultdict(set)
        for key, versions in self._rows.items():
            for column, table in self._copies.references.get(key[0], {}).items():
                for row in versions:
                    if row[column] is not None and key != (table, (row[column],)):
                        children[table, (row[column],)].add(key)
        return children

    def _by_changes(self, markers: Sequence[str], known: Mapping[Key, set[int]]) -> dict[str, int]:
        """Whoever has most rows of their own that changed on the night on which an answer turned up."""
        found = {}
        for marker in markers:
            answer = next(key for key in self._newest("answers") if marker in str(self._rows[key][-1]["comment"]))
            if answer in known:
                found[marker] = next(iter(known[answer]))
                continue
            night = next(place for place, rows in enumerate(self._copies.nights) if marker in all_words(rows))
            changed = Counter(self._whose_changed(night, known))
            colleagues = self._colleagues(answer)
            most = max(changed[who] for who in colleagues)
            found[marker] = self._random.choice([who for who in colleagues if changed[who] == most])
        return found

    def _whose_changed(self, night: int, known: Mapping[Key, set[int]]) -> Iterator[int]:
        before, after = self._copies.nights[night - 1], self._copies.nights[night]
        for key in before.keys() | after.keys():
            was, now = ({k: v for k, v in side.get(key, {}).items() if k != PLACE} for side in (before, after))
            if was != now and key in known:
                yield next(iter(known[key]))

    def _colleagues(self, answer: Key) -> list[int]:
        """Those of the team that an answer's own rows name."""
        talk = self._rows["conversations", (self._rows[answer][-1]["conversation_id"],)][-1]
        unit = self._rows["open_surveys", (talk["open_survey_id"],)][-1]["unit_id"]
        return [who for who in self._staff if self._rows["staff", (who,)][-1]["unit_id"] == unit]

    def _orders(self, known: Mapping[Key, set[int]]) -> dict[str, list[int]]:
        """Orders in which everybody stands somewhere: by the number, by the place on the disk, by a time."""
        found: dict[str, list[int]] = {"staff": sorted(self._staff)}
        for table in ("pulse_asked", "messages"):
            theirs = [key for key in self._newest(table) if key in known]
            by: dict[str, Callable[[Key], Any]] = {
                "number": lambda key: key[1],
                "place": lambda key: _place(self._rows[key][0][PLACE]),
                "sending": lambda key: (str(self._rows[key][0].get("sent_at")), key[1]),
            }
            for name, order in by.items():
                owners = [next(iter(known[key])) for key in sorted(theirs, key=order)]
                found[f"{table}, by {name}"] = list(dict.fromkeys(owners))
        return found

    def _by_minute(self, markers: Sequence[str]) -> dict[str, int]:
        """Whoever did something with their name on it closest to when the rows beside an answer's were written."""
        exact = sorted((key[1][0], _moment(row["at"])) for key, row in self._last("messages") if _is_exact(row["at"]))
        acts = [(row["staff_id"], _moment(row["at"])) for _, row in self._last("audit_log") if row["staff_id"]]
        found = {}
        for marker in markers:
            answer = next(key for key in self._newest("answers") if marker in str(self._rows[key][-1]["comment"]))
            number = self._rows[answer][-1]["message_id"]
            before = max((at for each, at in exact if each < number), default=exact[0][1])
            after = min((at for each, at in exact if each > number), default=before + timedelta(days=1))
            middle, colleagues = before + (after - before) / 2, self._colleagues(answer)
            theirs = [(abs(at - middle), who) for who, at in acts if who in colleagues]
            found[marker] = min(theirs)[1]
        return found

    def _newest(self, table: str) -> list[Key]:
        return [key for key in self._copies.nights[-1] if key[0] == table]

    def _last(self, table: str) -> list[tuple[Key, dict[str, Any]]]:
        return [(key, row) for key, row in self._copies.nights[-1].items() if key[0] == table]


def _values_in(field: Any) -> set[str]:
    return set(_VALUES.findall(field)) if isinstance(field, str) else set()


@lru_cache(maxsize=100_000)
def _digest(value: str) -> str:
    return sha256(value.encode()).hexdigest()


def _place(place: Any) -> tuple[int, ...]:
    """A place on the disk that can be compared: SQLite's number, or PostgreSQL's "(page,line)"."""
    return tuple(int(part) for part in re.findall(r"\d+", str(place)))


def _moment(at: Any) -> datetime:
    return datetime.fromisoformat(at).replace(tzinfo=None) if isinstance(at, str) else at.replace(tzinfo=None)


def _is_exact(at: Any) -> bool:
    moment = _moment(at)
    return bool(moment.minute or moment.second)


def all_words(rows: Dump) -> str:
    return "\n".join(str(row.get("comment")) for key, row in rows.items() if key[0] == "answers")
