"""The pages of people: web chats, and the simulated phones. Puts what the bot knows into the shapes that they show."""

from __future__ import annotations

from flask import Blueprint

from bot.chats.beginning import Beginnings
from bot.chats.chats import Chats
from bot.chats.help_lines import help_lines
from bot.chats.tickets import Tickets
from bot.service import Service
from bot.shown import watching
from channels.handset import Bubble, Doing, Phone, PhoneList, Watched, handset_pages
from channels.webchat import Asked, Door, Scene, Turn, webchat_pages
from channels.webchat import Bubble as ChatBubble
from settings import Settings


class WebChats:
    """The web chats of the service, as their pages ask for them."""

    def __init__(self, chats: Chats) -> None:
        self.begin, self.enter = chats.begin, chats.enter
        self._chats, self._tickets = chats, Tickets(chats)
        self.hand_in = self._tickets.hand_in

    def look(self, token: str) -> Scene | None:
        """What a link leads to."""
        seen = self._chats.look(token)
        if seen is None:
            return None
        bubbles = tuple(ChatBubble(**vars(bubble)) for bubble in seen.bubbles)
        asked = Asked(**vars(seen.asked)) if seen.asked else None
        return Scene(**{**vars(seen), "bubbles": bubbles, "asked": asked})

    def say(self, token: str, turn: Turn) -> None:
        """Take in what was sent."""
        self._chats.say(token, turn.turn, turn.question, turn.text)

    def door(self, code: str) -> Door | None:
        """The open survey of that code."""
        door = self._chats.door(code)
        return Door(**vars(door)) if door else None

    def ticket(self, token: str) -> Door | None:
        """The door that a ticket opens."""
        door = self._tickets.look(token)
        return Door(**vars(door)) if door else None


def chat_pages(settings: Settings, service: Service) -> Blueprint:
    """The web chat."""
    beginnings = Beginnings(service.catalogue, service.council)
    wake = service.outbox.wake
    chats = Chats(service.database, service.catalogue, service.clock, service.inbox, beginnings, wake)
    return webchat_pages(
        WebChats(chats),
        exit_url=settings.exit_url,
        idle_minutes=settings.chat_idle_minutes,
        secret=settings.secret_key.get_secret_value(),
        now=service.clock.now,
        service=service.council.brand,
        is_secure=settings.public_base_url.startswith("https:"),
        help_lines=help_lines("young_person", service.council.lines),
        enters_an_hour=settings.chat_entries_an_hour,
        guesses_an_hour=settings.chat_guesses_an_hour,
    )


def as_phone(holder: watching.Holder) -> Phone:
    """A phone as its pages show it."""
    return Phone(holder.id, holder.address, holder.name, holder.who, last=holder.last)


def trial_pages(service: Service) -> Blueprint:
    """The simulated phones."""

    def phones(search: str) -> PhoneList:
        listed, how_many = watching.holders(service.database, search)
        return PhoneList(tuple(map(as_phone, listed)), how_many)

    def find(phone_id: str) -> Phone | None:
        holder = watching.holder(service.database, phone_id)
        return as_phone(holder) if holder else None

    def watch(address: str) -> Watched | None:
        scene = watching.scene(service.database, service.catalogue, address)
        holder = watching.holder_at(service.database, address)
        if scene is None or holder is None:
            return None
        return Watched(
            as_phone(holder),
            bubbles=tuple(Bubble(said.text, said.direction == "in", said.at, said.status) for said in scene.messages),
            doings=tuple(Doing(done.at, done.title, done.detail, done.kind) for done in scene.steps),
            survey=scene.survey,
            stage=scene.stage,
        )

    return handset_pages(service.inbox.receive, phones, find, watch, service=service.council.brand)
