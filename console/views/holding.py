"""What is still to be asked about somebody's own cases, and holding one of it back for a listed reason."""

from __future__ import annotations

from typing import TypedDict

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import AnyOf

from analysis.figures import reason_label
from bot.cases.planning import Planner
from bot.invitations import holding
from bot.invitations.holding import CannotHold
from bot.respondents import who_label
from console.access import Page, current_viewer, only
from console.wiring import service
from store.inviting.holding import Holdable

pages = Blueprint("holding", __name__, url_prefix="/coming-up")
own = only("worker", "manager")


class HoldForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """Why an invitation is held back."""

    reason = StringField("Reason", [AnyOf(list(holding.REASONS), message="Choose a reason.")])


class Acting(TypedDict):
    """Who holds back, and for which line managers they act today."""

    staff_id: int
    leads: frozenset[int]


class TakeBackForm(FlaskForm):  # type: ignore[misc]
    """Lets an invitation be asked after all."""


@pages.get("")
@own
def show_all() -> Page:
    """The invitations of one's own cases that are coming up, and those that are held back."""
    return _render()


@pages.post("/<int:invitation_id>/hold")
@own
def hold(invitation_id: int) -> Page:
    """Hold one back."""
    form = HoldForm()
    if not form.validate():
        flash("Choose a reason from the list, so that it can be shown why somebody was not asked.")
        return _back()
    try:
        with service().database.writing() as session:
            holding.hold_back(
                session,
                invitation_id,
                form.reason.data,
                **_acting(),
                now=service().clock.now(),
            )
    except CannotHold as refused:
        flash(str(refused))
        return _back()
    flash("It is held back. The reason is counted in coverage.")
    return _back()


@pages.post("/<int:invitation_id>/take-back")
@own
def take_back(invitation_id: int) -> Page:
    """Let one be asked after all."""
    if not TakeBackForm().validate():
        return _render(), 400
    try:
        with service().database.writing() as session:
            now_stands = holding.take_back(session, invitation_id, _planner(), **_acting())
    except CannotHold as refused:
        flash(str(refused))
        return _back()
    flash(_after_taking_back(now_stands))
    return _back()


def _planner() -> Planner:
    return Planner(service().catalogue, service().council, service().clock.now())


def _after_taking_back(invitation: Holdable | None) -> str:
    if invitation is None:
        return "It was not held back any more."
    if invitation.status == "offered":
        return "They will be asked when it is due."
    why = reason_label(invitation.not_asked_because or "")
    return f"It is held back no more, but they are not asked all the same: {why}."


def _back() -> Response:
    return redirect(url_for("holding.show_all"))


def _acting() -> Acting:
    return {"staff_id": current_viewer().staff_id, "leads": current_viewer().managers}


def _render() -> str:
    with service().database.reading() as session:
        coming = holding.coming_up(session, **_acting())
        held = holding.held(session, **_acting())
    return render_template(
        "console/coming_up.html",
        coming=coming,
        held=held,
        most=holding.MOST_SHOWN,
        reasons=holding.REASONS,
        why=reason_label,
        who=who_label,
    )
