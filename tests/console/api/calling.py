"""A case system that calls: it sends its key, and JSON."""

from __future__ import annotations

from collections.abc import Collection
from itertools import count

from flask import Flask
from werkzeug.test import TestResponse

from bot import systems
from console.wiring import EXTENSION

PERSON = {"name": "Jo", "mobiles": ["07700 900001"], "safe_contact": "text", "birth_date": "1988-04-02"}
CASE = {
    "level": "intensive",
    "service": "Early Help units",
    "district": "Marlbury",
    "unit": "North",
    "worker": {"email": "sam.worker@council.example", "name": "Sam Worker"},
    "manager": {"email": "mo.manager@council.example", "name": "Mo Manager"},
}
REVIEW = {"stage": "review", "happened_on": "2026-10-05"}


class System:
    """A calling system with a key of its own.

    Attributes:
        token: the key.
    """

    def __init__(
        self,
        app: Flask,
        scopes: Collection[str] = tuple(systems.SCOPES),
        *,
        name: str = "case system",
        a_minute: int = 600,
    ) -> None:
        self._client = app.test_client()
        self._once = count(1)
        service = app.extensions[EXTENSION]
        with service.database.writing() as session:
            self.token = systems.make(session, name, scopes, days=365, calls_a_minute=a_minute, now=service.clock.now())

    def call(self, method: str, path: str, said: object = None, **headers: str) -> TestResponse:
        """Call `path` below /api/v1; a POST with a new idempotency key, unless one is given."""
        sent = {"Authorization": f"Bearer {self.token}"}
        if method == "POST":
            sent["Idempotency-Key"] = f"call-{next(self._once)}"
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        body = {} if said is None else {"json": said}
        return self._client.open(f"/api/v1{path}", method=method, headers=sent, **body)

    def get(self, path: str) -> TestResponse:
        """Read something."""
        return self.call("GET", path)

    def put(self, path: str, said: object) -> TestResponse:
        """Put something."""
        return self.call("PUT", path, said)

    def with_case(self) -> None:
        """Put a case with one person in it."""
        assert self.put("/people/P-1", PERSON).status_code == 201
        assert self.put("/cases/EH-1", CASE).status_code == 201
        assert self.put("/cases/EH-1/participants/P-1", {"role": "parent_carer"}).status_code == 200
