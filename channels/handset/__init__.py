"""Simulated phones, for trying the service out: a channel that delivers at once, and pages to see and answer on.

Only for trial mode on this computer: anybody who can open the pages can write as anybody. It keeps nothing: what was said
lives with the service, as with any channel, and is passed in to be shown.
"""

from __future__ import annotations

from channels.handset.channel import Handset
from channels.handset.pages import handset_pages
from channels.handset.shown import Bubble, Doing, DoingKind, Phone, PhoneList, Watched

__all__ = ["Bubble", "Doing", "DoingKind", "Handset", "Phone", "PhoneList", "Watched", "handset_pages"]
