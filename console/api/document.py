"""The OpenAPI 3.1 document, made of the operations and their models: what the code does not have cannot stand in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Literal

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import models_json_schema

from bot.systems import SCOPES
from console.api.calling import REPLAYED
from console.api.models import Said
from console.api.operations import PATH_PARAMETERS, Operation
from console.api.problems import MEDIA_TYPE, TITLES, ProblemTold
from console.api.words import IdempotencyKey

Json = dict[str, Any]
_SCHEMAS = "#/components/schemas/{model}"
_ABOUT = """\
For case systems: people, cases, stage events and results. Every call sends its key as `Authorization: Bearer heard_…`.
What is wrong is told as `application/problem+json` (RFC 9457): 400 is against this document, 422 against the rules that it
cannot show. References stand in addresses, so they must be the calling system's own ids: never anything personal.
"""
_HEADERS: Mapping[str, tuple[str, Json]] = {
    "RateLimit-Policy": ("How many calls the key may make a minute.", {"type": "string"}),
    "RateLimit": ("How many are left in this minute, and its seconds.", {"type": "string"}),
    "Retry-After": ("Seconds to wait.", {"type": "integer", "minimum": 1, "maximum": 60}),
    "WWW-Authenticate": ("What the key must be.", {"type": "string"}),
    "Location": ("Where it is kept.", {"type": "string"}),
    REPLAYED: ("`true`: it had been done before, and this is what it was answered then.", {"const": "true"}),
}
_OF_PROBLEMS: Mapping[int, tuple[str, ...]] = {
    401: ("WWW-Authenticate",),
    403: ("WWW-Authenticate",),
    429: ("Retry-After",),
}
_LIMITS = ("RateLimit-Policy", "RateLimit")


def build(operations: Sequence[Operation]) -> Json:
    """The document of these operations."""
    paths: dict[str, Json] = {}
    for operation in operations:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(operation)
    paths["/openapi.json"] = {"get": _of_the_document()}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Heard", "version": "1", "description": _ABOUT},
        "servers": [{"url": "/api/v1"}],
        "paths": paths,
        "components": {
            "schemas": _schemas(operations),
            "headers": {name: {"description": said, "schema": schema} for name, (said, schema) in _HEADERS.items()},
            "responses": {
                str(status): _problem(status) for status in sorted({status for status, _ in TITLES.values()})
            },
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer", "description": _scopes()}},
        },
    }


def _operation(operation: Operation) -> Json:
    made: Json = {
        "operationId": operation.name,
        "summary": operation.summary,
        "tags": [operation.path.split("/")[1]],
        "security": [{"key": [operation.scope]}],
        "parameters": [*_in_path(operation), *_in_query(operation.query), *_in_header(operation)],
        "responses": {
            **{str(status): _success(operation, status) for status in operation.replies},
            **{str(status): {"$ref": f"#/components/responses/{status}"} for status in operation.problems},
        },
    }
    if operation.body:
        made["requestBody"] = {"required": True, "content": {"application/json": {"schema": _ref(operation.body)}}}
    return made


def _in_path(operation: Operation) -> list[Json]:
    return [
        _parameter(name, "path", PATH_PARAMETERS[name].json_schema(), is_required=True) for name in operation.parameters
    ]


def _in_query(kind: type[Said] | None) -> list[Json]:
    if kind is None:
        return []
    schema = kind.model_json_schema()
    needed = schema.get("required", [])
    return [
        _parameter(name, "query", _never_null(shape), is_required=name in needed)
        for name, shape in schema["properties"].items()
    ]


def _in_header(operation: Operation) -> list[Json]:
    schema = TypeAdapter(IdempotencyKey).json_schema()
    return [_parameter("Idempotency-Key", "header", schema, is_required=True)] if operation.is_post else []


def _parameter(name: str, place: str, schema: Json, *, is_required: bool) -> Json:
    described = {"description": schema.pop("description")} if "description" in schema else {}
    return {"name": name, "in": place, "required": is_required, "schema": schema, **described}


def _never_null(schema: Json) -> Json:
    """A query leaves out what JSON would say is null."""
    shapes = [shape for shape in schema.get("anyOf", []) if shape != {"type": "null"}]
    return shapes[0] if shapes else schema


def _success(operation: Operation, status: int) -> Json:
    told = operation.replies[status]
    names = [*_LIMITS, *(("Location",) if operation.is_post else ())]
    made: Json = {"description": HTTPStatus(status).phrase, "headers": {name: _needed(name) for name in names}}
    if operation.is_post:
        made["headers"][REPLAYED] = {"$ref": f"#/components/headers/{REPLAYED}"}
    if told:
        made["content"] = {"application/json": {"schema": _ref(told)}}
    return made


def _problem(status: int) -> Json:
    titles = "; ".join(title for code, title in TITLES.values() if code == status)
    return {
        "description": f"{titles}.",
        "headers": {
            **{name: _needed(name) for name in _OF_PROBLEMS.get(status, ())},
            **{name: {"$ref": f"#/components/headers/{name}"} for name in _LIMITS},
        },
        "content": {MEDIA_TYPE: {"schema": _ref(ProblemTold)}},
    }


def _needed(name: str) -> Json:
    said, schema = _HEADERS[name]
    return {"description": said, "required": True, "schema": schema}


def _of_the_document() -> Json:
    content = {"application/json": {"schema": {"type": "object", "required": ["openapi", "info", "paths"]}}}
    answers = {
        "200": {"description": "This document.", "content": content},
        "500": {"$ref": "#/components/responses/500"},
    }
    return {"operationId": "read_document", "summary": "This document.", "security": [], "responses": answers}


def _schemas(operations: Sequence[Operation]) -> Json:
    said = {operation.body for operation in operations if operation.body}
    told = {model for operation in operations for model in operation.replies.values() if model} | {ProblemTold}
    models: list[tuple[type[BaseModel], Literal["validation", "serialization"]]] = []
    models += [(model, "validation") for model in sorted(said, key=lambda model: model.__name__)]
    models += [(model, "serialization") for model in sorted(told, key=lambda model: model.__name__)]
    _, made = models_json_schema(models, ref_template=_SCHEMAS)
    schemas: Json = made["$defs"]
    return schemas


def _ref(model: type[BaseModel]) -> Json:
    return {"$ref": _SCHEMAS.format(model=model.__name__)}


def _scopes() -> str:
    listed = "\n".join(f"- `{scope}`: {meaning}" for scope, meaning in SCOPES.items())
    return f"A key that `flask keys add` has made, with its scopes:\n\n{listed}"
