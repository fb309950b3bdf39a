"""The tables, by subject. Importing this package makes all of them known to `Base.metadata`."""

from store.tables.campaigns import Campaign, CampaignMember, PartnerOrganisation, TriageDecision
from store.tables.cases import Case, ContactLimit, Participant, StageEvent, WorkerSpell
from store.tables.clock import ClockLease, JobRun
from store.tables.conversations import Answer, Conversation, Correction, Tag
from store.tables.cover import CoverShift
from store.tables.invitations import Invitation, InvitationStep
from store.tables.links import Link, OpenSurvey
from store.tables.messages import EarlyReceipt, Message, Notice
from store.tables.organisation import District, Leave, Staff, Unit
from store.tables.people import ContactPoint, DoNotContact, OptOut, Person, TakingPartAlone
from store.tables.pulse import PulseAsked, Ticket
from store.tables.reports import AuditEntry, Digest
from store.tables.safety import Alert, AlertStep, Concern
from store.tables.sending import DataNote, Halt, Pace, Tally
from store.tables.systems import ApiKey, ApiMinute, ApiReply

__all__ = [
    "Alert",
    "AlertStep",
    "Answer",
    "ApiKey",
    "ApiMinute",
    "ApiReply",
    "AuditEntry",
    "Campaign",
    "CampaignMember",
    "Case",
    "ClockLease",
    "Concern",
    "ContactLimit",
    "ContactPoint",
    "Conversation",
    "Correction",
    "CoverShift",
    "DataNote",
    "Digest",
    "District",
    "DoNotContact",
    "EarlyReceipt",
    "Halt",
    "Invitation",
    "InvitationStep",
    "JobRun",
    "Leave",
    "Link",
    "Message",
    "Notice",
    "OpenSurvey",
    "OptOut",
    "Pace",
    "Participant",
    "PartnerOrganisation",
    "Person",
    "PulseAsked",
    "Staff",
    "StageEvent",
    "Tag",
    "TakingPartAlone",
    "Tally",
    "Ticket",
    "TriageDecision",
    "Unit",
    "WorkerSpell",
]
