"""What a call is told when it cannot be done: what to write instead, and nothing of what was sent."""

from __future__ import annotations

import pytest
from flask import Flask

from console.api.problems import TITLES
from store.session import Database
from tests.console.api.calling import PERSON, System

BROKEN = [
    ({"name": ""}, "#/name", "Write it as the document says"),
    ({"name": " Jo"}, "#/name", "Write it as the document says"),
    ({"name": "zebra" * 20}, "#/name", "Write at most 40 characters."),
    ({"name": "zebra\x00"}, "#/name", "Write it as the document says"),
    ({"name": None}, "#/name", "Write text, in quotation marks."),
    ({"birth_date": "zebra"}, "#/birth_date", "Write a day such as 2026-10-06"),
    ({"birth_date": "2026-02-30"}, "#/birth_date", "Write a day such as 2026-10-06"),
    ({"birth_date": 12345}, "#/birth_date", "Write a day such as 2026-10-06"),
    ({"birth_date": "2026-10-06T00:00:00"}, "#/birth_date", "Write a day such as 2026-10-06"),
    ({"age_band": "zebra"}, "#/age_band", "Write one of: 'under_8', '8-10', '11-15' or '16-25'."),
    ({"easy_read": 1}, "#/easy_read", "Write true or false"),
    ({"safe_contact": "zebra"}, "#/safe_contact", "Write one of: 'text', 'discreet' or 'none'."),
    ({"mobiles": "07700 900001"}, "#/mobiles", "Write a list"),
    ({"mobiles": ["07700 900001"] * 6}, "#/mobiles", "Give at most 5."),
    ({"emails": ["zebra"]}, "#/emails/0", "Write it as the document says"),
    ({"nickname": "zebra"}, "#/nickname", "There is no such field here"),
    ({"a/b~c": "zebra"}, "#/a~1b~0c", "There is no such field here"),
]


@pytest.mark.parametrize(("changes", "pointer", "instead"), BROKEN)
def test_each_flaw_is_pointed_at_with_what_to_write_instead(
    settled: System, changes: dict[str, object], pointer: str, instead: str
):
    answer = settled.put("/people/P-0", PERSON | changes)
    assert answer.status_code == 400
    assert answer.content_type == "application/problem+json"
    (flaw,) = answer.json["errors"]
    assert (flaw["pointer"], flaw["parameter"]) == (pointer, None)
    assert flaw["detail"].startswith(instead)
    assert "zebra" not in answer.text, "a problem may be logged: nothing of what was sent may stand in it"
    assert settled.get("/people/P-0").status_code == 404, "and nothing has been kept"


def test_every_flaw_is_told_at_once(settled: System):
    answer = settled.put("/cases/EH-1", {"level": "zebra", "worker": {"email": "zebra"}})
    pointers = {flaw["pointer"] for flaw in answer.json["errors"]}
    assert {"#/level", "#/service", "#/unit", "#/worker/email", "#/worker/name", "#/manager"} <= pointers


@pytest.mark.parametrize(
    "reference",
    [
        "jo@example.org",
        "07700900123",
        "0770-0900-123",
        "+447700900123",
        "Jo Bright",
        "%20",
        "9434765919",
        "x" * 41,
        "é",
        "a%00",
    ],
)
def test_a_reference_that_may_be_personal_is_refused(settled: System, reference: str):
    answer = settled.put(f"/people/{reference}", PERSON)
    assert answer.status_code == 400
    assert answer.json["errors"][0]["parameter"] == "reference"


@pytest.mark.parametrize(
    "reference", ["1", "123456789", "2026-1042", "EH-1042", "p_17.b", "01234567-0123-0123-0123-012345678901", "A" * 30]
)
def test_a_reference_of_a_case_system_is_taken(settled: System, reference: str):
    assert settled.put(f"/people/{reference}", PERSON).status_code == 201
    assert settled.get(f"/people/{reference}").json["reference"] == reference


@pytest.mark.parametrize(
    ("body", "content_type", "status", "kind"),
    [
        (b"{", "application/json", 400, "not-json"),
        (b"", "application/json", 400, "not-json"),
        (b'{"name": "\xff"}', "application/json", 400, "not-json"),
        (b'{"name": "\\ud800"}', "application/json", 400, "not-json"),
        (b"[]", "application/json", 400, "not-valid"),
        (b"null", "application/json", 400, "not-valid"),
        (b"name=Jo", "application/x-www-form-urlencoded", 415, "wrong-media-type"),
        (b'{"name": "Jo"}', "text/plain", 415, "wrong-media-type"),
        (b'{"name": "Jo"}', None, 415, "wrong-media-type"),
        (b'{"name": "' + b"o" * 70_000 + b'"}', "application/json", 413, "too-large"),
    ],
)
def test_what_cannot_be_read_is_refused(
    settled_app: Flask, settled: System, body: bytes, content_type: str | None, status: int, kind: str
):
    answer = settled_app.test_client().put(
        "/api/v1/people/P-1",
        data=body,
        content_type=content_type,
        headers={"Authorization": f"Bearer {settled.token}"},
    )
    assert (answer.status_code, answer.json["type"]) == (status, f"urn:heard:problem:{kind}")
    assert "RateLimit" in answer.headers


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/nothing", 404),
        ("GET", "/api/v1", 404),
        ("DELETE", "/api/v1", 404),
        ("GET", "/api/v1/", 404),
        ("GET", "/api/v1//people/P-1", 404),
        ("GET", "/api/v1/people/", 404),
        ("GET", "/api/v1/people/a%2Fb", 404),
        ("POST", "/api/v1/people/P-1", 405),
        ("TRACE", "/api/v1/people/P-1", 405),
        ("OPTIONS", "/api/v1/people/P-1", 405),
        ("POST", "/api/v1/openapi.json", 405),
    ],
)
def test_what_is_not_there_is_a_problem_too(settled_app: Flask, method: str, path: str, status: int):
    answer = settled_app.test_client().open(path, method=method)
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    assert answer.json["status"] == status
    assert ("Allow" in answer.headers) == (status == 405)


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("", "since"),
        ("?since=", "since"),
        ("?since=1700000000", "since"),
        ("?since=2026-10-01&since=2026-10-02", "since"),
        ("?since=2026-10-01&limit=0", "limit"),
        ("?since=2026-10-01&limit=501", "limit"),
        ("?since=2026-10-01&limit=1.0", "limit"),
        ("?since=2026-10-01&after=%20", "after"),
        ("?since=2026-10-01&sinse=2026-10-01", "sinse"),
    ],
)
def test_a_query_that_is_not_in_the_document_is_refused(settled: System, query: str, parameter: str):
    answer = settled.get(f"/results/answers{query}")
    assert answer.status_code == 400
    assert parameter in {flaw["parameter"] for flaw in answer.json["errors"]}


@pytest.mark.parametrize(
    ("query", "instead"),
    [
        ("by=stage&since=soon", "Write a day such as 2026-10-06."),
        ("by=stage&since=2026-10-01&x=1", "There is no such parameter here: leave it out, or look at how it is spelt."),
        (
            "since=2026-10-01&by=colour",
            "Write one of: worker, unit, service, district, area, stage, audience, age_band or month.",
        ),
    ],
)
def test_what_is_wrong_in_an_address_is_not_told_in_the_words_of_json(settled: System, query: str, instead: str):
    assert settled.get(f"/results/coverage?{query}").json["errors"][0]["detail"] == instead


@pytest.mark.parametrize(
    ("path", "what", "parameter"),
    [
        ("/cases/EH-99", "case", "reference"),
        ("/people/P-99", "person", "reference"),
        ("/cases/EH-1/participants/P-99", "person", "person_reference"),
        ("/cases/EH-99/participants/P-1", "case", "reference"),
    ],
)
def test_it_says_what_was_not_found(settled: System, path: str, what: str, parameter: str):
    answer = settled.put(path, {"role": "parent_carer"}) if "participants" in path else settled.get(path)
    assert answer.status_code == 404
    assert answer.json["detail"].startswith(f"No {what} is kept under this reference.")
    assert [flaw["parameter"] for flaw in answer.json["errors"]] == [parameter]


@pytest.mark.parametrize(
    "cursor",
    ["x", "zebra", "MA", "LTE", "OTk5OTk5OTk5OTk5", "_w", "MjAyNi0xMC0wNiAx", "MTk5OS0xMC0wNlQwMDowMDowMFogMQ"],
)
@pytest.mark.parametrize("path", ["/results/answers?since=2026-10-01&after=", "/cases/EH-1/events?after="])
def test_a_cursor_that_is_not_ours_is_refused(settled: System, path: str, cursor: str):
    answer = settled.get(path + cursor)
    assert answer.status_code == 422
    assert answer.json["errors"] == [
        {"pointer": None, "parameter": "after", "detail": "Give the `next` of the page before, or leave this out."}
    ]


def test_a_fault_of_ours_is_a_problem_that_tells_nothing(app: Flask, sqlite: Database):
    system = System(app)
    with sqlite.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE people RENAME TO zebras")
    app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = system.get("/people/P-1")
    assert (answer.status_code, answer.json["type"]) == (500, "urn:heard:problem:failed")
    assert "zebra" not in answer.text


def test_statuses_and_problems_stay():
    """Programs rely on them: a new one may be added, none may change."""
    assert {kind: status for kind, (status, _) in TITLES.items()} == {
        "not-valid": 400,
        "not-json": 400,
        "unauthorised": 401,
        "not-in-scope": 403,
        "not-found": 404,
        "wrong-method": 405,
        "too-large": 413,
        "wrong-media-type": 415,
        "refused": 422,
        "idempotency-key-reused": 422,
        "too-many-calls": 429,
        "failed": 500,
    }
