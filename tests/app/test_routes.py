"""Every route says who may use it, so that no page is open because somebody forgot."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.console.office import ROLES, Browser

STATIC = ("console.static", "bootstrap.static", "handset.static", "webchat.static")
WITHOUT_SESSION = "webchat."
"""Pages whose visitors have no session that a stranger's form could use: the link itself is the proof, or none is asked."""
NOT_STAFF = ("public", "provider", "system")
"""Open to anyone, to providers who prove themselves by a signature, and to systems that prove themselves by a key."""

WHAT_TO_WRITE = (
    "{endpoint} ({rule}) does not say who may use it. Put @public, @signed_in or @only('duty', ...) from "
    "console.access below its route; a view outside the console sets view.access to 'public', or to 'provider' where a "
    "signature proves its caller. For a calling system, add an operation to console/api/table.py."
)


def rules(app: Flask) -> Iterator[Rule]:
    for rule in app.url_map.iter_rules():
        if rule.endpoint not in STATIC:
            yield rule


def access_of(app: Flask, rule: Rule) -> str | None:
    view: Callable[..., object] = app.view_functions[rule.endpoint]
    declared: str | None = vars(view).get("access")
    return declared


def path_of(rule: Rule) -> str:
    built = rule.build(dict.fromkeys(rule.arguments, "1"), append_unknown=False)
    assert built, rule
    return built[1]


def test_every_route_says_who_may_use_it(app: Flask):
    silent = [
        WHAT_TO_WRITE.format(endpoint=rule.endpoint, rule=rule.rule) for rule in rules(app) if not access_of(app, rule)
    ]
    assert not silent, "\n".join(silent)


def test_roles_are_spelt_as_staff_have_them(app: Flask):
    named = {role for rule in rules(app) for role in (access_of(app, rule) or "").split(", ")}
    assert named <= {*NOT_STAFF, "signed in", *ROLES}


def test_pages_for_staff_send_a_stranger_to_sign_in(app: Flask, browser: Browser):
    for rule in rules(app):
        if access_of(app, rule) not in NOT_STAFF and "GET" in (rule.methods or ()):
            answer = browser.get(path_of(rule))
            assert answer.status_code == 302, rule
            assert answer.location.startswith("/sign-in?next="), rule


@pytest.mark.parametrize("role", ROLES)
def test_pages_for_other_roles_are_refused(app: Flask, browser: Browser, role: str):
    browser.sign_in(role)
    for rule in rules(app):
        access = access_of(app, rule) or ""
        if access not in {*NOT_STAFF, "signed in"} and "GET" in (rule.methods or ()):
            is_refused = browser.get(path_of(rule)).status_code == 403
            assert is_refused == (role not in access.split(", ")), (rule, role)


def test_every_form_is_refused_without_its_token(app: Flask, browser: Browser):
    browser.sign_in("duty")
    for rule in rules(app):
        proven_otherwise = access_of(app, rule) in {"provider", "system"} or rule.endpoint.startswith(WITHOUT_SESSION)
        if "POST" in (rule.methods or ()) and not proven_otherwise:
            answer = browser.client.post(path_of(rule))
            assert answer.status_code == 400, f"{rule.rule} took a POST without a CSRF token"
