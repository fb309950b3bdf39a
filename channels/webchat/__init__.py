"""The web chat: pages on which one person answers, and the ways into them."""
