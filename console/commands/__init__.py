"""The command line: `flask cases`, `flask surveys`, `flask jobs` and the rest."""

from __future__ import annotations

from flask import Flask

from console.commands.campaigns import campaigns
from console.commands.cases import cases
from console.commands.channels import channels
from console.commands.cover import cover
from console.commands.database import migrate
from console.commands.events import events
from console.commands.jobs import jobs
from console.commands.keys import keys
from console.commands.links import links
from console.commands.mail import mail
from console.commands.partners import partners
from console.commands.people import people
from console.commands.pulse import pulse
from console.commands.replies import parse, talk
from console.commands.sending import sending
from console.commands.serve import serve
from console.commands.staff import staff
from console.commands.surveys import surveys
from console.commands.tag import tag
from console.commands.tags import tags
from console.commands.telegram import telegram
from console.commands.triage import triage
from console.commands.units import units
from console.commands.worker import worker

COMMANDS = (
    campaigns,
    cases,
    channels,
    cover,
    events,
    jobs,
    keys,
    links,
    mail,
    migrate,
    parse,
    partners,
    people,
    pulse,
    sending,
    serve,
    staff,
    surveys,
    tag,
    tags,
    talk,
    telegram,
    triage,
    units,
    worker,
)


def register(app: Flask) -> None:
    """Add every command to the app."""
    for command in COMMANDS:
        app.cli.add_command(command)
