"""Who is there to read what families answer: no cover, no send."""
