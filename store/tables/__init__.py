"""The tables, by subject. Importing this package makes all of them known to `Base.metadata`."""

from store.tables.cases import Case, Participant, StageEvent
from store.tables.conversations import Answer, Conversation, Invitation, InvitationStep, Tag
from store.tables.messages import EarlyReceipt, Message, Notice
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
    "InvitationStep",
    "Message",
    "Notice",
    "OptOut",
    "Participant",
    "Person",
    "Staff",
    "StageEvent",
    "Tag",
    "Unit",
]
