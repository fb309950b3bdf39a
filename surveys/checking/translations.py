"""Whether a language, and a survey's wordings in it, fit the English that they stand for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from surveys.checking.messages import NEEDED_MESSAGES
from surveys.checking.problems import Finding
from surveys.checking.texts import Manner, in_messages, in_wording
from surveys.gaps import LINES, PLACEHOLDER
from surveys.languages import ENGLISH, ISO_639_1, Language, Wording
from surveys.survey import Survey

MUST_STAY = (*LINES, "link", "you_said", "we_did")
"""Gaps that a translation may not drop: without them a text loses the number it is about."""


def in_language(language: Language, file_stem: str, english: Mapping[str, str]) -> Iterator[Finding]:
    """Give everything wrong in a language's own file."""
    if language.code not in ISO_639_1:
        yield Finding(
            None, f"{language.code} is no code of a language.", "Use its ISO 639-1 code, such as cy for Welsh."
        )
    elif language.code == ENGLISH:
        yield Finding(None, "English has no file of its own.", "Write it in messages.yaml and in the surveys.")
    elif language.code != file_stem:
        wrong = f"The file is called {file_stem}, and its code is {language.code}."
        yield Finding(None, wrong, f"Call it {language.code}.yaml, or mend `code:`.")
    for name in language.messages:
        if name in english:
            yield from _dropped(name, english[name], language.messages[name])
        elif name not in NEEDED_MESSAGES:
            wrong = f"There is no shared message called {name}, so nobody would hear it."
            yield Finding(name, wrong, "Use a name from messages.yaml.")
    yield from in_messages(language.messages, Manner.of(language))


def in_wordings(survey: Survey) -> Iterator[Finding]:
    """Give everything wrong in a survey's wordings in other languages."""
    for code, wording in survey.wordings.items():
        language = survey.languages.get(code)
        if language is None:
            known = ", ".join(survey.languages) or "none"
            yield Finding(None, f"`wordings:` has {code}, which has no file.", f"Languages that have one: {known}.")
            continue
        unfit = list(_against_english(survey, code, wording))
        yield from unfit
        if not unfit:
            spoken = survey.spoken(code, "web")
            for found in in_wording(spoken, Manner.of(language)):
                yield Finding(found.place, f"In {language.name}: {found.wrong}", found.instead)


def _against_english(survey: Survey, code: str, wording: Wording) -> Iterator[Finding]:
    questions = {question.id: question for question in survey.questions}
    for name in ("intro", "closing"):
        if words := getattr(wording, name):
            yield from _dropped(name, getattr(survey, name), words)
    for name, translated in wording.questions.items():
        question = questions.get(name)
        if question is None:
            yield Finding(
                name, f"{code} has a wording for a question that is not there.", f"Use: {', '.join(questions)}."
            )
            continue
        here, there = len(translated.options or question.options), len(question.options)
        if here != there:
            wrong = f"{code} has {here} options; the question has {there}."
            yield Finding(name, wrong, "Give one label for each option, in the same order.")
        if translated.text_easy and not question.text_easy:
            wrong = f"{code} has an easy-read wording, and the English has none."
            yield Finding(name, wrong, "Add `text_easy:` to the question, or take it out here.")
        if translated.ask:
            yield from _dropped(name, question.ask, translated.ask)


def _dropped(place: str, english: str, translated: str) -> Iterator[Finding]:
    there = set(PLACEHOLDER.findall(translated))
    for gap in dict.fromkeys(PLACEHOLDER.findall(english)):
        if gap in MUST_STAY and gap not in there:
            yield Finding(place, f"It has lost {{{gap}}}, which the English has.", f"Put {{{gap}}} where it belongs.")
