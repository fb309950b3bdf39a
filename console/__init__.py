"""What staff see and do: pages behind sign-in, a few public pages, and the command line."""

from console.pages import register

__all__ = ["register"]
