"""Who is looking, and what they may see."""

from __future__ import annotations

from dataclasses import dataclass

SEES_ALL_ALERTS = frozenset({"duty", "administrator"})
SEES_CONDUCT = frozenset({"duty"})
DEALS_WITH_ALERTS = frozenset({"duty", "administrator"})


@dataclass(frozen=True)
class Viewer:
    """Someone signed in. `role` is worker, manager, duty or administrator."""

    staff_id: int
    role: str

    @property
    def sees_all_alerts(self) -> bool:
        """Whether alerts about anybody's cases are theirs to see; a manager sees those of his own workers' cases."""
        return self.role in SEES_ALL_ALERTS

    @property
    def sees_conduct(self) -> bool:
        """Whether concerns about a worker's conduct are theirs to see: hidden from managers and workers alike."""
        return self.role in SEES_CONDUCT

    @property
    def deals_with_alerts(self) -> bool:
        """Whether they read what raised an alert at once, acknowledge and release it. A manager waits for the release."""
        return self.role in DEALS_WITH_ALERTS
