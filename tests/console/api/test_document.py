"""The document: made of the code, and true. Schemathesis calls everything that stands in it, rightly and wrongly."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.serving import make_server

from bot.clock import SystemClock
from bot.systems import SCOPES
from console.api.table import OPERATIONS
from console.wiring import EXTENSION
from store.session import Database
from tests.console.api.calling import System
from tests.console.office import build_app, furnish

CHECKS = """\
[checks.positive_data_acceptance]
# 422 is what our rules refuse though the document allows it: a landline, say. 400 for what it allows is a finding.
expected-statuses = ["2xx", 404, 422]
"""
EXAMPLES = 25
"""So many of each operation in each phase."""


@pytest.fixture
def served(database: Database) -> Iterator[tuple[str, str]]:
    """The whole app on a free port of loopback, with a case and what was answered about it: where, and a key."""
    app = build_app(database.engine.url.render_as_string(hide_password=False), SystemClock())
    service = app.extensions[EXTENSION]
    furnish(service.database, service.clock.now())
    system = System(app, a_minute=6000)
    system.with_case()
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/api/v1", system.token
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        service.database.close()


@pytest.mark.timeout(400)
def test_schemathesis_finds_nothing(served: tuple[str, str], tmp_path: Path):
    address, token = served
    settings = tmp_path / "schemathesis.toml"
    settings.write_text(CHECKS)
    found = subprocess.run(
        [
            Path(sys.executable).with_name("schemathesis"),
            f"--config-file={settings}",
            "run",
            f"{address}/openapi.json",
            f"--header=Authorization: Bearer {token}",
            "--checks=all",
            "--phases=examples,coverage,fuzzing,stateful",
            "--mode=all",
            f"--max-examples={EXAMPLES}",
            "--generation-deterministic",
            "--continue-on-failure",
            "--no-shrink",
            "--no-color",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stdout
    assert f"Tested: {len(OPERATIONS)}" in found.stdout, found.stdout


def test_everything_in_the_document_can_be_called_and_nothing_else(app: Flask):
    paths = app.test_client().get("/api/v1/openapi.json").json["paths"]
    told = {(path, method.upper()) for path, methods in paths.items() for method in methods}
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("api.")]
    served = {
        (rule.rule.removeprefix("/api/v1").replace("<", "{").replace(">", "}"), method)
        for rule in rules
        for method in (rule.methods or set()) - {"HEAD"}
    }
    assert told == served


def test_every_scope_is_asked_for_by_something():
    asked_for = {operation.scope for operation in OPERATIONS}
    assert asked_for | {"results:words"} == set(SCOPES), "results:words opens no door: it shows more behind one"


def test_the_document_is_public_and_says_what_a_key_must_be(app: Flask):
    document = app.test_client().get("/api/v1/openapi.json").json
    assert document["openapi"] == "3.1.0"
    assert document["components"]["securitySchemes"]["key"]["scheme"] == "bearer"
    assert document["paths"]["/people/{reference}"]["put"]["security"] == [{"key": ["people:write"]}]


def test_every_operation_is_guarded(app: Flask):
    for operation in OPERATIONS:
        path = operation.path.replace("{event_id}", "1").replace("{", "").replace("}", "")
        answer = app.test_client().open(f"/api/v1{path}", method=operation.method)
        assert answer.status_code == 401, operation.name
