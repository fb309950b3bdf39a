"""The rota, a week at a time: who is on duty, where nobody is, and putting people on it and taking them off."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired

from bot import calendar
from bot.access import DEALS_WITH_ALERTS
from bot.calendar import local_day
from bot.cover import gaps, rota, shifts
from bot.cover.shifts import BadShift
from console.access import Page, current_viewer, only
from console.wiring import service
from store.council import cover as rows

pages = Blueprint("cover", __name__, url_prefix="/cover")
desk = only("duty", "administrator")

A_WEEK = timedelta(days=7)
DAYS_AHEAD = 14
FARTHEST = timedelta(days=3660)
"""No rota is looked at ten years from now."""


class ShiftForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """Who is on duty, and when."""

    email = SelectField("Who", [DataRequired("Choose who is on duty.")], validate_choice=False)
    begins = StringField("From", [DataRequired("Write when the shift begins.")])
    ends = StringField("To", [DataRequired("Write when the shift ends.")])


class CancelForm(FlaskForm):  # type: ignore[misc]
    """Takes a shift off the rota."""


@pages.get("")
@desk
def show() -> Page:
    """One week of the rota: this one, or that of the day that is asked for."""
    return _render(_monday(request.args.get("week")), ShiftForm(formdata=None))


@pages.post("")
@desk
def add() -> Page:
    """Put somebody on the rota."""
    form = ShiftForm()
    today = local_day(service().clock.now())
    if not form.validate():
        return _render(_week_of(today), form), 422
    try:
        begins_at, ends_at = shifts.read_moment(form.begins.data), shifts.read_moment(form.ends.data)
        with service().database.writing() as session:
            is_new = shifts.add(
                session, form.email.data, begins_at, ends_at, by=current_viewer().staff_id, now=service().clock.now()
            )
    except BadShift as bad:
        form.begins.errors = [f"Not added: {bad}."]
        return _render(_week_of(today), form), 422
    flash("The shift is on the rota." if is_new else "That shift was on the rota already.")
    return redirect(url_for("cover.show", week=_week_of(local_day(begins_at)).isoformat()))


@pages.get("/<int:shift_id>/cancel")
@desk
def ask_to_cancel(shift_id: int) -> Page:
    """Ask once whether a shift is to be cancelled, and say what that would leave open."""
    with service().database.reading() as session:
        shift = rows.find(session, shift_id)
        opened = gaps.opened_by(session, shift, service().clock.now()) if shift else []
    if shift is None:
        return _gone()
    return render_template(
        "console/cover_cancel.html",
        shift=shift,
        opened=opened,
        not_asked_then=gaps.NOT_ASKED_THEN,
        in_words=gaps.in_words,
        week=_week_of(local_day(shift.begins_at)).isoformat(),
        cancel=CancelForm(formdata=None),
    )


@pages.post("/<int:shift_id>/cancel")
@desk
def cancel(shift_id: int) -> Page:
    """Take a shift off the rota."""
    if not CancelForm().validate():
        abort(400)
    with service().database.writing() as session:
        shift = shifts.cancel(session, shift_id, by=current_viewer().staff_id, now=service().clock.now())
    if shift is None:
        return _gone()
    flash(f"{shift.name} is off the rota for that time.")
    return redirect(url_for("cover.show", week=_week_of(local_day(shift.begins_at)).isoformat()))


def _gone() -> Page:
    flash("That shift was not on the rota any more.")
    return redirect(url_for("cover.show"))


def _monday(wanted: str | None) -> date:
    today = local_day(service().clock.now())
    try:
        day = date.fromisoformat(wanted or "")
    except ValueError:
        day = today
    return _week_of(day if abs(day - today) < FARTHEST else today)


def _week_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _render(monday: date, form: ShiftForm) -> str:
    now = service().clock.now()
    with service().database.reading() as session:
        form.email.choices = [
            SelectChoice(person.email, f"{person.name} ({person.email})")
            for person in rows.people(session, sorted(DEALS_WITH_ALERTS))
            if person.ended_on is None or person.ended_on >= local_day(now)
        ]
        standing = rota.read(session, now, DAYS_AHEAD)
        days = gaps.week(session, monday, now)
    return render_template(
        "console/cover.html",
        days=days,
        monday=monday,
        before=(monday - A_WEEK).isoformat(),
        after=(monday + A_WEEK).isoformat(),
        is_kept=standing.is_kept,
        shut_out=gaps.never_covered(standing, now, DAYS_AHEAD),
        warnings=[
            *calendar.warnings(now),
            *gaps.short_of_cover(standing, service().council, now, DAYS_AHEAD),
        ],
        in_words=gaps.in_words,
        form=form,
    )
