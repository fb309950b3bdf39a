"""The queues on Redis, by Celery: ids go in, and workers take them out. Nothing is kept here that a lost Redis could lose.

A task carries the id of a row and nothing else. That Redis may deliver it twice, late or never is allowed for elsewhere: a
row is claimed by lease before it is sent, and what is due is handed out again and again until it is sent.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta

from celery import Celery
from kombu.entity import Queue
from kombu.messaging import Producer
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

TASK = "send_message"
SOON, LATER = "heard.soon", "heard.later"
"""What a person waits for goes in the first queue, and workers empty it before they look into the second."""

CONNECT_SECONDS, ANSWER_SECONDS = 2, 3
"""How long Redis may take to let us in, and to answer."""

AFTER_THE_LIMIT = timedelta(seconds=30)


class Broker:
    """The queues on one Redis."""

    def __init__(self, url: str, longest: timedelta) -> None:
        """Prepare; nothing is connected yet.

        Args:
            url: `redis://HOST:PORT/NUMBER`.
            longest: a task that takes longer is ended. What it sent is then looked for at the provider, as after a kill.
        """
        self._url = url
        self.celery = Celery("heard", broker=url, set_as_current=False)
        self.celery.conf.update(_settings(longest))
        if url.startswith("rediss:"):  # left to itself, Kombu would look at no certificate
            self.celery.conf.broker_use_ssl = {"ssl_cert_reqs": ssl.CERT_REQUIRED}

    def answers(self) -> bool:
        """Whether Redis answers, at once: it is given a second to let us in and one to answer."""
        try:
            with Redis.from_url(
                self._url, socket_connect_timeout=1, socket_timeout=1, retry=Retry(NoBackoff(), 0)
            ) as asked:
                return bool(asked.ping())
        except (RedisError, OSError):
            return False

    @contextmanager
    def line(self) -> Iterator[Line]:
        """A connection to put ids in; where Redis is away, it fails within seconds, with an error of its libraries'."""
        with self.celery.producer_or_acquire() as producer:
            yield Line(self.celery, producer)


class Line:
    """A connection to the queues."""

    def __init__(self, celery: Celery, producer: Producer) -> None:
        self._celery = celery
        self._producer = producer

    def waiting(self, queue: str) -> int:
        """How many ids wait in a queue to be taken out."""
        return int(Queue(queue)(self._producer.channel).queue_declare().message_count)

    def put(self, queue: str, ids: Sequence[int]) -> None:
        """Put ids into a queue, in this order."""
        for message_id in ids:
            self._celery.send_task(TASK, [message_id], queue=queue, producer=self._producer, retry=False)


def _settings(longest: timedelta) -> dict[str, object]:
    limit = longest.total_seconds()
    return {
        "accept_content": ["json"],
        "task_serializer": "json",
        "task_ignore_result": True,
        "task_queues": (Queue(SOON), Queue(LATER)),
        "task_default_queue": LATER,
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        "task_soft_time_limit": limit,
        "task_time_limit": limit + AFTER_THE_LIMIT.total_seconds() / 2,
        "broker_transport": "bot.sending.workers.transport:Transport",
        "broker_connection_timeout": CONNECT_SECONDS,
        "broker_connection_retry_on_startup": True,
        "broker_connection_max_retries": None,  # a worker waits for Redis for as long as it takes
        "broker_transport_options": {
            "queue_order_strategy": "priority",
            "priority_steps": [0],
            "visibility_timeout": limit + AFTER_THE_LIMIT.total_seconds(),
            "unacked_restore_interval": 2,
            "unacked_restore_throttle": 1,
            "socket_connect_timeout": CONNECT_SECONDS,
            "socket_timeout": ANSWER_SECONDS,
        },
        "worker_prefetch_multiplier": 1,
        "worker_enable_remote_control": False,
        "worker_cancel_long_running_tasks_on_connection_loss": False,
        "worker_redirect_stdouts": False,
        "worker_proc_alive_timeout": 30,
    }
