"""Kombu's way to Redis, with one thing put right: a worker that Redis has left in the middle of its tasks finds back.

A task is acknowledged when it is done. Where Redis is away just then, Kombu keeps the task's place occupied; with one place
for each process, a worker whose every process was busy would ask for nothing more, and so never notice that Redis is back.
"""

from __future__ import annotations

from kombu.transport import redis, virtual


class _Places(redis.QoS):
    def ack(self, delivery_tag: str) -> None:
        """Say that a task is done. Whatever comes of that, its place is free; if Redis brings it again, no harm is done."""
        try:
            super().ack(delivery_tag)  # type: ignore[no-untyped-call]
        except self.channel.connection_errors:
            virtual.QoS.ack(self, delivery_tag)
            raise


class _Channel(redis.Channel):
    QoS = _Places


class Transport(redis.Transport):
    """Redis as a broker."""

    Channel = _Channel
