"""What sending comes to when it fails: when to try again, and what follows when nothing more can be done."""
