"""People: keeping what is known of them, whose a number is, and who must not, may, or may now be asked."""
