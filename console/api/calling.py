"""One call from beginning to end: the key, the bounds, what is said, the act, the answer.

No session and no cookie is read or set here: the key is the proof, each time. It is looked at before anything else of the
call, and stands in no log and no answer.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import datetime

from flask import Response, g, request
from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from bot import systems
from bot.systems import Admitted, TooMany
from console.api import problems
from console.api.models import Said
from console.api.operations import PATH_PARAMETERS, Call, Operation, Reply
from console.api.problems import Flaw, Problem
from console.api.words import IdempotencyKey
from console.wiring import service
from store import audit
from store.session import Database, DatabaseFault, Session
from store.systems import calls

REALM = 'Bearer realm="Heard"'
REPLAYED = "Idempotent-Replayed"
_KEY_OF_CALL = TypeAdapter(IdempotencyKey)
_DONE_BEFORE = "Use a new idempotency key for each thing that is to be done. Nothing has been changed."


def view_of(operation: Operation) -> Callable[..., Response]:
    """The view that answers calls of an operation."""

    def view(**path: str) -> Response:
        now = service().clock.now()
        admitted = _admit(now)
        _check_scope(operation, admitted)
        parts = {
            "service": service(),
            "now": now,
            "caller": admitted.caller,
            "path": _read_path(path),
            "query": _read_query(operation.query) if operation.query else None,
            "body": _read_body(operation.body) if operation.body else None,
        }
        return _done(operation, lambda session: Call(session=session, **parts))  # type: ignore[arg-type]

    vars(view)["access"] = "system"
    return view


def _admit(now: datetime) -> Admitted:
    """The call, if its key is good and has calls left; what is left goes into the headers of whatever is answered."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        detail = "Send the key as 'Authorization: Bearer heard_…'. 'flask keys add' makes one."
        raise Problem("unauthorised", detail, headers={"WWW-Authenticate": REALM})
    admitted = _counted(token.strip(), now)
    if admitted is None:
        headers = {"WWW-Authenticate": f'{REALM}, error="invalid_token"'}
        raise Problem(
            "unauthorised", "The key is unknown, has ended or was revoked: ask for a new one.", headers=headers
        )
    left = 0 if isinstance(admitted, TooMany) else admitted.left
    g.rate_limit = {
        "RateLimit-Policy": f'"minute";q={admitted.calls_a_minute};w=60',
        "RateLimit": f'"minute";r={left};t={admitted.seconds}',
    }
    if isinstance(admitted, TooMany):
        headers = {"Retry-After": str(admitted.seconds)}
        raise Problem("too-many-calls", "Wait for as long as Retry-After says, then go on.", headers=headers)
    return admitted


def _counted(token: str, now: datetime) -> Admitted | TooMany | None:
    """Look the key up first, and count the call only where it is good: strangers do not queue for the one writer."""
    with service().database.reading() as session:
        if not systems.opens(session, token, now):
            return None
    with service().database.writing() as session:
        return systems.admit(session, token, now)


def _check_scope(operation: Operation, admitted: Admitted) -> None:
    if operation.scope not in admitted.caller.scopes:
        headers = {"WWW-Authenticate": f'{REALM}, error="insufficient_scope", scope="{operation.scope}"'}
        raise Problem("not-in-scope", f"This needs a key with the scope {operation.scope}.", headers=headers)


def _read_path(path: dict[str, str]) -> dict[str, str | int]:
    read: dict[str, str | int] = {}
    for name, text in path.items():
        try:
            read[name] = PATH_PARAMETERS[name].validate_python(text)
        except ValidationError as wrong:
            raise problems.of_parameters(_named(name, wrong)) from None
    return read


def _read_query(kind: type[Said]) -> Said:
    given = request.args.to_dict(flat=False)
    if twice := [name for name, values in given.items() if len(values) > 1]:
        flaws = [Flaw(pointer=None, parameter=name, detail="Give this once.") for name in twice]
        raise Problem("not-valid", "Mend what `errors` lists; nothing has been changed.", errors=flaws)
    try:
        return kind.model_validate({name: values[0] for name, values in given.items()})
    except ValidationError as wrong:
        raise problems.of_parameters(wrong.errors(include_url=False, include_input=False)) from None


def _read_body(kind: type[Said]) -> Said:
    if request.mimetype != "application/json":
        raise Problem("wrong-media-type", "Send the body with 'Content-Type: application/json'.")
    try:
        return kind.model_validate_json(request.get_data(cache=False))
    except ValidationError as wrong:
        raise problems.of_body(wrong.errors(include_url=False, include_input=False)) from None


def _idempotency_key() -> str:
    header = "Idempotency-Key"
    given = request.headers.get(header)
    if given is None:
        flaw = Flaw(
            pointer=None, parameter=header, detail="Make one up for each thing that is to be done: a UUID, say."
        )
        raise Problem("not-valid", "This call needs an idempotency key.", errors=[flaw])
    try:
        return _KEY_OF_CALL.validate_python(given)
    except ValidationError as wrong:
        raise problems.of_parameters(_named(header, wrong)) from None


def _named(name: str, wrong: ValidationError) -> list[ErrorDetails]:
    found = wrong.errors(include_url=False, include_input=False)
    for error in found:
        error["loc"] = (name,)
    return found


def _done(operation: Operation, call_in: Callable[[Session], Call]) -> Response:
    database = service().database
    if operation.method == "GET":
        with database.reading() as session:
            call = call_in(session)
            reply = operation.act(call)
        if reply.did:
            with database.writing() as session:
                _log(session, call, reply)
        return _rendered(reply)
    key = _idempotency_key() if operation.is_post else None

    def act(session: Session) -> Response:
        call = call_in(session)
        return _done_once(operation, call, key) if key else _rendered(_act(operation, call))

    try:
        return _transacted(database, act)
    except Problem as problem:
        if problem.afterwards is not None:
            problem.afterwards()
        raise


def _transacted(database: Database, act: Callable[[Session], Response]) -> Response:
    try:
        return database.transact(act)
    except DatabaseFault:
        # Two calls may have put the same new thing at the same moment. Every call may be done twice, and the second time
        # it finds what the other one has put.
        return database.transact(act)


def _done_once(operation: Operation, call: Call, key: str) -> Response:
    """Do a call, or answer it as the one before it with the same key was answered; all in the call's transaction."""
    said = call.body.model_dump_json() if call.body else ""
    request_hash = hashlib.sha256(f"{request.method} {request.path}\n{said}".encode()).hexdigest()
    kept = calls.claim(call.session, call.caller.key_id, key, request_hash, call.now)
    if kept is None:
        response = _rendered(_act(operation, call))
        answered = {"location": response.headers.get("Location"), "body": response.get_data(as_text=True)}
        calls.keep(call.session, call.caller.key_id, key, response.status_code, json.dumps(answered))
        return response
    if kept.request_hash != request_hash:
        raise Problem("idempotency-key-reused", _DONE_BEFORE)
    answered = json.loads(kept.body)
    response = Response(answered["body"], kept.status, content_type="application/json")
    response.headers[REPLAYED] = "true"
    if answered["location"]:
        response.headers["Location"] = answered["location"]
    return response


def _act(operation: Operation, call: Call) -> Reply:
    reply = operation.act(call)
    if reply.did:
        _log(call.session, call, reply)
    return reply


def _log(session: Session, call: Call, reply: Reply) -> None:
    subject = ", ".join(str(part) for part in call.path.values()) or "results"
    audit.record(
        session, at=call.now, staff_id=None, what=f"{call.caller.name} (a system) {reply.did}", subject=subject
    )


def _rendered(reply: Reply) -> Response:
    body = reply.told.model_dump_json() if reply.told else None
    response = Response(body, reply.status, content_type="application/json" if body else None)
    if not body:
        response.headers.pop("Content-Type", None)
    if reply.location:
        response.headers["Location"] = reply.location
    response.autocorrect_location_header = False
    return response
