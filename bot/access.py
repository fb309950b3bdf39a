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
        on_duty: they are on the rota now, and there (`bot.cover.rota.is_on`).
    """

    staff_id: int
    role: str
    reads_for: frozenset[int] | None = None
    districts: frozenset[str] = frozenset()
    on_duty: bool = False

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
        """Whether concerns about a worker's conduct are theirs to see: hidden from managers and workers alike.

        They are the duty role's; an administrator's while on the rota, since they are the duty desk then.
        """
        return self.role in SEES_CONDUCT or (self.on_duty and self.deals_with_alerts)

    @property
    def deals_with_alerts(self) -> bool:
        """Whether they read what raised an alert at once, acknowledge and release it. A manager waits for the release."""
        return self.role in DEALS_WITH_ALERTS

    def noted(self, what: str) -> str:
        """What they did about an alert, as the log tells it: an administrator on the rota does so as the duty desk."""
        return f"{what}, on duty by the rota" if self.on_duty and self.role not in SEES_CONDUCT else what
