"""Coverage: who was asked and who answered, by whatever one chooses; and the stages with no voice."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request

from bot.calendar import local_day
from bot.shown import coverage_view
from bot.shown.coverage_view import CoverageTable, Group
from console.access import Page, current_viewer, only
from console.coverage_file import as_csv, gaps_as_csv
from console.coverage_form import (
    BY_LABELS,
    CoverageForm,
    by_of,
    given,
    narrowed,
    of_group,
    read_form,
    wanted_of,
    worker_id,
)
from console.wiring import service
from store.session import Session

pages = Blueprint("coverage", __name__, url_prefix="/coverage")
readers = only("worker", "manager", "administrator")

GROUPS_A_PAGE = 100


@pages.get("")
@readers
def show() -> Page:
    """Coverage, group by group."""
    with service().database.reading() as session:
        form, chosen = _form(session)
        if not form.validate():
            return render_template("console/coverage.html", form=form, chosen=chosen, table=None, given={}), 422
        table = _table(session, form)
    page = min(max(request.args.get("page", 1, type=int), 1), max(1, -(-len(table.groups) // GROUPS_A_PAGE)))
    first = (page - 1) * GROUPS_A_PAGE
    return render_template(
        "console/coverage.html",
        form=form,
        chosen=chosen,
        table=table,
        lines=[_line(form, group) for group in table.groups[first : first + GROUPS_A_PAGE]],
        what=BY_LABELS[by_of(form)],
        given=given(form),
        page=page,
        has_more=len(table.groups) > first + GROUPS_A_PAGE,
    )


@pages.get("/file")
@readers
def download() -> Page:
    """The same as a file for a spreadsheet."""
    with service().database.reading() as session:
        form, chosen = _form(session)
        if not form.validate():
            return render_template("console/coverage.html", form=form, chosen=chosen, table=None, given={}), 422
        table = _table(session, form)
    return _file("coverage", as_csv(table, BY_LABELS[by_of(form)]))


@pages.get("/gaps")
@readers
def show_gaps() -> Page:
    """The stages with no voice, and why."""
    before = request.args.get("before", type=int)
    today = local_day(service().clock.now())
    with service().database.reading() as session:
        form, chosen = _form(session)
        if not form.validate():
            return render_template("console/gaps.html", form=form, chosen=chosen, page=None, given={}), 422
        page = coverage_view.silent_stages(session, current_viewer(), wanted_of(form), today, before)
    return render_template("console/gaps.html", form=form, chosen=chosen, page=page, given=given(form), before=before)


@pages.get("/gaps/file")
@readers
def download_gaps() -> Page:
    """All stages with no voice as a file for a spreadsheet."""
    today = local_day(service().clock.now())
    with service().database.reading() as session:
        form, chosen = _form(session)
        if not form.validate():
            return render_template("console/gaps.html", form=form, chosen=chosen, page=None, given={}), 422
        lines = coverage_view.every_silent_stage(session, current_viewer(), wanted_of(form), today)
        return _file("no-voice", gaps_as_csv(lines))


def _file(name: str, text: str) -> Response:
    """A file of today's, with the mark by which spreadsheets know UTF-8."""
    dated = f"{name}-{local_day(service().clock.now()).isoformat()}.csv"
    headers = {"Content-Disposition": f"attachment; filename={dated}"}
    return Response("\ufeff" + text, mimetype="text/csv", headers=headers)


def _form(session: Session) -> tuple[CoverageForm, coverage_view.Choices]:
    viewer, today = current_viewer(), local_day(service().clock.now())
    choices = coverage_view.choices(session, viewer, today, worker_id(request.args.get("worker", "")))
    return read_form(today, choices, viewer.role), choices


def _table(session: Session, form: CoverageForm) -> CoverageTable:
    today = local_day(service().clock.now())
    return coverage_view.table(session, current_viewer(), by_of(form), wanted_of(form), today)


def _line(form: CoverageForm, group: Group) -> tuple[Group, dict[str, str] | None, dict[str, str] | None]:
    return group, narrowed(form, group.key), of_group(form, group.key)
