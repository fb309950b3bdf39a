"""The addresses of `/api/v1`, made of the table of operations."""

from __future__ import annotations

import json

from flask import Blueprint, Response, g, request

from console.access import public
from console.api import document, problems
from console.api.calling import view_of
from console.api.problems import PREFIX, Problem
from console.api.table import OPERATIONS

LARGEST_REQUEST = 64 * 1024

pages = Blueprint("api", __name__, url_prefix=PREFIX)


for _operation in OPERATIONS:
    pages.add_url_rule(
        _operation.path.replace("{", "<").replace("}", ">"),
        endpoint=_operation.name,
        view_func=view_of(_operation),
        methods=[_operation.method],
        provide_automatic_options=False,
    )
_DOCUMENT = json.dumps(document.build(OPERATIONS), indent=1)


@pages.get("/openapi.json", provide_automatic_options=False)
@public
def read_document() -> Response:
    """What can be called, and how."""
    return Response(_DOCUMENT, content_type="application/json")


@pages.before_request
def bound() -> None:
    """Take no more than a call can need."""
    request.max_content_length = LARGEST_REQUEST


@pages.after_request
def tell_limits(response: Response) -> Response:
    """Tell the caller how many calls are left, whatever is answered."""
    response.headers.extend(g.pop("rate_limit", {}))
    return response


@pages.errorhandler(Problem)
def refused(problem: Problem) -> Response:
    """What a call is told when it cannot be done."""
    return problems.render(problem)
