"""Alerts: the list, one alert with the words that raised it, and what a person did about it."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for

from bot import alerts
from bot.shown import alert_views
from bot.shown.alert_views import AlertView
from console.access import Page, current_viewer, only
from console.forms import AcknowledgeForm, ReleaseForm
from console.wiring import service

pages = Blueprint("alerts", __name__, url_prefix="/alerts")
readers = only("manager", "duty", "administrator")
desk = only("duty", "administrator")


@pages.get("")
@readers
def show_all() -> Page:
    """Every alert this person may see, the newest first."""
    with service().database.reading() as session:
        lines = alert_views.recent(session, current_viewer())
    return render_template("console/alerts.html", lines=lines)


@pages.get("/<reference>")
@readers
def show(reference: str) -> Page:
    """One alert. That it was looked at is written down."""
    return _render(_look_at(reference), ReleaseForm(formdata=None))


@pages.post("/<reference>/acknowledge")
@desk
def acknowledge(reference: str) -> Page:
    """Take the alert on."""
    form = AcknowledgeForm()
    if not form.validate():
        abort(400)
    with service().database.writing() as session:
        is_first = alerts.acknowledge(session, reference, current_viewer(), service().clock.now())
    flash(
        f"Alert {reference} is acknowledged in your name."
        if is_first
        else f"Alert {reference} had been acknowledged before, or is not yours to acknowledge."
    )
    return redirect(url_for("alerts.show", reference=reference))


@pages.post("/<reference>/release")
@desk
def release(reference: str) -> Page:
    """Let the conversation go on, with a note of what was done."""
    form = ReleaseForm()
    if not form.validate():
        return _render(_look_at(reference), form), 422
    heard = service()
    with heard.database.writing() as session:
        is_released = alerts.release(
            session, reference, current_viewer(), form.note.data, catalogue=heard.catalogue, now=heard.clock.now()
        )
    flash(
        f"Alert {reference} is released, and your note is kept with it."
        if is_released
        else f"Alert {reference} had been released before, or is not yours to release."
    )
    return redirect(url_for("alerts.show", reference=reference))


def _look_at(reference: str) -> AlertView:
    return alert_views.look_at(service(), reference, current_viewer()) or abort(404)


def _render(view: AlertView, form: ReleaseForm) -> str:
    return render_template("console/alert.html", alert=view, release=form, acknowledge=AcknowledgeForm(formdata=None))
