"""The command line: `flask cases`, `flask surveys`, `flask jobs` and the rest."""
