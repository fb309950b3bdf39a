"""What the mails of a pulse say: no name, and nothing that could not be true of everybody who gets them."""

from __future__ import annotations

from datetime import date, timedelta

from bot.calendar import midnight
from bot.council import Council
from store.inviting.pulse import KEYS
from store.talks.messages import Queued

SUBJECT = "Staff pulse: a few quick questions, and no names"


def invitation(
    council: Council, campaign_id: int, staff_id: int, email: str, path: str, closes: date, least: int
) -> Queued:
    """The first mail, with a private link.

    Args:
        path: as `bot.sending.sealed.Sealed.make` gives it.
        least: nothing is shown of fewer answers than that.
    """
    lines = (
        "How is work going? There are a few quick questions behind this link, which lets you in once:",
        f"{council.base_url}{path}",
        "",
        f"It works until {_day(closes)}. Keep it to yourself, and delete this mail once you have answered: whoever has it",
        "could answer in your place, or find out that the link was used.",
        "",
        "Nobody here can see who has answered, or who said what. We keep that you were asked. Your answers are kept apart",
        f"from that, with the day and a group of at least {least} colleagues, and nothing leads from one to the other.",
        f"Nothing is shown of fewer than {least} answers. Your words are shown as you write them: name nobody, and nothing",
        "that only you would know.",
        "",
        "If you tell us that somebody may be in danger, the duty desk reads it at once.",
        "",
    )
    key = f"{KEYS}{campaign_id}:{staff_id}:0"
    until = midnight(closes + timedelta(days=1))
    return Queued("email", email, "\n".join(lines), kind="invitation", key=key, subject=SUBJECT, not_after=until)


def reminder(
    council: Council, campaign_id: int, staff_id: int, email: str, asked: date, closes: date, which: int
) -> Queued:
    """A reminder, which goes to everybody who was asked and has no link of its own.

    Args:
        which: the first or the second.
    """
    lines = (
        f"On {_day(asked)} we sent you a private link to the staff pulse: look for the mail “{SUBJECT}”.",
        "",
        "If you have answered, thank you, and please forgive this mail. Everybody gets it, since we cannot know who has",
        "answered: that is what makes it anonymous. For the same reason we cannot send anybody a second link.",
        "",
        f"It is open until {_day(closes)}. There is no need to answer, and nobody will know either way.",
        "",
        council.brand,
        "",
    )
    key = f"{KEYS}{campaign_id}:{staff_id}:{which}"
    subject = "Staff pulse: still open, if you have not answered"
    return Queued("email", email, "\n".join(lines), kind="reminder", key=key, subject=subject)


def _day(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B}"
