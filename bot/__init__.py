"""How the service behaves: who is asked when, what happens to a reply, what goes out, who is told."""
