"""Signing in and out."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for

from console import accounts
from console.access import Page, begin_session, end_session, local_path, public
from console.forms import SignInForm
from console.wiring import passwords, service

pages = Blueprint("sign_in", __name__)

REFUSED = (
    "That e-mail address and password do not open an account. Check both. After "
    f"{accounts.WRONG_TRIES} wrong tries an account is locked for 15 minutes, and then the right password is refused too."
)


@pages.get("/sign-in")
@public
def show() -> Page:
    """The form."""
    form = SignInForm(formdata=None, next=local_path(request.args.get("next")))
    return render_template("console/sign_in.html", form=form)


@pages.post("/sign-in")
@public
def send() -> Page:
    """Sign in, and go on to the page that was wanted."""
    form = SignInForm()
    account = None
    if form.validate():
        now = service().clock.now()
        account = accounts.sign_in(service().database, passwords(), form.email.data, form.password.data, now)
    if account is None:
        refused = None if form.errors else REFUSED
        return render_template("console/sign_in.html", form=form, refused=refused), 422
    begin_session(account, now)
    return redirect(local_path(form.next.data))


@pages.post("/sign-out")
@public
def leave() -> Page:
    """Sign out."""
    end_session()
    flash("You have signed out.")
    return redirect(url_for("sign_in.show"))
