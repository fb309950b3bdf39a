"""What a call is told when it cannot be done: `application/problem+json`, as RFC 9457 has it.

A problem says what to do instead and holds nothing of what was sent, so that it can be logged. `type` is for programs, and
stays; `title` and `detail` are for people. Statuses: 400 is against the document, 422 is against our rules, which no
document can say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import Literal

from flask import Response
from pydantic import Field
from pydantic_core import ErrorDetails
from werkzeug.exceptions import HTTPException

from console.api.models import Told

PREFIX = "/api/v1"
MEDIA_TYPE = "application/problem+json"
_URN = "urn:heard:problem:"

Kind = Literal[
    "not-valid",
    "not-json",
    "unauthorised",
    "not-in-scope",
    "not-found",
    "wrong-method",
    "too-large",
    "wrong-media-type",
    "refused",
    "idempotency-key-reused",
    "too-many-calls",
    "failed",
]
TITLES: Mapping[Kind, tuple[int, str]] = {
    "not-valid": (400, "This is not what the document asks for"),
    "not-json": (400, "This cannot be read as JSON"),
    "unauthorised": (401, "This needs a key that is good"),
    "not-in-scope": (403, "The key is not for this"),
    "not-found": (404, "There is no such thing"),
    "wrong-method": (405, "That cannot be done with this"),
    "too-large": (413, "That is too much at once"),
    "wrong-media-type": (415, "Calls are written in JSON"),
    "refused": (422, "Our rules do not allow this"),
    "idempotency-key-reused": (422, "The idempotency key belongs to another call"),
    "too-many-calls": (429, "Too many calls in this minute"),
    "failed": (500, "Something went wrong on our side"),
}
_OF_HTTP: Mapping[int, tuple[Kind, str]] = {
    404: ("not-found", "Look at the address: /api/v1/openapi.json lists them all."),
    405: ("wrong-method", "Use one of the methods in the header Allow."),
    413: ("too-large", "Send at most 64 KiB at a time."),
}


class Flaw(Told):
    """One thing that is wrong, and what to write instead. It stands in the body or in a parameter, never in both."""

    pointer: str | None = Field(description="Where in the body, as a JSON pointer: `#/mobiles/0`.")
    parameter: str | None = Field(description="Which parameter of the address or which header.")
    detail: str


class ProblemTold(Told):
    """What is wrong, after RFC 9457."""

    type: str = Field(pattern="^urn:heard:problem:[a-z-]+$")
    title: str
    status: int
    detail: str
    errors: list[Flaw]


class Problem(Exception):
    """A call that cannot be done; nothing has been changed.

    Attributes:
        afterwards: what is still to be done once the call has been given up, if anything.
    """

    afterwards: Callable[[], None] | None = None

    def __init__(
        self, kind: Kind, detail: str, *, errors: Iterable[Flaw] = (), headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(kind)
        self.kind: Kind = kind
        self.detail = detail
        self.errors = list(errors)
        self.headers = dict(headers or {})


def is_ours(path: str) -> bool:
    """Whether an address is the API's, so that whatever is wrong with it is told as a problem."""
    return path == PREFIX or path.startswith(f"{PREFIX}/")


def render(problem: Problem) -> Response:
    """The problem as it is sent."""
    status, title = TITLES[problem.kind]
    told = ProblemTold(
        type=_URN + problem.kind, title=title, status=status, detail=problem.detail, errors=problem.errors
    )
    return Response(told.model_dump_json(), status, problem.headers, content_type=MEDIA_TYPE)


def of_http(error: HTTPException) -> Response:
    """What Flask or Werkzeug has refused, as a problem."""
    code = error.code or 500
    kind, detail = _OF_HTTP.get(code, ("failed", "Try again in a minute; if it goes on, tell whoever runs Heard."))
    if 400 <= code < 500 and code not in _OF_HTTP:
        kind, detail = "not-valid", f"{HTTPStatus(code).phrase}. Look at /api/v1/openapi.json for how this is called."
    allowed = {name: value for name, value in error.get_headers() if name == "Allow"}
    return render(Problem(kind, detail, headers=allowed))


def missing(what: str, parameter: str) -> Problem:
    """That something is not kept, or not any more. `parameter`: which part of the address says what."""
    told = f"No {what} is kept under this reference."
    flaw = Flaw(pointer=None, parameter=parameter, detail=told)
    return Problem("not-found", f"{told} Put the {what} first, or look at how the reference is spelt.", errors=[flaw])


def of_body(errors: Iterable[ErrorDetails]) -> Problem:
    """What Pydantic finds wrong in a body."""
    found = list(errors)
    if any(error["type"] == "json_invalid" for error in found):
        return Problem("not-json", "Send one JSON object in UTF-8.")
    flaws = [Flaw(pointer=_pointer(error["loc"]), parameter=None, detail=_instead(error, _INSTEAD)) for error in found]
    return Problem("not-valid", "Mend what `errors` lists; nothing has been changed.", errors=flaws)


def of_parameters(errors: Iterable[ErrorDetails]) -> Problem:
    """What Pydantic finds wrong in parameters of an address or in headers."""
    flaws = [
        Flaw(
            pointer=None,
            parameter=str(error["loc"][0] if error["loc"] else ""),
            detail=_instead(error, _INSTEAD_IN_AN_ADDRESS).replace("'", ""),
        )
        for error in errors
    ]
    return Problem("not-valid", "Mend what `errors` lists; nothing has been changed.", errors=flaws)


def _pointer(location: tuple[int | str, ...]) -> str:
    steps = (str(step).replace("~", "~0").replace("/", "~1") for step in location)
    return "".join(("#", *(f"/{step}" for step in steps)))


_INSTEAD: Mapping[str, str] = {
    "missing": "This must be given: add it.",
    "extra_forbidden": "There is no such field here: leave it out, or look at how it is spelt.",
    "literal_error": "Write one of: {expected}.",
    "string_type": "Write text, in quotation marks.",
    "string_too_long": "Write at most {max_length} characters.",
    "string_pattern_mismatch": "Write it as the document says: characters that cannot be used, or a form that is not ours.",
    "bool_type": "Write true or false, without quotation marks.",
    "list_type": "Write a list, in square brackets.",
    "too_long": "Give at most {max_length}.",
    "model_type": "Write a JSON object, in curly brackets.",
    "not_a_day": "Write a day such as 2026-10-06, in quotation marks.",
    "not_whole": "Write a whole number, in digits.",
    "greater_than_equal": "Write {ge} or more.",
    "less_than_equal": "Write {le} or less.",
}

_INSTEAD_IN_AN_ADDRESS: Mapping[str, str] = {
    **_INSTEAD,
    "extra_forbidden": "There is no such parameter here: leave it out, or look at how it is spelt.",
    "not_a_day": "Write a day such as 2026-10-06.",
}
"""Where everything is text, and quotation marks would be a part of it."""


def _instead(error: ErrorDetails, words: Mapping[str, str]) -> str:
    """What to write instead, in words that hold nothing of what was written."""
    said = words.get(error["type"], "Write it as /api/v1/openapi.json describes it.")
    return said.format_map(error.get("ctx") or {})
