"""What surrounds the conversation core: carrying out its effects, and the events that are no reply."""
