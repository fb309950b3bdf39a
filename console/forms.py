"""The forms of the console."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, PasswordField, TextAreaField
from wtforms.validators import DataRequired, Length


class SignInForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """Who is it?"""

    email = EmailField("E-mail address", [DataRequired("Enter your e-mail address."), Length(max=254)])
    password = PasswordField("Password", [DataRequired("Enter your password.")])
    next = HiddenField()


class AcknowledgeForm(FlaskForm):  # type: ignore[misc]
    """Says only that somebody has taken the alert on."""


class ReleaseForm(FlaskForm):  # type: ignore[misc]
    """Lets a conversation go on after an alert."""

    note = TextAreaField(
        "What was done, and why it is safe to go on",
        [
            DataRequired("Write what was done, and why it is safe to go on."),
            Length(max=4000, message="Write at most 4,000 characters."),
        ],
    )


class ReflectionForm(FlaskForm):  # type: ignore[misc]
    """What a manager makes of a month. It may be emptied again."""

    text = TextAreaField("What do you make of it?", [Length(max=10_000, message="Write at most 10,000 characters.")])
