"""Cases by hand: the list of one's own, a new one with its first person, and what happens in them."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm

from bot import by_hand
from bot.by_hand import NotKept, events
from bot.by_hand.events import may_withdraw
from bot.cases.events import EVENTS
from bot.people.barring import REASONS
from bot.shown import caseload_view
from bot.shown.caseload_view import CaseSeen
from console.access import Page, current_viewer, only
from console.case_forms import SAFE_CONTACT, CaseForm, CorrectForm, EventForm, WithdrawForm, tell
from console.wiring import service
from console.words import day
from store.session import Session
from store.shown import caseload, coverage

pages = Blueprint("cases", __name__, url_prefix="/cases")
workers = only("worker", "manager", "administrator")


@pages.get("")
@workers
def show_all() -> Page:
    """One's cases, by reference."""
    search, after = request.args.get("reference", "").strip()[:40], request.args.get("after")
    with service().database.reading() as session:
        lines, more = caseload_view.listing(session, current_viewer(), search, after)
    return render_template("console/cases.html", lines=lines, search=search, after=after, more=more)


@pages.get("/add")
@workers
def begin() -> Page:
    """The form for a new case."""
    with service().database.reading() as session:
        return _form(_case_form(session))


@pages.post("/add")
@workers
def add() -> Page:
    """Keep a new case and its first person."""
    heard, viewer = service(), current_viewer()
    with heard.database.reading() as session:
        form = _case_form(session)
    if not form.validate():
        return _form(form), 422
    try:
        with heard.database.writing() as session:
            case_id = by_hand.add_case(session, heard, viewer, form.case(), form.given())
    except NotKept as wrong:
        tell(form, wrong)
        return _form(form), 422
    flash("The case is kept. Now say what has happened in it: people are asked after each stage.")
    return redirect(url_for("cases.show", case_id=case_id))


@pages.get("/<int:case_id>")
@workers
def show(case_id: int) -> Page:
    """One case, its people and what has happened."""
    with service().database.reading() as session:
        return _show(_look_at(session, case_id), EventForm(formdata=None))


@pages.post("/<int:case_id>/events")
@workers
def report(case_id: int) -> Page:
    """Keep what has happened, or will."""
    form = EventForm()
    heard = service()
    with heard.database.reading() as session:
        seen = _look_at(session, case_id)
    if not form.validate():
        return _show(seen, form), 422
    try:
        with heard.database.writing() as session:
            is_new = events.report(session, heard, current_viewer(), case_id, form.stage.data, form.happened_on.data)
    except NotKept as wrong:
        tell(form, wrong)
        return _show(seen, form), 422
    what = f"{EVENTS[form.stage.data]}, {day(form.happened_on.data)}"
    flash(f"Kept: {what}." if is_new else f"This was known already, or was withdrawn: {what}.")
    return redirect(url_for("cases.show", case_id=case_id))


@pages.get("/<int:case_id>/events/<int:event_id>")
@workers
def show_event(case_id: int, event_id: int) -> Page:
    """Put right the day of something, or withdraw it."""
    with service().database.reading() as session:
        seen = _look_at(session, case_id)
    return _show_event(seen, event_id)


@pages.post("/<int:case_id>/events/<int:event_id>/correct")
@workers
def correct(case_id: int, event_id: int) -> Page:
    """Move it to the right day."""
    form = CorrectForm()

    def move(session: Session) -> str:
        events.correct(session, service(), current_viewer(), event_id, form.happened_on.data)
        return f"The day is {day(form.happened_on.data)} now."

    return _put_right(case_id, event_id, form, move, correcting=form)


@pages.post("/<int:case_id>/events/<int:event_id>/withdraw")
@workers
def withdraw(case_id: int, event_id: int) -> Page:
    """Say that it has not happened after all."""
    form = WithdrawForm()

    def take_back(session: Session) -> str:
        events.withdraw(session, service(), current_viewer(), event_id, form.because.data)
        return "It is withdrawn. Nobody is asked about it any more; what was answered stays."

    return _put_right(case_id, event_id, form, take_back, withdrawing=form)


def _put_right(case_id: int, event_id: int, form: FlaskForm, act: Callable[[Session], str], **shown: FlaskForm) -> Page:
    """Put an event right and say so, or show its page again with what is wrong.

    Args:
        act: does it, and says what is to be told; raises `NotKept` where it cannot be done.
        shown: the form by the name that the page has for it.
    """
    heard = service()
    with heard.database.reading() as session:
        seen = _look_at(session, case_id)
        seen.event(event_id) or abort(404)
    if form.validate():
        try:
            with heard.database.writing() as session:
                told = act(session)
        except NotKept as wrong:
            tell(form, wrong)
        else:
            flash(told)
            return redirect(url_for("cases.show", case_id=case_id))
    return _show_event(seen, event_id, **shown), 422


def _look_at(session: Session, case_id: int) -> CaseSeen:
    return caseload_view.look_at(session, current_viewer(), case_id) or abort(404)


def _case_form(session: Session) -> CaseForm:
    form = CaseForm()
    form.offer(coverage.units(session), caseload.workers(session, caseload_view.sight_of(current_viewer())))
    return form


def _form(form: CaseForm) -> str:
    return render_template("console/case_add.html", form=form)


def _show(seen: CaseSeen, form: EventForm) -> str:
    return render_template(
        "console/case.html", seen=seen, form=form, labels=EVENTS, reasons=REASONS, safe=dict(SAFE_CONTACT)
    )


def _show_event(
    seen: CaseSeen, event_id: int, *, correcting: CorrectForm | None = None, withdrawing: WithdrawForm | None = None
) -> str:
    event = seen.event(event_id) or abort(404)
    return render_template(
        "console/case_event.html",
        seen=seen,
        event=event,
        labels=EVENTS,
        correcting=correcting or CorrectForm(formdata=None),
        withdrawing=withdrawing or WithdrawForm(formdata=None),
        may_withdraw=may_withdraw(current_viewer(), event.stage),
    )
