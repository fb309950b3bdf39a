"""Everything that is chosen from outside: `chosen` names and explains it, `forms` and `rules` say what may be written."""

from settings.chosen import Settings
from settings.forms import BadSettings

__all__ = ["BadSettings", "Settings"]
