"""The floor: the least that any such webhook must do, so that the service can be measured against something.

It checks the signature with the same validator, runs as many SQL statements of the same kinds on the same tables, commits
and answers with empty TwiML; nothing else. No survey, no reading of the words, no session, no pages. The statements go
straight to the driver, and SQLite is set up just as in store/session.py.
"""

from __future__ import annotations

import itertools
import re
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import psycopg
from flask import Flask, Response, abort, request
from sqlalchemy.engine import make_url
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]

from bench.families import AUTH_TOKEN, PATH, PUBLIC_BASE_URL, TEXTS

Run = Callable[[str, Mapping[str, object]], Any]
"""Executes one statement, and returns the driver's cursor."""

_EMPTY = '<?xml version="1.0" encoding="UTF-8"?><Response/>'
_ON_EACH_MESSAGE = 5
_MOVES_PER_CONVERSATION = 2
_SAYING = "Next question? 1 Very good 2 Good 3 OK 4 Poor 5 Very poor"
_STATE = "asking"

FIND = (
    "SELECT c.id, c.invitation_id, i.status, i.stage, i.age_band, c.state, c.survey_id, c.survey_version, c.person_id,"
    " c.channel, c.address, c.opened_at, c.remind_at, c.settle_at FROM conversations c"
    " JOIN invitations i ON i.id = c.invitation_id"
    " WHERE c.closed_at IS NULL AND c.channel = 'sms' AND c.address = :address"
)
KEEP = (
    "INSERT INTO messages (direction, channel, address, text, at, status, conversation_id, provider_id, media_count,"
    " priority, attempts, unsure)"
    " VALUES ('in', 'sms', :address, :text, :now, 'received', :conversation, :sid, 0, 0, 0, :no)"
    " ON CONFLICT DO NOTHING RETURNING id"
)
ANSWER = (
    "INSERT INTO answers (conversation_id, invitation_id, message_id, question, metric, value, score, comment, flags,"
    " survey_id, survey_version, stage, answered_at) VALUES (:conversation, :invitation, :message, :sid, 'overall', 1,"
    " 100, NULL, '', 'parent_closure', 1, 'closure', :now)"
    " ON CONFLICT (conversation_id, question) DO UPDATE SET value = excluded.value"
)
SAVE = "UPDATE conversations SET state = :state, last_heard_at = :now WHERE id = :conversation"
MOVE = "UPDATE invitations SET status = 'partly_answered' WHERE id = :invitation"
NOTE = (
    "INSERT INTO invitation_steps (invitation_id, at, before, after)"
    " VALUES (:invitation, :now, 'asked', 'partly_answered')"
)
QUEUE = (
    "INSERT INTO messages (direction, channel, address, text, at, status, conversation_id, kind, key, media_count,"
    " priority, not_before, next_attempt_at, attempts, unsure) VALUES ('out', 'sms', :address, :saying, :now, 'queued',"
    " :conversation, 'reply', :sid, 0, 0, :now, :now, 0, :no)"
)
STATEMENTS = (FIND, KEEP, ANSWER, SAVE, MOVE, NOTE, QUEUE)


def statements_per_message() -> float:
    """How many SQL statements a message costs the floor; the bench compares it with what it counts on the real path."""
    return _ON_EACH_MESSAGE + 2 * _MOVES_PER_CONVERSATION / len(TEXTS)  # a move is made, and kept


def create_app(database_url: str) -> Flask:
    """Build the program; gunicorn serves it with as many processes and threads as the service."""
    app = Flask(__name__)
    validator = RequestValidator(AUTH_TOKEN)
    transaction = _sqlite(database_url) if database_url.startswith("sqlite") else _postgres(database_url)
    turns = itertools.count()
    moves_every = len(TEXTS) // _MOVES_PER_CONVERSATION

    @app.post(PATH)
    def inbound() -> Response:
        signature = request.headers.get("X-Twilio-Signature", "")
        if not validator.validate(PUBLIC_BASE_URL + PATH, request.form, signature):
            abort(403)
        with transaction() as run:
            _take_in(run, request.form, moves=next(turns) % moves_every == 0)
        return Response(_EMPTY, mimetype="text/xml")

    return app


def _take_in(run: Run, form: Mapping[str, str], *, moves: bool) -> None:
    values: dict[str, object] = {
        "address": form["From"],
        "text": form["Body"].encode(),
        "saying": _SAYING.encode(),
        "state": _STATE,
        "sid": form["MessageSid"],
        "now": datetime.now(UTC).isoformat(sep=" "),
        "no": False,
    }
    values["conversation"], values["invitation"], *_ = run(FIND, values).fetchone()
    values["message"] = run(KEEP, values).fetchone()[0]
    run(ANSWER, values)
    run(SAVE, values)
    if moves:
        run(MOVE, values)
        run(NOTE, values)
    run(QUEUE, values)


def _sqlite(database_url: str) -> Callable[[], Any]:
    here = threading.local()
    path = make_url(database_url).database or ""
    one_writer = threading.Lock()

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(path, isolation_level=None, timeout=15)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}").close()
        return connection

    @contextmanager
    def transaction() -> Iterator[Run]:
        if not hasattr(here, "connection"):
            here.connection = connect()
        connection: sqlite3.Connection = here.connection
        with one_writer:
            connection.execute("BEGIN IMMEDIATE")
            with connection:
                yield connection.execute

    return transaction


def _postgres(database_url: str) -> Callable[[], Any]:
    here = threading.local()
    address = database_url.replace("+psycopg", "", 1)
    in_its_words = {statement: _for_postgres(statement) for statement in STATEMENTS}

    @contextmanager
    def transaction() -> Iterator[Run]:
        if not hasattr(here, "connection"):
            here.connection = psycopg.connect(address)
        connection: psycopg.Connection = here.connection
        with connection.transaction():
            yield lambda statement, values: connection.execute(in_its_words[statement], values)

    return transaction


def _for_postgres(statement: str) -> bytes:
    """The same statement with psycopg's placeholders; it locks the conversation, as SQLite does at BEGIN already."""
    lock = " FOR UPDATE OF c" if statement == FIND else ""
    return (re.sub(r":(\w+)", r"%(\1)s", statement) + lock).encode()
