"""The tables, by subject. Importing this package makes all of them known to `Base.metadata`."""

from store.tables.cases import Case, Participant, StageEvent
from store.tables.conversations import Answer, Conversation, Invitation, InvitationStep, Tag
from store.tables.links import Link, OpenSurvey
from store.tables.messages import EarlyReceipt, Message, Notice
from store.tables.organisation import Staff, Unit
from store.tables.people import ContactPoint, OptOut, Person
from store.tables.reports import AuditEntry, Digest
from store.tables.safety import Alert, AlertStep, Concern
from store.tables.sending import DataNote, Halt, Pace, Tally

__all__ = [
    "Alert",
    "AlertStep",
    "Answer",
    "AuditEntry",
    "Case",
    "Concern",
    "ContactPoint",
    "Conversation",
    "DataNote",
    "Digest",
    "EarlyReceipt",
    "Halt",
    "Invitation",
    "InvitationStep",
    "Link",
    "Message",
    "Notice",
    "OpenSurvey",
    "OptOut",
    "Pace",
    "Participant",
    "Person",
    "Staff",
    "StageEvent",
    "Tag",
    "Tally",
    "Unit",
]
