"""Everything that is chosen from outside, read from the environment once and checked at start.

Each field's description is its documentation: `.env.example` and docs/settings.md name every one (a test looks).
Only `app.py` imports this package; everything else is handed what it needs. What a single value may look like stands in
`forms`, what settings must be to each other in `rules`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import Literal
from urllib.parse import urlsplit

from pydantic import ConfigDict, Field, SecretStr, ValidationError, model_validator

from settings import rules
from settings.carriers import Carriers
from settings.forms import BadSettings, BaseAddress, MailAddress, is_on_one_line
from settings.sending import Sending

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
LINES = (
    *("emergency", "young_helpline", "young_helpline_number", "crisis_word", "crisis_number"),
    *("adult_helpline", "adult_helpline_number", "child_line", "night_line", "complaints_line"),
)
"""The settings that stand in wordings, each in the gap of its name."""

SMS_CREDENTIALS = {"twilio_account_sid", "twilio_auth_token", "twilio_messaging_service_sid", "twilio_from_number"}
_INSTEAD = {
    "bool_parsing": "write 1 or 0.",
    "int_parsing": "write a whole number.",
    "float_parsing": "write a number.",
    "literal_error": "write {expected}.",
}
"""What to write, by Pydantic's kind of error, where its own sentence does not say; a gap is filled with what it knows."""


class Settings(Carriers, Sending):
    """The service's settings. Secrets never show in its repr."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    database_url: str = Field(
        "sqlite:///var/heard.sqlite", description="Where everything is kept: sqlite:///FILE or postgresql+psycopg://…"
    )
    public_base_url: BaseAddress = Field(
        "http://127.0.0.1:8000",
        description="The address at which providers and people reach the service, without a slash at the end. "
        "Signatures of inbound messages are checked against it.",
    )
    secret_key: SecretStr = Field(
        SecretStr(rules.TRIAL_SECRET),
        description="Signs the sessions of staff. At least 32 random characters; keep it secret.",
    )
    trial: bool = Field(
        default=True,
        description="1: the handset stands in for SMS and a demonstration council is loaded. 0: real families. "
        "Left out, it is 0 as soon as any of Twilio's credentials is set.",
    )

    brand: str = Field(
        "Kent Early Help", max_length=16, description="Who a text says it is from; at most 16 characters."
    )
    privacy_url: str = Field(
        "",
        max_length=rules.LONGEST_LINK,
        description="The page a first text points to; at most 28 characters. Left out: PUBLIC_BASE_URL and /privacy.",
    )
    country: str = Field(
        "GB",
        pattern="^[A-Z]{2}$",
        description="The country whose numbers these are and whose people are texted, in two letters (ISO 3166).",
    )
    emergency: str = Field("999", max_length=3, description="Whom to call in danger; at most 3 digits.")
    young_helpline: str = Field(
        "Childline", max_length=9, description="The helpline for children and young people; at most 9 characters."
    )
    young_helpline_number: str = Field("0800 1111", max_length=10, description="Its number; at most 10 characters.")
    crisis_word: str = Field(
        "SHOUT", max_length=5, description="What to text for help at any time; at most 5 characters."
    )
    crisis_number: str = Field("85258", max_length=5, description="The short number to text it to.")
    adult_helpline: str = Field(
        "Samaritans", max_length=12, description="The helpline for adults; at most 12 characters."
    )
    adult_helpline_number: str = Field("116 123", max_length=13, description="Its number; at most 13 characters.")
    child_line: str = Field(
        "03000 411111",
        max_length=13,
        description="The council's line for whoever is worried about a child; at most 13 characters.",
    )
    night_line: str = Field(
        "03000 419191",
        max_length=13,
        description="The team that answers at night and at weekends; at most 13 characters.",
    )
    complaints_line: str = Field(
        "03000 411111", max_length=13, description="Where to complain or ask for one's data; at most 13 characters."
    )

    duty_name: str = Field("Duty desk", description="Who is told at once when someone may not be safe.")
    duty_email: MailAddress = Field(rules.NOBODY, description="Where alerts are mailed.")
    duty_mobile: str = Field("", description="Where alerts are texted; left out, they are only mailed.")
    safeguarding_email: MailAddress = Field(
        "", description="Who alone is told of a concern about a worker. Left out: DUTY_EMAIL."
    )
    complaints_email: MailAddress = Field(
        "", description="Who is told where somebody wants to complain. Left out: DUTY_EMAIL."
    )
    data_email: MailAddress = Field(
        "",
        description="Who is told where somebody asks what is kept of them, or to delete it, or a stranger may have had "
        "our texts. Left out: DUTY_EMAIL.",
    )
    duty_hours: str = Field(
        "mon-fri 09:00-17:00",
        description="When the duty desk reads; outside it, people are given the numbers that answer.",
    )
    ask_within_days: int = Field(
        28, ge=1, le=365, description="A stage longer ago than this is not asked about any more; it shows in coverage."
    )
    conversation_days: int = Field(
        7,
        ge=1,
        le=60,
        description="A conversation without an answer lapses after so many days, and three after its last reminder.",
    )
    contact_cap_days: int = Field(
        28, ge=0, le=365, description="At most one survey per person in so many days; closure may override it."
    )

    staff_pulse: bool = Field(
        default=True,
        description="Ask all staff how work is, every quarter by itself; 0 until they know what docs/pulse.md says.",
    )
    names_file: str = Field(
        "",
        description="A YAML file of what the council calls its roles, and how often it asks; docs/cases.md describes it.",
    )

    web_threads: int = Field(8, ge=1, le=64, description="Threads that answer requests.")
    trusted_proxies: int = Field(
        0,
        ge=0,
        le=5,
        description="How many proxies of yours stand before the service; each names who came to it. Behind a proxy, write "
        "1: at 0 all visitors count as one where the web chat is limited by address.",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="How much is logged.")

    @property
    def lines(self) -> dict[str, str]:
        """The numbers and names that the council gives people, by the gap that they fill."""
        return self.model_dump(include=set(LINES))

    @property
    def is_on_loopback(self) -> bool:
        """Whether only this computer can reach the service."""
        return urlsplit(self.public_base_url).hostname in LOOPBACK

    @property
    def has_sms_credentials(self) -> bool:
        """Whether anything of a real SMS account is set, be it only a part."""
        given = self.model_dump(include=SMS_CREDENTIALS - {"twilio_auth_token"}).values()
        return any(given) or bool(self.auth_tokens)

    @property
    def auth_tokens(self) -> tuple[str, ...]:
        """Twilio's auth tokens that are good at present; the first is ours to use."""
        return tuple(token.strip() for token in self.twilio_auth_token.get_secret_value().split(",") if token.strip())

    @property
    def privacy_link(self) -> str:
        """The page a first text points to, as short as it can be written."""
        return self.privacy_url or self.public_base_url.partition("://")[2] + "/privacy"

    @model_validator(mode="after")
    def _check(self) -> Settings:
        if found := rules.complaints(self):
            raise ValueError("\n".join(found))
        return self

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read the settings from the environment (or from a mapping like it).

        Raises:
            BadSettings: with every problem and what to write instead; never with a value.
        """
        given = os.environ if environment is None else environment
        values = {name: given[name.upper()] for name in cls.model_fields if given.get(name.upper(), "").strip()}
        values.setdefault("trial", "0" if values.keys() & SMS_CREDENTIALS else "1")
        broken = [name for name, value in values.items() if not is_on_one_line(value.strip())]
        if broken:
            raise BadSettings(*(f"{name.upper()}: write it on one line, without hidden characters." for name in broken))
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            problems = list(_sentences(error))
        raise BadSettings(*problems)


def _sentences(error: ValidationError) -> Iterator[str]:
    for problem in error.errors(include_input=False, include_url=False):
        names = "".join(f"{str(part).upper()}: " for part in problem["loc"])
        known = problem.get("ctx", {})
        ours = known.get("error")
        instead = _INSTEAD.get(problem["type"])
        yield names + (str(ours) if ours else instead.format_map(known) if instead else f"{problem['msg']}.")
