"""Who is looking, and what they may see."""

from __future__ import annotations

from dataclasses import dataclass

SEES_ALL_ALERTS = frozenset({"duty", "administrator"})
SEES_CONDUCT = frozenset({"duty"})
DEALS_WITH_ALERTS = frozenset({"duty", "administrator"})


@dataclass(frozen=True)
class Viewer:
    """Someone signed in. `role` is worker, manager, duty or administrator.

    Attributes:
        reads_for: the line managers for whom they read today (`bot.organisation.read_by`); None: for nobody but themselves.
        districts: of which they read what partners and notifiers say, in small letters.
    """

    staff_id: int
    role: str
    reads_for: frozenset[int] | None = None
    districts: frozenset[str] = frozenset()

    @property
    def managers(self) -> frozenset[int]:
        """The line managers whose workers' cases are theirs to read about."""
        return frozenset({self.staff_id}) if self.reads_for is None else self.reads_for

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
