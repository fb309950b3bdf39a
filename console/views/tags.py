"""The tags of one comment, for a person to confirm or put right; and how often the machine agrees with those who did."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from bot import correcting
from bot.correcting import Tagged
from console.access import Page, current_viewer, local_path, only
from console.tag_forms import TagsForm
from console.wiring import service

pages = Blueprint("tags", __name__, url_prefix="/tags")
readers = only("manager", "administrator")

KEPT = {
    "confirmed": "Thank you: it is kept that the tags are right.",
    "corrected": "Your tags are kept, and count from now on. The machine’s stay beside them.",
}
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
    if outcome == "other_words":
        flash(OTHER_WORDS)
        return redirect(url_for("tags.show", answer_id=answer_id, back=local_path(form.back.data)))
    flash(KEPT[outcome])
    return redirect(local_path(form.back.data))


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
        as_they_are=TagsForm.showing(tagged.standing, tagged.message_id, back),
        back=back,
    )
