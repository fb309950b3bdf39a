"""The pages' own few words, by language. What is asked and answered comes from the service, in the chat's language.

To add a language, add its table: names that are missing stand in English, marked as such for those who listen to the page.
"""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup, escape

ENGLISH = {
    "title": "Questions",
    "leave": "Leave this page",
    "leave_hint": "Or press the Shift key three times.",
    "said_by_me": "You said:",
    "said_by_us": "{service} said:",
    "talk": "What was said",
    "pressed_skip": "Skipped",
    "pressed_back": "Went back",
    "pressed_stop": "Stopped here",
    "danger": "In danger",
    "more_help": "More numbers",
    "progress": "Question {number} of {total}",
    "hidden": "What was said before is kept, and hidden here.",
    "overtaken": "That was already answered. Here is where you are now.",
    # the cover and the door
    "hello": "Hello",
    "start": "Start",
    "rather_not": "I’d rather not",
    "rather_not_told": "That’s fine. Nobody will mind, and nothing changes for you.",
    "rather_not_sure": "No, thank you",
    "own_pace": "Take your time. You can skip anything, stop whenever you like, and come back later with the same link.",
    "own_pace_door": "Take your time. You can skip anything, and stop whenever you like.",
    "ends_tonight": "Your page closes tonight, finished or not: what you have said by then is kept.",
    "privacy": "What happens with what you say",
    "door_closed": "These questions are over",
    "door_closed_told": "Nothing can be added any more. Thank you for coming.",
    # a question
    "choose_one": "Choose one.",
    "choose_several": "Choose all that fit.",
    "choose_number": "Choose a number.",
    "number_hint": "A number from {lowest} to {highest}.",
    "date_hint": "Any way you like to write it, such as 14 March or 14/3/2026.",
    "words_hint": "Write as much or as little as you like.",
    "scale_end": "{number} is {meaning}",
    "send": "Send",
    "skip": "Skip this one",
    "back": "Go back one",
    "no_more": "I’d rather not answer any more",
    "no_more_told": "That’s fine. What you have said so far is kept, and nobody will mind that you stop.",
    "no_more_sure": "Stop here",
    "write": "Write back",
    # nothing is asked
    "waiting": "Thank you for telling us",
    "waiting_told": "A person will read what you wrote. There is nothing to answer just now. "
    "If you need somebody before then:",
    "look_again": "See if there is anything new",
    "add": "Anything you want to add?",
    "finished": "All done. Thank you",
    "declined": "That’s fine",
    "declined_told": "Nobody will mind, and nothing changes for you.",
    "finished_told": "You can close this page now.",
    "again": "Start again",
    # what is the matter
    "trouble": "Nothing was sent yet",
    "empty": "Choose or write an answer first. Or press “Skip this one”.",
    "empty_words": "Write something first.",
    "too_long": "That is more than fits in one go. Make it shorter, or send it in two parts. It is still here.",
    "offline": "Not sent: there is no connection. Your words are still here. Press Send to try again.",
    "our_fault": "Something went wrong on our side. Your words are still here. Press Send again: nothing counts twice.",
    # away for a while
    "still": "Are you still there?",
    "still_told": "To keep your words private, this page hides them in one minute. "
    "Anything you have typed and not sent would go.",
    "still_told_door": "This page goes back to the start in one minute.",
    "still_here": "I’m still here",
    "covered": "Carry on where you left off",
    "covered_told": "What was said before is kept, and hidden here to keep it private.",
    "carry_on": "Carry on",
    "start_anew": "Start from the beginning",
    "hides": "After {minutes} minutes, this page hides what was said above. Nothing is lost.",
    # a ticket
    "once": "Your link lets you in once. Answer in one go: after Start nobody can find your answers, not even for you.",
    "spent": "This link has been used",
    "spent_told": "It lets one person in, once. If you had not finished, the page that you answered on works until tonight "
    "in the browser where you opened it.",
    "spent_by_another": "If it was not you, tell whoever sent it. We cannot see who it was, nor take those answers out.",
    "held_told": "Not everybody has been sent their link yet, and until then your answers could be told from theirs. "
    "Your link stays good: please come back later, in the same way.",
    "early": "Not open yet",
    "early_told": "This opens on {day}. Please come back then, in the same way.",
    # no page
    "gone": "This link does not work",
    "gone_told": "It may be too old, or not quite complete. Ask the person who gave it to you for a new one. "
    "If your answers had no name on them, the page closed in the night, and what you had said is kept.",
    "too_many": "Too many people at once",
    "too_many_told": "A lot of people have tried from the place where you are. Please try again in {minutes} minutes, "
    "or use your phone’s own connection.",
    "fault": "Something went wrong on our side",
    "fault_told": "We do not know whether your last words arrived. Go back to the page and look; if they are not there, "
    "please send them again.",
    "too_big": "That is too much at once",
    "too_big_told": "Go back and send it in smaller parts.",
}
BY_LANGUAGE: dict[str, dict[str, str]] = {"en": ENGLISH}


def speaker(language: str) -> Callable[..., Markup]:
    """Return the function with which a page of that language says its own words: by name, with gaps filled in.

    It returns markup; English that stands in for a missing translation is marked as English.
    """
    own = BY_LANGUAGE.get(language, {})

    def say(name: str, **gaps: object) -> Markup:
        if name in own:
            return escape(own[name].format(**gaps))
        return in_english(escape(ENGLISH[name].format(**gaps)), language)

    return say


def in_english(words: Markup, language: str) -> Markup:
    """Give English words as they stand on a page of that language: marked, where it is another, for whoever listens."""
    return words if language == "en" else Markup('<span lang="en" dir="ltr">{}</span>').format(words)
