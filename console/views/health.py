"""For whoever watches over the service: is it alive, is it ready."""

from __future__ import annotations

from flask import Blueprint, current_app, jsonify

from bot.sending import switch
from console.access import Page, public
from console.wiring import service

pages = Blueprint("health", __name__)


@pages.get("/health")
@public
def health() -> Page:
    """The process answers."""
    return jsonify(status="ok")


@pages.get("/ready")
@public
def ready() -> Page:
    """The database answers too; 503 if it does not.

    That somebody has stopped all sending is told, and is no fault. Where workers elsewhere send, it is told whether Redis
    answers; it stays 200 without, for what people write is taken in all the same, and what is due waits.
    """
    try:
        is_well = service().database.is_well()
        with service().database.reading() as session:
            told = {"sending": "stopped" if switch.stopped_at(session) else "ok"}
    except Exception:  # noqa: BLE001 - whatever is wrong with the database, the answer is the same
        current_app.logger.warning("the database does not answer")
        is_well, told = False, {}
    if workers := service().workers:
        told["redis"] = "ok" if workers.answers() else "does not answer"
    database = "ok" if is_well else "does not answer"
    return jsonify(status="ok" if is_well else "not ready", database=database, **told), 200 if is_well else 503
