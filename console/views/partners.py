"""Partner organisations: the register, and proof that they were invited."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from bot.campaigns import progress
from console.access import Page, only
from console.wiring import service
from store.shown import campaigns as shown

pages = Blueprint("partners", __name__, url_prefix="/partners")
administrators = only("administrator")

SHOWN = 200


@pages.get("")
@administrators
def show() -> Page:
    """The register, and the latest invitations."""
    with service().database.reading() as session:
        organisations, proofs = shown.organisations(session), shown.proofs(session, limit=SHOWN)
    return render_template(
        "console/partners.html", organisations=organisations, proofs=proofs, steps=progress.STEPS, most=SHOWN
    )


@pages.get("/invited.csv")
@administrators
def invited() -> Page:
    """Every invitation as CSV: whom by their post, never by name."""
    with service().database.reading() as session:
        text = progress.proof_as_csv(shown.proofs(session))
    headers = {"Content-Disposition": 'attachment; filename="partners-invited.csv"'}
    return Response(text, mimetype="text/csv", headers=headers)
