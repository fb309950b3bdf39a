"""What staff see and do: pages behind sign-in, a few public pages, and the command line."""
