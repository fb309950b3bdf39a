"""People by hand: another one on a case, what is known of them, and whether and how they may be written to."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_wtf import FlaskForm

from bot import by_hand
from bot.by_hand import NotKept
from bot.cases import unusable
from bot.cases.keeping import LIMITS
from bot.people.barring import REASONS
from bot.shown import caseload_view
from bot.shown.caseload_view import CaseSeen
from console.access import Page, current_viewer, only
from console.case_forms import AloneForm, BarForm, EndLimitForm, LimitForm, PersonForm, PressForm, filled_with, tell
from console.wiring import service
from store.council import limits
from store.council.limits import Limited
from store.session import Session
from store.shown.caseload import PersonRow

pages = Blueprint("people", __name__, url_prefix="/cases/<int:case_id>/people")
workers = only("worker", "manager", "administrator")


@pages.get("/add")
@workers
def begin(case_id: int) -> Page:
    """The form for another person of a case."""
    return render_template("console/person_add.html", seen=_look_at(case_id), form=PersonForm(formdata=None))


@pages.post("/add")
@workers
def add(case_id: int) -> Page:
    """Keep another person of a case."""
    seen, form, heard = _look_at(case_id), PersonForm(), service()
    if form.validate():
        try:
            with heard.database.writing() as session:
                by_hand.add_person(session, heard, current_viewer(), case_id, form.given())
        except NotKept as wrong:
            tell(form, wrong)
            _note_number(wrong, case_reference=seen.case.reference)
        else:
            flash("The person is kept, and will be asked after the stages of this case.")
            return redirect(url_for("cases.show", case_id=case_id))
    return render_template("console/person_add.html", seen=seen, form=form), 422


@pages.get("/<int:person_id>")
@workers
def show(case_id: int, person_id: int) -> Page:
    """What is known of somebody, to be put right."""
    return _render(_look_at(case_id), person_id)


@pages.post("/<int:person_id>")
@workers
def change(case_id: int, person_id: int) -> Page:
    """Keep what is known of somebody now."""
    seen, form = _look_at(case_id), PersonForm()
    known = seen.person(person_id) or abort(404)
    del form.role

    def keep(session: Session) -> str:
        has_changed = by_hand.change_person(session, service(), current_viewer(), known, form.given())
        return "It is kept." if has_changed else "Nothing was changed."

    return _keep(seen, person_id, form, keep, form=form)


@pages.post("/<int:person_id>/alone")
@workers
def decide_alone(case_id: int, person_id: int) -> Page:
    """Keep whether they can take part alone."""
    form = AloneForm()

    def decide(session: Session) -> str:
        may = form.may.data == "yes"
        by_hand.decide_alone(session, service(), current_viewer(), person_id, may=may, why=form.why.data)
        return "Your decision is kept in your name."

    return _keep(_look_at(case_id), person_id, form, decide, alone=form)


@pages.post("/<int:person_id>/bar")
@workers
def bar(case_id: int, person_id: int) -> Page:
    """Let nobody write to them."""
    form = BarForm()

    def keep(session: Session) -> str:
        by_hand.bar(session, service(), current_viewer(), person_id, form.reason.data, form.note.data or "")
        return "From now on nobody writes to them."

    return _keep(_look_at(case_id), person_id, form, keep, bar=form)


@pages.post("/<int:person_id>/lift")
@workers
def lift(case_id: int, person_id: int) -> Page:
    """Let people write to them again."""
    seen, heard = _look_at(case_id), service()
    seen.person(person_id) or abort(404)
    PressForm().validate() or abort(400)
    with heard.database.writing() as session:
        was_barred = by_hand.lift(session, heard, current_viewer(), person_id)
    return _back(case_id, person_id, "They may be written to again." if was_barred else "Nothing stood in the way.")


@pages.post("/<int:person_id>/leave")
@workers
def leave(case_id: int, person_id: int) -> Page:
    """Say that they take part in the case no more."""
    seen, heard = _look_at(case_id), service()
    seen.person(person_id) or abort(404)
    PressForm().validate() or abort(400)
    with heard.database.writing() as session:
        has_left = by_hand.leave(session, heard, current_viewer(), case_id, person_id)
    return _back(case_id, person_id, "They take part in this case no more." if has_left else "They had left already.")


@pages.post("/<int:person_id>/limit")
@workers
def limit(case_id: int, person_id: int) -> Page:
    """Say that they and another adult may not learn of each other what we know."""
    seen = _look_at(case_id)
    form = _limit_form(seen, seen.person(person_id) or abort(404))

    def keep(session: Session) -> str:
        pair, why = (person_id, int(form.other.data)), (form.limited_for.data, form.limit_note.data or "")
        if by_hand.limit(session, service(), current_viewer(), case_id, pair, *why):
            return "It is kept. A number that both have is used for neither until you have confirmed whose it is."
        return "It was noted already."

    return _keep(seen, person_id, form, keep, limiting=form)


@pages.post("/<int:person_id>/limit/end")
@workers
def end_limit(case_id: int, person_id: int) -> Page:
    """Say that contact between them and another adult is limited no more."""
    seen = _look_at(case_id)
    form = _end_form(_limited(seen, person_id))

    def end(session: Session) -> str:
        pair = (person_id, int(form.ended_with.data))
        by_hand.end_limit(session, service(), current_viewer(), case_id, pair, form.ended_because.data)
        return "It has ended. A number that rests is used again once you have confirmed whose it is."

    return _keep(seen, person_id, form, end, ending=form)


@pages.post("/<int:person_id>/addresses/<int:address_id>/confirm")
@workers
def confirm(case_id: int, person_id: int, address_id: int) -> Page:
    """Say that an address is theirs."""
    seen, heard = _look_at(case_id), service()
    address = next((one for one in seen.addresses.get(person_id, []) if one.id == address_id), None) or abort(404)
    PressForm().validate() or abort(400)
    with heard.database.writing() as session:
        is_kept = by_hand.confirm(session, heard, current_viewer(), address)
    told = "It is theirs, and may be used." if is_kept else "It can be used no more. Ask them for another one."
    return _back(case_id, person_id, told)


def _look_at(case_id: int) -> CaseSeen:
    with service().database.reading() as session:
        return caseload_view.look_at(session, current_viewer(), case_id) or abort(404)


def _keep(seen: CaseSeen, person_id: int, filled: FlaskForm, act: Callable[[Session], str], **shown: FlaskForm) -> Page:
    """Do what a form wants and say so, or show it again with what is wrong.

    Args:
        act: does it, and says what is to be told; raises `NotKept` where it cannot be done.
        shown: the form by the name that the page has for it.
    """
    seen.person(person_id) or abort(404)
    if filled.validate():
        try:
            with service().database.writing() as session:
                told = act(session)
        except NotKept as wrong:
            tell(filled, wrong)
            _note_number(wrong, person_id=person_id)
        else:
            return _back(seen.case.id, person_id, told)
    return _render(seen, person_id, **shown), 422


def _limited(seen: CaseSeen, person_id: int) -> list[Limited]:
    with service().database.reading() as session:
        return limits.of_person(session, seen.case.id, person_id)


def _end_form(limited: list[Limited], **given: None) -> EndLimitForm:
    form = EndLimitForm(**given)
    form.offer(limited)
    return form


def _limit_form(seen: CaseSeen, person: PersonRow, **given: None) -> LimitForm:
    form = LimitForm(**given)
    form.offer(seen.people, person)
    return form


def _note_number(wrong: NotKept, *, person_id: int | None = None, case_reference: str | None = None) -> None:
    """Note a number that was refused for those who can ask for another: whoever typed it may not be the one."""
    instead = next((fault.instead for fault in wrong.faults if fault.field == "mobiles"), None)
    if instead is not None:
        database, now = service().database, service().clock.now()
        unusable.note_one(
            database, "somebody in the team", instead, now, person_id=person_id, case_reference=case_reference
        )


def _back(case_id: int, person_id: int, told: str) -> Page:
    flash(told)
    return redirect(url_for("people.show", case_id=case_id, person_id=person_id))


def _render(
    seen: CaseSeen,
    person_id: int,
    *,
    form: PersonForm | None = None,
    alone: AloneForm | None = None,
    bar: BarForm | None = None,
    limiting: LimitForm | None = None,
    ending: EndLimitForm | None = None,
) -> str:
    person = seen.person(person_id) or abort(404)
    limited = _limited(seen, person_id)
    addresses = seen.addresses[person_id]
    if form is None:
        form = PersonForm(formdata=None, data=filled_with(person, addresses))
        del form.role
    return render_template(
        "console/person.html",
        seen=seen,
        person=person,
        addresses=addresses,
        form=form,
        alone=alone or AloneForm(formdata=None),
        bar=bar or BarForm(formdata=None),
        limiting=limiting or _limit_form(seen, person, formdata=None),
        ending=ending or _end_form(limited, formdata=None),
        limited=limited,
        press=PressForm(formdata=None),
        reasons=REASONS,
        limits=LIMITS,
    )
