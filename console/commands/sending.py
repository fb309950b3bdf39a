"""`flask sending`: stopping all messages at once, letting them go again, and how it stands."""

from __future__ import annotations

from bot.calendar import LONDON
from bot.sending import switch
from console.commands.plain import PlainGroup
from console.wiring import service
from console.words import KINDS
from store.migrate import migrate

sending = PlainGroup(
    "sending",
    short_help="Stop all messages at once, and let them go again.",
    help="Stop all messages at once, and let them go again. Alerts to the duty desk go on.",
)


@sending.command("stop")
def stop() -> None:
    """Stop all sending at once, in every process. Alerts go on; what people text is still kept and looked through."""
    migrate(service().database)
    done = switch.stop(service().database, service().clock.now())
    print("All sending is stopped; alerts go on." if done else "All sending was stopped already.")


@sending.command("start")
def start() -> None:
    """Let messages go again. What has become too old meanwhile is dropped, not sent late."""
    migrate(service().database)
    done = switch.start(service().database, service().clock.now())
    service().outbox.wake()
    print("Messages go again." if done else "Nothing was stopped.")


@sending.command("status")
def status() -> None:
    """Say whether messages go, and how many wait."""
    migrate(service().database)
    found = switch.status(service().database)
    if found.stopped_at is None:
        print("Messages go.")
    else:
        print(f"All sending is stopped since {found.stopped_at.astimezone(LONDON):%d %B %Y, %H:%M}; alerts go on.")
    for kind, number in sorted(found.waiting.items()):
        print(f"{number:8}  {KINDS.get(kind, kind)}")
    if not found.waiting:
        print("Nothing waits.")
