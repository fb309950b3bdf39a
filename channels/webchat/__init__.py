"""The web chat: pages on which one person answers, and the ways into them.

It keeps nothing: what was said lives with the service, as with any channel, and is passed in to be shown.
"""

from __future__ import annotations

from channels.webchat.channel import WebChat
from channels.webchat.pages import webchat_pages
from channels.webchat.shown import Asked, Bubble, Chats, Door, Scene, Turn

__all__ = ["Asked", "Bubble", "Chats", "Door", "Scene", "Turn", "WebChat", "webchat_pages"]
