"""The tags of one comment, for a person to confirm or put right; and how often the machine agrees with those who did."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from analysis.digesting.kinds import KIND_LABELS, kind_of
from bot import correcting
from bot.correcting import Tagged
from console.access import Page, current_viewer, local_path, only
from console.tag_forms import TagsForm
from console.wiring import service

pages = Blueprint("tags", __name__, url_prefix="/tags")
readers = only("manager", "administrator")

OF_STAFF = frozenset({"staff", "staff_or_partner"})
EDITED = "You have changed tags on this page. “Keep my tags” keeps your changes."
OTHER_WORDS = "They have answered in other words since. Nothing is kept; these are the words now."


@pages.get("/<int(max=2147483647):answer_id>")
@readers
def show(answer_id: int) -> Page:
    """A comment, and what was made of it."""
    tagged = _look(answer_id)
    return _render(
        answer_id, tagged, TagsForm.showing(tagged.standing, tagged.message_id, request.args.get("back", "/"))
    )


@pages.post("/<int(max=2147483647):answer_id>")
@readers
def correct(answer_id: int) -> Page:
    """Keep what somebody makes of it."""
    form, here = TagsForm(), service()
    if not form.validate():
        return _render(answer_id, _look(answer_id), form), 422
    before = _look(answer_id)
    is_edited = form.message_id.data == before.message_id and form.given() != before.standing
    if form.as_they_are.data and is_edited:
        form.form_errors.append(EDITED)
        return _render(answer_id, before, form), 422
    with here.database.writing() as session:
        outcome = correcting.correct(
            session,
            answer_id,
            current_viewer(),
            form.given(),
            message_id=form.message_id.data,
            catalogue=here.catalogue,
            now=here.clock.now(),
        )
    if outcome is None:
        abort(404)
    back = local_path(form.back.data)
    if outcome == "other_words":
        flash(OTHER_WORDS)
        return redirect(url_for("tags.show", answer_id=answer_id, back=back))
    _tell(answer_id, back, before, _look(answer_id))
    return redirect(back)


def _tell(answer_id: int, back: str, before: Tagged, after: Tagged) -> None:
    """Say what was kept: beside the comment, where the page to go back to has it, for that is where the browser goes on."""
    lists = [kind_of(each.comment) for each in (before, after)]
    if lists[0] != lists[1]:
        in_digest = "" if back.startswith(url_for("digests.show_all")) else " in the digest"
        kept = f"Kept. Now under {KIND_LABELS[lists[1]]}{in_digest}."
    else:
        kept = "Kept: the tags are right." if after.past[-1].confirms else "Kept. Your tags count from now on."
    beside = f"comment-{answer_id}"
    flash(kept, beside if back.endswith(f"#{beside}") else "message")


@pages.get("/agreement")
@readers
def agreement() -> Page:
    """How often the machine agreed with the people who looked, in one month."""
    with service().database.reading() as session:
        months = correcting.agreed(session)
    wanted = request.args.get("month")
    shown = next((each for each in months if each.month.key == wanted), months[0] if months else None)
    return render_template("console/agreement.html", months=[each.month for each in months], shown=shown)


def _look(answer_id: int) -> Tagged:
    here = service()
    with here.database.reading() as session:
        tagged = correcting.look(session, answer_id, current_viewer(), catalogue=here.catalogue, now=here.clock.now())
    return tagged or abort(404)


def _render(answer_id: int, tagged: Tagged, form: TagsForm) -> str:
    back = local_path(form.back.data)
    return render_template(
        "console/tags.html",
        answer_id=answer_id,
        tagged=tagged,
        comment=tagged.comment,
        form=form,
        agrees=f"Keep the tags as {tagged.past[-1].by} left them" if tagged.past else "The machine is right",
        of_staff=service().catalogue.get(tagged.comment.survey_title).audience in OF_STAFF,
        back=back,
    )
