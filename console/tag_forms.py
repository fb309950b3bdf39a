"""The form on which a person puts the tags of a comment right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, IntegerField, RadioField, SelectField, SubmitField
from wtforms.fields.choices import SelectChoice
from wtforms.fields.core import Field
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from analysis.digesting.agreement import TagSet
from analysis.taxonomy import THEMES

TONES = {"positive": "Positive", "neutral": "Neither, or both alike", "negative": "Negative", "": "Nobody can tell"}
SPOKEN_OF = {
    "": "Not mentioned",
    "positive": "Praised",
    "negative": "Criticised",
    "mixed": "Both",
    "neutral": "Mentioned, neither praised nor criticised",
}
ONLY_STAFF_SPEAK_OF = frozenset({"staff_support"})
_THEME = "theme_"


def _choices(words: Mapping[str, str]) -> list[SelectChoice]:
    return [SelectChoice(value, said) for value, said in words.items()]


class TagsForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """What a comment is about and how it sounds; a list for each theme is added below.

    `message_id` says which words were looked at, `back` from which page.
    """

    message_id = IntegerField(validators=[InputRequired()], widget=HiddenInput())
    back = HiddenField()
    sentiment = RadioField("How does it sound, as a whole?", choices=_choices(TONES), default="")
    complaint = BooleanField("It may be a complaint: something we did or failed to do, and they may expect an answer")
    compliment = BooleanField("It is praise to pass on: it thanks or praises somebody, or something done")
    as_they_are = SubmitField()

    @classmethod
    def showing(cls, tags: TagSet | None, message_id: int, back: str) -> TagsForm:
        """The form as it is filled in before anybody has touched it."""
        found = tags or TagSet(None, {}, complaint=False, compliment=False)
        return cls(
            formdata=None,
            message_id=message_id,
            back=back,
            sentiment=found.sentiment or "",
            complaint=found.complaint,
            compliment=found.compliment,
            **{_THEME + theme: said for theme, said in found.themes.items()},
        )

    @property
    def found(self) -> list[tuple[Field, str]]:
        """The list of each theme that the words are said to speak of, or that was filled in wrongly; with what it is."""
        return [(field, definition) for _, field, definition in self._themes() if field.data or field.errors]

    def others(self, *, of_staff: bool) -> list[tuple[Field, str]]:
        """The list of each other theme that may be chosen, with what it is."""
        return [
            (field, definition)
            for theme, field, definition in self._themes()
            if not (field.data or field.errors) and (of_staff or theme not in ONLY_STAFF_SPEAK_OF)
        ]

    def _themes(self) -> Iterator[tuple[str, Field, str]]:
        return ((theme.id, self[_THEME + theme.id], theme.definition) for theme in THEMES.values())

    def given(self) -> TagSet:
        """What was filled in."""
        return TagSet(
            sentiment=self.sentiment.data or None,
            themes={theme: field.data for theme, field, _ in self._themes() if field.data},
            complaint=self.complaint.data,
            compliment=self.compliment.data,
        )


for _theme in THEMES.values():
    setattr(TagsForm, _THEME + _theme.id, SelectField(_theme.label, choices=_choices(SPOKEN_OF), default=""))
