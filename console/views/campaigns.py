"""Campaigns: the list, making one, its preview, and watching how far it has come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from wtforms.fields.choices import SelectChoice

from analysis.figures import counted
from bot.calendar import local_day
from bot.campaigns import one_off, preview, progress, running
from bot.campaigns.lists import UnreadableList
from bot.campaigns.one_off import CannotMake, Wanted
from bot.campaigns.progress import Progress
from bot.campaigns.running import CannotDo
from bot.cases.rows import Refusal
from console.access import Page, current_viewer, only
from console.campaign_forms import CampaignForm, MoveForm, StartForm
from console.wiring import service

pages = Blueprint("campaigns", __name__, url_prefix="/campaigns")
administrators = only("administrator")


@pages.get("")
@administrators
def show_all() -> Page:
    """Every campaign, the latest first."""
    with service().database.reading() as session:
        found = progress.everyone(session)
    return render_template("console/campaigns.html", campaigns=found, statuses=progress.STATUSES)


@pages.get("/new")
@administrators
def new() -> Page:
    """A form for one more."""
    today = local_day(service().clock.now())
    form = _with_surveys(
        CampaignForm(formdata=None, opens_on=today, closes_on=today + timedelta(days=21), reminders="1")
    )
    return _render_new(form)


@pages.post("/new")
@administrators
def make() -> Page:
    """Keep it as a draft, and show its preview. Nothing is sent."""
    form = _with_surveys(CampaignForm())
    if not form.validate():
        return _render_new(form), 422
    here = service()
    try:
        with here.database.writing() as session:
            campaign_id = one_off.make(
                session,
                _wanted(form),
                catalogue=here.catalogue,
                staff_id=current_viewer().staff_id,
                now=here.clock.now(),
            )
    except CannotMake as problem:
        return _render_new(form, str(problem), problem.refused), 422
    except UnreadableList as problem:
        return _render_new(form, str(problem)), 422
    return redirect(url_for("campaigns.show", campaign_id=campaign_id))


@pages.get("/<int:campaign_id>")
@administrators
def show(campaign_id: int) -> Page:
    """A draft's preview, or how far the campaign has come."""
    return _render(_find(campaign_id))


@pages.post("/<int:campaign_id>/start")
@administrators
def start(campaign_id: int) -> Page:
    """Let a draft begin, if its preview still holds."""
    form, here = StartForm(), service()
    if not form.validate():
        return _render(_find(campaign_id), form), 422
    try:
        with here.database.writing() as session:
            asked = running.start(
                session,
                campaign_id,
                int(form.count.data) if form.count.data.isdecimal() else -1,
                staff_id=current_viewer().staff_id,
                catalogue=here.catalogue,
                council=here.council,
                now=here.clock.now(),
            )
        flash(f"It has begun. {counted(asked, 'person', 'people')} will be asked, in their hours.")
    except CannotDo as problem:
        flash(str(problem))
    return redirect(url_for("campaigns.show", campaign_id=campaign_id))


@pages.post("/<int:campaign_id>/pause")
@administrators
def pause(campaign_id: int) -> Page:
    """Send nothing more of it for now."""
    return _move(campaign_id, running.pause, "It is paused. Nothing more of it is sent until you go on.")


@pages.post("/<int:campaign_id>/resume")
@administrators
def resume(campaign_id: int) -> Page:
    """Go on with it."""
    return _move(campaign_id, running.resume, "It goes on.")


@pages.post("/<int:campaign_id>/end")
@administrators
def end(campaign_id: int) -> Page:
    """End it for good."""
    return _move(campaign_id, running.end, "It has ended. Whoever was asked may still answer.")


def _move(campaign_id: int, act: Callable[..., object], told: str) -> Page:
    if not MoveForm().validate():
        abort(400)
    try:
        with service().database.writing() as session:
            act(session, campaign_id, staff_id=current_viewer().staff_id, now=service().clock.now())
        flash(told)
    except CannotDo as problem:
        flash(str(problem))
    return redirect(url_for("campaigns.show", campaign_id=campaign_id))


def _find(campaign_id: int) -> Progress:
    with service().database.reading() as session:
        return progress.of(session, campaign_id) or abort(404)


def _render(found: Progress, form: StartForm | None = None) -> str:
    here, seen = service(), None
    if found.campaign.status == "draft":
        with here.database.reading() as session:
            seen = preview.preview(
                session, found.campaign, catalogue=here.catalogue, council=here.council, now=here.clock.now()
            )
    return render_template(
        "console/campaign.html",
        progress=found,
        campaign=found.campaign,
        survey=here.catalogue.get(found.campaign.survey_id),
        status=progress.STATUSES[found.campaign.status],
        steps=progress.STEPS,
        preview=seen,
        start=form or StartForm(formdata=None, count=seen.to_ask if seen else 0),
        move=MoveForm(formdata=None),
    )


def _render_new(form: CampaignForm, problem: str | None = None, refused: tuple[Refusal, ...] = ()) -> str:
    return render_template("console/campaign_new.html", form=form, problem=problem, refused=refused)


def _with_surveys(form: CampaignForm) -> CampaignForm:
    sent = [survey for survey in service().catalogue.latest() if one_off.may_be_sent(survey)]
    form.survey.choices = [
        SelectChoice(survey.id, survey.title) for survey in sorted(sent, key=lambda each: each.title)
    ]
    return form


def _wanted(form: CampaignForm) -> Wanted:
    """What the form asks for. A file field that was left alone holds nothing."""
    file = form.file.data.read() if form.file.data else None
    return Wanted(
        name=form.name.data,
        survey_id=form.survey.data,
        opens_on=form.opens_on.data,
        closes_on=form.closes_on.data,
        reminders=int(form.reminders.data),
        selection=form.selection.data or "",
        file=file or None,
    )
