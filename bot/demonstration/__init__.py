"""An invented council with two months of history, so that a newcomer sees the service at work. Nobody in it is real."""
