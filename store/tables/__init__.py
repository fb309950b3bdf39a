"""The tables, by subject. Importing this package makes all of them known to `Base.metadata`."""

from store.tables.cases import Case, Participant, StageEvent
from store.tables.conversations import Answer, Conversation, Invitation, Tag
from store.tables.messages import EarlyReceipt, Message
from store.tables.organisation import Staff, Unit
from store.tables.people import ContactPoint, OptOut, Person
from store.tables.reports import AuditEntry, Digest
from store.tables.safety import Alert, AlertStep, Concern

__all__ = [
    "Alert",
    "AlertStep",
    "Answer",
    "AuditEntry",
    "Case",
    "Concern",
    "ContactPoint",
    "Conversation",
    "Digest",
    "EarlyReceipt",
    "Invitation",
    "Message",
    "OptOut",
    "Participant",
    "Person",
    "Staff",
    "StageEvent",
    "Tag",
    "Unit",
]
