"""The pure core of a conversation: state and event in, state and effects out. Reads no clock, row or network."""
