"""Cases as the council's case system lists them: reading a list, keeping it, and inventing one to try things with."""
