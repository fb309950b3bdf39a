"""Monthly digests: the list, one month to read, and the manager's reflection on it."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for

from bot import digests
from bot.digests import DigestPage
from console.access import Page, current_viewer, only
from console.charts import run_chart
from console.forms import ReflectionForm
from console.wiring import service

pages = Blueprint("digests", __name__, url_prefix="/digests")
REFLECTION = "reflection"
"""Notices that the page shows where the reflection stands, for that is where the browser goes on."""

readers = only("manager", "administrator")


@pages.get("")
@readers
def show_all() -> Page:
    """Every digest this person may read, the newest first."""
    with service().database.reading() as session:
        lines = digests.listing(session, current_viewer())
    return render_template("console/digests.html", lines=lines)


@pages.get("/<int:digest_id>")
@readers
def show(digest_id: int) -> Page:
    """One month. It counts as opened when its own manager reads it."""
    page = _read(digest_id)
    return _render(page, ReflectionForm(formdata=None, text=page.reflection))


@pages.post("/<int:digest_id>/reflection")
@readers
def reflect(digest_id: int) -> Page:
    """Keep what the manager makes of the month."""
    form = ReflectionForm()
    if not form.validate():
        return _render(_read(digest_id), form), 422
    with service().database.writing() as session:
        is_kept = digests.reflect(session, digest_id, current_viewer(), form.text.data)
    if not is_kept:
        abort(403)
    flash(
        "Your reflection is kept." if form.text.data.strip() else "The box is empty, so no reflection is kept.",
        REFLECTION,
    )
    return redirect(url_for("digests.show", digest_id=digest_id, _anchor="reflection"))


def _read(digest_id: int) -> DigestPage:
    return digests.read(service(), digest_id, current_viewer()) or abort(404)


def _render(page: DigestPage, form: ReflectionForm) -> str:
    return render_template(
        "console/digest.html",
        page=page,
        view=page.view,
        chart=run_chart(page.view.run_chart),
        is_mine=page.line.manager_id in current_viewer().managers,
        form=form,
    )
