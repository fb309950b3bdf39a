"""What holds for every conversation, whatever anyone texts and whatever happens meanwhile."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.conversation.commands import read_command
from bot.conversation.effects import Answered, Effect, OptedIn, OptedOut, Say
from bot.conversation.events import (
    Cancelled,
    CaseClosed,
    Event,
    Expired,
    Invited,
    Lapsed,
    MovedTo,
    Released,
    ReminderDue,
    Reply,
    WorkerChanged,
)
from bot.conversation.limits import IN_DANGER_A_DAY, MOST_A_DAY, MOST_IN_ALL
from bot.conversation.state import State
from bot.conversation.step import step
from surveys.gsm7 import ONE_PART, septets
from surveys.replies import Answer, parse_reply
from tests.bot.conversation.play import CATALOGUE, NAMES, NOW, Play

SURVEYS = st.sampled_from(CATALOGUE.latest())
TEXTS = st.one_of(
    st.sampled_from(
        [
            *("go", "yes", "no", "1", "2", "3", "7 or 8", "skip", "hm", "", "idk", "4 he left", "10", "👍", "😭", "ok"),
            *("later", "back", "who is this", "can someone call me", "delete what i said", "end", "other", "thats me", "now"),
            *("its his mum he says hes fine", "wrong number", "who is this reading my wifes phone", "yes but he hit me"),
        ]
    ),
    st.text(max_size=40),
)  # fmt: skip
REPLIES = st.builds(
    Reply,
    text=st.one_of(TEXTS, st.sampled_from(["help", "start"])),
    severity=st.sampled_from([None, None, None, None, None, "amber", "red_now", "conduct"]),
    next_open=st.sampled_from([None, "9am Monday"]),
    answered_by_provider=st.sampled_from([False] * 9 + [True]),
    button=st.sampled_from([None] * 6 + ["q1", "q2"]),
    media=st.sampled_from([0] * 9 + [1]),
    foreign=st.sampled_from([False] * 4 + [True]),
    complaint=st.booleans(),
    crossed=st.booleans(),
    comment_only=st.sampled_from([False] * 5 + [True]),
)
HAPPENINGS: st.SearchStrategy[Event] = st.one_of(
    st.builds(ReminderDue, turn=st.one_of(st.none(), st.integers(0, 3))),
    st.builds(Lapsed, turn=st.integers(0, 3)),
    st.builds(MovedTo, channel=st.sampled_from(["sms", "telegram", "web"]), shared_phone=st.booleans()),
    st.sampled_from([Released(), Released(), WorkerChanged(), Expired(), CaseClosed(), Cancelled()]),
)
KINDS = st.fixed_dictionaries(
    {
        "discreet": st.sampled_from([False, False, False, True]),
        "shared_phone": st.sampled_from([False, False, True]),
        "easy_read": st.booleans(),
        "channel": st.sampled_from(["sms", "sms", "telegram", "web"]),
        "language": st.sampled_from(["en", "en", "cy", "pl", "ne", "xx"]),
    }
)


def puts(effects: tuple[Effect, ...]) -> list[str]:
    """The names of everything said."""
    return [effect.message for effect in effects if isinstance(effect, Say)]


class Conversation(RuleBasedStateMachine):
    """One conversation, with anything happening to it in any order, and what must hold after each step."""

    @initialize(survey=SURVEYS, kind=KINDS, first_contact=st.booleans())
    def begin(self, survey, kind, first_contact):
        """Invite somebody."""
        self.survey, self.now = survey, NOW
        self.state = State.new(survey, {**NAMES, "initial": "J", "link": "https://heard.example.org/chat/x"}, **kind)
        self.put: Counter[str] = Counter()
        self.moves = self.backs = self.heard = 0
        self.said_on: Counter[object] = Counter()
        self.stopped = False
        self._take(Invited(first_contact))

    @rule(reply=REPLIES, pause=st.integers(0, 200))
    def hears(self, reply, pause):
        """A message comes in."""
        self.now += timedelta(seconds=pause)
        before = self.state
        self.heard += 1
        reply = replace(reply, message=self.heard)
        effects = self._take(reply)
        self.backs += read_command(reply.text) == "back"
        self._every_word_is_kept(before, reply, effects)
        if reply.comment_only:
            assert not [effect for effect in effects if isinstance(effect, Answered)], "an edit answers nothing"
            assert all(name.startswith(("urgent_", "stop_confirm")) for name in puts(effects))
        assert len(puts(effects)) <= 3
        if before.repeats(reply.text, self.now) and reply.crossed and reply.button is None and before.channel != "web":
            assert effects == ()

    @rule(event=HAPPENINGS, pause=st.integers(0, 300_000))
    def happens(self, event, pause):
        """Something else happens, or time passes."""
        self.now += timedelta(seconds=pause)
        effects = self._take(event)
        assert not [effect for effect in effects if isinstance(effect, Answered)], "no answer without its message"
        assert len(puts(effects)) <= (3 if isinstance(event, MovedTo) else 2)

    @precondition(lambda self: self.state.phase not in {"opted_out", "unsafe", "wrong_number"})
    @rule()
    def says_stop(self):
        """Whatever came before, STOP is confirmed once and heeded; a line that was closed for good has a stop already."""
        effects = self._take(Reply("STOP"))
        assert puts(effects) == ["stop_confirm"] or self.state.said >= MOST_IN_ALL
        assert OptedOut() in effects

    @invariant()
    def it_stays_within_its_bounds(self):
        """Nobody is asked anything three times on one line unasked, and two machines cannot go on for ever."""
        asked = {f"{self.survey.id}.{question.id}" for question in self.survey.questions}
        assert all(times <= 2 + self.moves + self.backs for name, times in self.put.items() if name in asked)
        assert max(self.state.asks.values(), default=0) <= 2
        assert max(self.said_on.values(), default=0) <= MOST_A_DAY + IN_DANGER_A_DAY + 3

    def _take(self, event):
        was_stopped = self.stopped
        self.moves += isinstance(event, MovedTo)
        state, effects = step(self.state, self.survey, event, self.now)
        assert State.from_json(state.to_json()) == state
        if OptedOut() in effects:
            self.stopped = True
        elif OptedIn() in effects or (isinstance(event, Reply) and event.text.lower() == "start"):
            self.stopped = False
        elif was_stopped and state.phase == "opted_out":
            assert effects == (), "after STOP nothing is said but the one confirmation"
        for effect in effects:
            if isinstance(effect, Say):
                assert effect.text
                assert "{" not in effect.text
                if not isinstance(event, MovedTo):  # what is said again on another line may not have been seen
                    self.put.update((effect.message.rpartition("+")[2],))
                self.said_on[self.now.date()] += 1
        self._is_as_the_line_allows(effects, state)
        self.state = state
        return effects

    def _is_as_the_line_allows(self, effects, state):
        """No question in a discreet text, nothing to press in an SMS, and no button that would not answer."""
        asked = {f"{self.survey.id}.{question.id}" for question in self.survey.questions}
        for effect in effects:
            if isinstance(effect, Say):
                assert not (state.discreet and state.channel != "web" and effect.message.rpartition("+")[2] in asked)
                assert effect.choices is None or state.channel != "sms"
                assert effect.choices is None or effect.choices.question == state.pressable

    def _every_word_is_kept(self, before, reply, effects):
        """Where a reply is taken for an answer, its words are in it as soon as they say more than the number."""
        for effect in effects:
            if isinstance(effect, Answered) and effect.question == before.question:
                question = self.survey.spoken(before.language, before.channel).question(before.question)
                found = parse_reply(question, reply.text)
                if isinstance(found, Answer):
                    assert effect.comment == found.comment
                elif reply.text.strip():
                    assert effect.comment == reply.text
                alone = reply.severity or (reply.foreign and "language" not in before.marks)
                assert effect.after == (() if alone else before.unclear.get(effect.question, ()))
                assert effect.question not in self.state.unclear


Conversation.TestCase.settings = settings(max_examples=120, stateful_step_count=40, deadline=None)
test_whatever_happens_to_a_conversation = Conversation.TestCase


@settings(deadline=None)
@given(SURVEYS, st.lists(TEXTS.filter(lambda text: text not in {"help", "start", "go"}), min_size=60, max_size=60))
def test_sixty_replies_bring_any_conversation_to_its_end_or_to_silence(survey, texts):
    play = Play(survey).happens(Invited(), "go", *texts)
    quiet = ["go", "and", "on", "1"]
    assert all(play.happens(text).said == [] for text in quiet) or play.state.phase not in {"asking", "invited"}


@settings(deadline=None)
@given(SURVEYS, st.lists(REPLIES, max_size=40))
def test_nobody_is_opted_out_except_by_asking_for_it(survey, replies):
    play = Play(survey).happens(Invited())
    for reply in replies:
        play.happens(reply)
        if OptedOut() in play.effects:
            assert play.state.phase == "opted_out"
            return
    assert play.state.phase != "opted_out"


@settings(deadline=None)
@given(SURVEYS, st.lists(TEXTS.map(Reply), max_size=40))
def test_every_text_that_goes_out_in_english_fits_one_sms(survey, replies):
    play = Play(survey).happens(Invited())
    for reply in replies:
        play.happens(reply)
        assert all(septets(effect.text) <= ONE_PART for effect in play.effects if isinstance(effect, Say))
