"""The other side of each edge, real enough to be strict: servers on loopback that the real clients speak to."""
