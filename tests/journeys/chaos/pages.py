"""People at a web page: each opens their link and answers question by question.

Now and then they do so in two tabs at once; a turn comes once more when others have long followed it; or a tab that was left
open sends other words than the ones that had answered.
"""

from __future__ import annotations

import contextlib
import re
import threading
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import requests

from tests.journeys.chaos.people import ANSWERS, LAST, Person, word
from tests.journeys.chaos.storm import Storm

PATIENCE = 20
HANDS = 6
TWICE = 0.3
AGAIN_LATER, OTHERWISE_LATER = 0.2, 0.2
LATEST = 3.0  # seconds by which a turn is late at most; the next ones are taken within a few hundredths
_OTHER_WORDS = 8  # added to the number of a question: what a tab that was left open says to it
_TURN = re.compile(r'name="turn" value="([^"]*)"')
_QUESTION = re.compile(r'name="question" value="q(\d)"')


class Pages:
    """Everyone's page, from beginning to end; a context manager that waits for them all."""

    def __init__(self, service_url: str, tokens: Mapping[str, Person], storm: Storm):
        self._url, self._tokens, self._storm = service_url, tokens, storm
        self._hands = ThreadPoolExecutor(HANDS)
        self._two = ThreadPoolExecutor(HANDS)
        self._late = ThreadPoolExecutor(HANDS)
        self._stop = threading.Event()
        self.faults: list[BaseException] = []

    def begin(self) -> None:
        for token, person in self._tokens.items():
            self._hands.submit(self._sit_down, token, person)

    def end(self) -> None:
        self._stop.set()
        self._hands.shutdown(cancel_futures=True)
        self._two.shutdown()
        self._late.shutdown()

    def _sit_down(self, token: str, person: Person) -> None:
        try:
            with requests.Session() as browser:
                browser.trust_env = False
                self._send(browser, f"/chat/{token}/begin", {})
                while not person.has_finished and not self._stop.is_set():
                    self._answer(browser, token, person)
        except BaseException as fault:
            self.faults.append(fault)
            raise

    def _answer(self, browser: requests.Session, token: str, person: Person) -> None:
        page = browser.get(f"{self._url}/chat/{token}", timeout=PATIENCE).text
        question, turn = _QUESTION.search(page), _TURN.search(page)
        if question is None or turn is None:
            time.sleep(0.2)
            return
        place = int(question[1])
        if place in person.asked:
            return  # the page of before: the turn is still on its way
        person.asked.append(place)
        if place > LAST:
            return
        words = f"{ANSWERS[place]} {word(person.number, place)}"
        person.wrote.append(words)
        fields = {"turn": turn[1], "question": f"q{place}", "answer": words, "press": "send"}
        self._send(browser, f"/chat/{token}", fields)
        if self._storm.happens(AGAIN_LATER):
            self._late.submit(self._send_late, f"/chat/{token}", fields)
        if self._storm.happens(OTHERWISE_LATER):
            other = word(person.number, place + _OTHER_WORDS)
            person.wrote.append(other)
            self._late.submit(self._send_late, f"/chat/{token}", fields | {"answer": other})

    def _send(self, browser: requests.Session, path: str, fields: Mapping[str, str]) -> None:
        """Send a form, from two tabs at the same instant if it so happens, and again where the first was cut off."""
        if self._storm.happens(TWICE):
            for sending in [self._two.submit(self._post, browser, path, fields) for _ in range(2)]:
                sending.result()
        while not self._post(browser, path, fields) and not self._stop.is_set():
            time.sleep(0.2)

    def _send_late(self, path: str, fields: Mapping[str, str]) -> None:
        """Send the form of a page that others have long followed, until it is taken."""
        time.sleep(self._storm.seconds(LATEST))
        with requests.Session() as tab:
            tab.trust_env = False
            deadline = time.monotonic() + PATIENCE
            while not self._post(tab, path, fields) and time.monotonic() < deadline:
                time.sleep(0.2)

    def _post(self, browser: requests.Session, path: str, fields: Mapping[str, str]) -> bool:
        with contextlib.suppress(requests.RequestException):
            sent = browser.post(self._url + path, data=fields, timeout=PATIENCE, allow_redirects=False)
            return sent.status_code < 400
        return False
