"""Before the first question: the invitation, who holds the phone, and whether they would like to begin."""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversation import asking, wording
from bot.conversation.asking import Outcome
from bot.conversation.effects import Noticed, OptedIn, Say
from bot.conversation.events import Reply
from bot.conversation.state import State
from surveys.survey import Survey
from surveys.words import GO, NO, SKIP, YES, among, key

CONFIRMED = "confirmed"
"""The mark of a conversation on a shared phone whose holder has said who they are."""

_FIRST_CONTACT: Mapping[str, tuple[str, ...]] = {
    "young_person": ("first_contact_yp", "first_contact_yp_2"),
    "parent_carer": ("first_contact_parent", "first_contact_parent_2"),
}
_ABOUT_ONE_QUESTION = frozenset({"skip", "skip it", "skip this", "skip this one", "next", "next one", "next question"})
"""What the opening invites people to text at a question they would rather not answer: no word about the survey."""

_DECLINING_WORDS = (NO | SKIP | {"not really", "not today"}) - _ABOUT_ONE_QUESTION
_DECLINING_STARTS = ("nah ", "nope ", "no thanks ", "no thank you ")
_NOW = frozenset({"now", "1 now", "now is fine", "now is ok", "nows fine", "yes now"})
_THAT_IS_ME = frozenset(
    {"1", "1 thats me", "thats me", "me", "its me", "yes its me", "yeah its me", "it is me", "this is me"}
)
_SOMEONE_ELSE = frozenset({"2", "2 im someone else", "someone else", "im someone else", "not me", "no its not"})
_WRONG_NUMBER = frozenset({"3", "3 wrong number"})
_THANKS_FOR_HELP = frozenset({"ok", "okay", "k", "fine", "thanks", "thank you", "ok thanks", "cheers", "ty"})
_LATER = frozenset({"2", "2 later"})


def invite(state: State, survey: Survey, *, first_contact: bool) -> Outcome:
    """Say the first words: who may be there, discreetly where it must be, or the opening of the survey."""
    if state.phase != "new":
        return state, ()
    state = state.but(first_contact=first_contact)
    if state.shared_phone:
        return state.but(phase="checking"), (wording.shared(state, survey, "shared_phone_check"),)
    return _open(state, survey)


def _open(state: State, survey: Survey) -> Outcome:
    state = state.but(phase="invited", nudged=False)
    if state.discreet and state.channel != "web":
        return state, (wording.shared(state, survey, "discreet_opener"),)
    said = first_words(state, survey)
    if state.channel != "web":
        return state, said
    state, asked = asking.begin(state, survey)  # whoever opens a page and presses Start has begun
    return state, (*said, *asked)


def first_words(state: State, survey: Survey) -> tuple[Say, ...]:
    """Give what is said before anything is asked: who reads the answers and what keeps people safe, that first time."""
    names = _FIRST_CONTACT.get(state.audience, ()) if state.first_contact else ()
    return tuple(wording.shared(state, survey, name) for name in names) or (wording.intro(state, survey),)


def check_holder(state: State, survey: Survey, reply: Reply) -> Outcome:
    """Take the reply to "is that you?". Whatever else is written is kept as an unknown person's, never guessed at."""
    if among(reply.text, _THAT_IS_ME) or among(reply.text, YES):
        return _is_confirmed(state, survey)
    if among(reply.text, _SOMEONE_ELSE) or among(reply.text, NO):
        return someone_else(state, survey)
    if among(reply.text, _WRONG_NUMBER):
        return wrong_number(state, survey)
    if state.nudged:
        return state, (Noticed("unknown_person", None),)
    said = wording.shared(state, survey, "shared_phone_check")
    return state.but(nudged=True), (Noticed("unknown_person", None), said)


def wait_for_holder(state: State, survey: Survey, reply: Reply) -> Outcome:
    """Someone else has the phone: go on when the right person takes it, and keep anything else as a stranger's words."""
    if is_go(reply.text, survey) or among(reply.text, _THAT_IS_ME):
        return _is_confirmed(state, survey)
    return state, (Noticed("unknown_person", None),)


def _is_confirmed(state: State, survey: Survey) -> Outcome:
    """The right person is there: begin or go on; or, where they had said START, take them and nobody else back in."""
    state = state.but(nudged=False, marks=(*state.marks, CONFIRMED))
    if "start" in state.marks:
        state = state.but(phase="declined", marks=tuple(mark for mark in state.marks if mark != "start"))
        return state, (OptedIn(), wording.shared(state, survey, "start_confirm"))
    begun = state.question or state.answered
    return asking.ask_on(state, survey, after="resume") if begun else _open(state, survey)


def someone_else(state: State, survey: Survey) -> Outcome:
    """Ask for the right person, once; what was written is kept and counts as nobody's answer."""
    notice = Noticed("someone_else", None)
    if state.phase == "waiting":
        return state, (notice,)
    return state.but(phase="waiting", nudged=False), (notice, wording.shared(state, survey, "shared_phone_not_me"))


def wrong_number(state: State, survey: Survey) -> Outcome:
    """Say sorry, naming nobody, and never write there again."""
    return state.but(phase="wrong_number"), (
        Noticed("wrong_number"),
        wording.shared(state, survey, "wrong_number"),
    )


def unsafe_contact(state: State, survey: Survey) -> Outcome:
    """Someone reads this phone who was not meant to: a neutral line, and silence."""
    return state.but(phase="unsafe"), (
        Noticed("unsafe_contact"),
        wording.shared(state, survey, "unsafe_contact"),
    )


def answer_invitation(state: State, survey: Survey, reply: Reply) -> Outcome:
    """Begin, leave it, or ask once whether they are ready. An "ok" to what HELP was answered with begins nothing."""
    if state.worry_turn == state.turn - 1 and among(reply.text, _THANKS_FOR_HELP):
        return state, ()
    if is_go(reply.text, survey) or (state.discreet and among(reply.text, _NOW)):
        return _link(state, survey) if state.discreet else asking.begin(state, survey)
    if among(reply.text, _DECLINING_WORDS) or key(reply.text[:80]).startswith(_DECLINING_STARTS):
        return state.but(phase="declined", nudged=False), _say_unless_discreet(state, survey, "declined")
    if state.nudged:
        return state, ()
    prompt = "discreet_opener" if state.discreet else "ready_prompt"
    return state.but(nudged=True), (wording.shared(state, survey, prompt),)


def asks_for_later(state: State, text: str) -> bool:
    """Say whether "2" was the "2 Later" of a discreet opening."""
    return state.discreet and state.phase == "invited" and among(text, _LATER)


def is_go(text: str, survey: Survey) -> bool:
    """Say whether the whole text is a word to begin or to go on with."""
    if among(text, GO) or among(text, YES):
        return True
    language = survey.languages.get(survey.language)
    return language is not None and among(text, {*map(key, language.words.go), *map(key, language.words.yes)})


def _link(state: State, survey: Survey) -> Outcome:
    """Lead someone whose texts may be read to the web; no question is ever asked in a text."""
    state = state.but(phase="linked", marks=(*state.marks, "now"))
    return state, (wording.shared(state, survey, "discreet_link"),)


def _say_unless_discreet(state: State, survey: Survey, name: str) -> tuple[Say, ...]:
    return () if state.discreet else (wording.shared(state, survey, name),)
