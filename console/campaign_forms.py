"""The forms of campaigns."""

from __future__ import annotations

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, DateField, HiddenField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

LONGEST_SELECTION = 300


class CampaignForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """A campaign as somebody wants it."""

    name = StringField(
        "Name", [DataRequired("Give it a name."), Length(max=120, message="Write at most 120 characters.")]
    )
    survey = SelectField("Survey", [DataRequired("Choose a survey.")])
    selection = StringField("Whom to ask, in words", [Length(max=LONGEST_SELECTION)])
    file = FileField("Or a list as a CSV file")
    opens_on = DateField("First day", [InputRequired("Write the first day.")])
    closes_on = DateField("Last day", [InputRequired("Write the last day.")])
    reminders = SelectField(
        "Reminders to who has not answered",
        choices=[SelectChoice("0", "None"), SelectChoice("1", "One"), SelectChoice("2", "Two")],
    )


class StartForm(FlaskForm):  # type: ignore[misc]
    """Lets a campaign begin, with the count that was seen."""

    count = HiddenField()
    sure = BooleanField("I have looked at the numbers above", [DataRequired("Tick the box once you have looked.")])


class MoveForm(FlaskForm):  # type: ignore[misc]
    """Pauses a campaign, goes on with it, or ends it; the button says which."""
