"""The forms by which people, cases and what happens in them are kept by hand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from bot.by_hand import CaseGiven, NotKept, PersonGiven
from bot.cases.events import EVENTS
from bot.cases.keeping import LIMITS
from bot.people.barring import REASONS
from store.council.limits import Limited
from store.shown.caseload import AddressRow, PersonRow, WorkerRow
from store.shown.coverage import UnitRow
from surveys.stages import AGE_BANDS, AUDIENCE_LABELS, FAMILIES, LEVELS

LANGUAGES = (
    ("en", "English"),
    ("cy", "Welsh"),
    ("ne", "Nepali"),
    ("pl", "Polish"),
    ("ro", "Romanian"),
    ("sk", "Slovak"),
    ("uk", "Ukrainian"),
    ("rom", "Romani"),
    ("ar", "Arabic"),
    ("bn", "Bengali"),
    ("pa", "Punjabi"),
    ("ur", "Urdu"),
)
SAFE_CONTACT = (
    ("text", "It is safe to text them"),
    ("discreet", "Only discreetly: nobody else may learn of us"),
    ("none", "There is no safe way to write to them"),
)
_CHOOSE = "Choose one from the list."


def _choices(named: Iterable[tuple[str, str]], unless: str | None = None) -> list[SelectChoice]:
    return [*([SelectChoice("", unless)] if unless else []), *(SelectChoice(value, words) for value, words in named)]


class _OneOf(SelectField):  # type: ignore[misc]
    """A list to choose from, of which one must be chosen."""

    def __init__(self, label: str, named: Collection[tuple[str, str]] = (), **options: Any) -> None:  # noqa: ANN401 - WTForms'
        options.setdefault("validators", [InputRequired(_CHOOSE)])
        super().__init__(label, choices=_choices(named, "Choose"), default="", **options)


class _Day(DateField):  # type: ignore[misc]
    """A day, as a browser's calendar or a hand writes it."""

    def __init__(self, label: str, validators: Any, **options: Any) -> None:  # noqa: ANN401 - WTForms'
        super().__init__(label, validators, format=["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y"], **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read it, or say how a day is written."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError("Write a day like 27/11/2026.") from None


_YES_OR_NO = {"yes": True, "no": False}


class PersonForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """Somebody on a case, and how it is safe to reach them."""

    role = _OneOf("Who they are in this case", [(who, AUDIENCE_LABELS[who]) for who in FAMILIES])
    parental_responsibility = SelectField(
        "Parental responsibility, for a parent or carer",
        choices=_choices((("yes", "They have it"), ("no", "They do not have it")), "Nobody has recorded it"),
        default="",
    )
    name = StringField("Name to use when we write to them", [InputRequired("Write a name, such as a first name.")])
    birth_date = _Day("Date of birth", [Optional()])
    age_band = SelectField(
        "Age, if the date of birth is not known",
        choices=_choices(((band, band.replace("_", " ").replace("-", " to ")) for band in AGE_BANDS), "Not needed"),
        default="",
    )
    language = SelectField("Language", choices=_choices(LANGUAGES), default="en")
    easy_read = BooleanField("They need easy-read wording")
    mobiles = TextAreaField("Mobile numbers, each on a line of its own", [Length(max=400)])
    emails = TextAreaField("E-mail addresses, each on a line of its own", [Length(max=1000)])
    preferred_channel = SelectField(
        "What they like best",
        choices=_choices((("sms", "Texts"), ("telegram", "Telegram")), "They have not said"),
        default="",
    )
    safe_contact = _OneOf("How it is safe to write to them", SAFE_CONTACT)
    safe_contact_note = TextAreaField("What whoever writes to them must know", [Length(max=2000)])
    is_known = BooleanField("It is the same person: add them as they are kept already")

    def given(self) -> PersonGiven:
        """What was filled in."""
        return PersonGiven(
            role=self.role.data if "role" in self else "",
            parental_responsibility=_YES_OR_NO.get(self.parental_responsibility.data),
            name=self.name.data,
            birth_date=self.birth_date.data,
            age_band=next((band for band in AGE_BANDS if band == self.age_band.data), None),
            language=self.language.data,
            easy_read=self.easy_read.data,
            safe_contact=self.safe_contact.data,
            safe_contact_note=self.safe_contact_note.data or "",
            preferred_channel=self.preferred_channel.data or None,
            mobiles=self.mobiles.data or "",
            emails=self.emails.data or "",
            is_known=self.is_known.data,
        )


class CaseForm(PersonForm):
    """A new case with its first person."""

    reference = StringField(
        "Reference of the case",
        [
            InputRequired("Write the council’s reference of the case."),
            Length(max=40, message="Write at most 40 characters."),
        ],
    )
    level = _OneOf("Level", [(level, level.capitalize()) for level in LEVELS])
    unit = _OneOf("Unit")
    worker = _OneOf("Worker who holds it")

    def offer(self, units: Iterable[UnitRow], workers: Iterable[WorkerRow]) -> None:
        """Fill the lists."""
        self.unit.choices = _choices(((str(unit.id), f"{unit.name}, {unit.district}") for unit in units), "Choose")
        self.worker.choices = _choices(((str(worker.id), worker.name) for worker in workers), "Choose")

    def case(self) -> CaseGiven:
        """What was filled in about the case."""
        return CaseGiven(self.reference.data, self.level.data, int(self.unit.data), int(self.worker.data))


class EventForm(FlaskForm):  # type: ignore[misc]
    """Something that has happened in a case, or will."""

    stage = _OneOf("What has happened", EVENTS.items())
    happened_on = _Day("On which day", [InputRequired("Write the day, like 27/11/2026.")])


class CorrectForm(FlaskForm):  # type: ignore[misc]
    """The day on which something truly was."""

    happened_on = _Day("The right day", [InputRequired("Write the day, like 27/11/2026.")])


class WithdrawForm(FlaskForm):  # type: ignore[misc]
    """Why something has not happened after all."""

    because = StringField(
        "Why it is withdrawn",
        [
            InputRequired("Write in a few words why it is withdrawn."),
            Length(max=200, message="Write at most 200 characters."),
        ],
    )


class AloneForm(FlaskForm):  # type: ignore[misc]
    """Whether somebody of 11 to 15 can take part alone."""

    may = _OneOf("Can they take part alone?", (("yes", "Yes"), ("no", "No")))
    why = TextAreaField("Why", [InputRequired("Write in a few words why they can, or cannot."), Length(max=2000)])


class BarForm(FlaskForm):  # type: ignore[misc]
    """That nobody may write to somebody."""

    reason = _OneOf("Why nobody may write to them", REASONS.items())
    note = TextAreaField("What whoever reads this must know", [Length(max=2000)])


class LimitForm(FlaskForm):  # type: ignore[misc]
    """That two adults of a case may not learn of each other what we know."""

    other = _OneOf("Whom contact is limited with")
    limited_for = _OneOf("Why contact is limited", LIMITS.items())
    limit_note = TextAreaField("What whoever works with them must know", [Length(max=2000)])

    def offer(self, people: Iterable[PersonRow], person: PersonRow) -> None:
        """Fill the list with the other adults of the case."""
        others = (one for one in people if one.role == "parent_carer" and one.id != person.id)
        self.other.choices = _choices(((str(one.id), one.name) for one in others), "Choose")


class EndLimitForm(FlaskForm):  # type: ignore[misc]
    """That contact between two adults of a case is limited no more."""

    ended_with = _OneOf("With whom contact is limited no more")
    ended_because = TextAreaField(
        "Why it has ended",
        [
            InputRequired("Write in a few words why contact is limited no more."),
            Length(max=2000, message="Write at most 2,000 characters."),
        ],
    )

    def offer(self, limited: Iterable[Limited]) -> None:
        """Fill the list with those with whom contact is limited now."""
        self.ended_with.choices = _choices(((str(one.other_id), one.other) for one in limited), "Choose")


class PressForm(FlaskForm):  # type: ignore[misc]
    """A button and nothing else."""


def filled_with(person: PersonRow, addresses: Iterable[AddressRow]) -> Mapping[str, object]:
    """What a person's form holds before anybody has changed it."""
    in_use: dict[str, list[str]] = {"sms": [], "email": []}
    for address in addresses:
        if address.closed_because is None:
            in_use.setdefault(address.channel, []).append(address.address)
    kept = person._asdict()
    said = next((word for word, meant in _YES_OR_NO.items() if meant == person.parental_responsibility), "")
    kept["parental_responsibility"] = said
    return {**kept, "mobiles": "\n".join(in_use["sms"]), "emails": "\n".join(in_use["email"])}


def tell(form: FlaskForm, wrong: NotKept) -> None:
    """Put what is wrong beside the fields that it is about; what is about none of them stands above the form."""
    for fault in wrong.faults:
        told = fault.instead[:1].upper() + fault.instead[1:].rstrip(".") + "."
        if fault.field in form:
            form[fault.field].errors = [*form[fault.field].errors, told]
        else:
            form.form_errors.append(told)
