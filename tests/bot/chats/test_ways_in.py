"""What a newcomer finds: two open doors, and an invented parent's own link."""

from __future__ import annotations

from bot.chats.links import Links
from bot.demonstration import ways_in
from tests.bot.chats.rooms import Room
from tests.builders import make_case


def test_a_newcomer_can_go_in_by_an_open_door_however_often_it_was_opened(room: Room):
    service, now = room.house.service, room.house.clock.now()
    for _ in range(2):
        with room.house.database.writing() as session:
            ways_in.open_doors(session, service, now)
    with room.house.database.reading() as session:
        found = ways_in.doors(session, Links.of(service.council), now)
    assert found == [f"{service.council.base_url}/s/{code}" for code in ("demo", "partners")]
    assert room.chats.enter("demo")


def test_a_newcomer_can_answer_as_a_parent_who_has_been_asked(room: Room):
    service, now = room.house.service, room.house.clock.now()
    with room.house.database.writing() as session:
        assert ways_in.invented_parent(session, Links.of(service.council), now) is None
    make_case(room.house)
    room.house.ask()
    with room.house.database.writing() as session:
        link = ways_in.invented_parent(session, Links.of(service.council), now)
    assert link is not None
    assert room.scene(link.rpartition("/")[2]).standing == "cover"
