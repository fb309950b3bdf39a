"""Among whom an answer is to be lost: the groups in which a pulse is asked. Pure.

An answer is kept with its group, so no group may be so small that its name says whose answer it is: in a team of one, it
would. Teams with fewer people than figures are ever shown for are asked together, across the service.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import TypeAlias

from store.inviting.pulse import InPost

Groups: TypeAlias = dict[int | None, list[InPost]]
"""Who is asked together, by the id of their unit; None for those of many units, and of none."""


def of(staff: Collection[InPost], least: int) -> Groups:
    """Divide staff into groups of at least `least`; no groups at all where there are not so many people.

    Where those of small units are too few even together, the smallest unit that could stand alone joins them.
    """
    units: Groups = defaultdict(list)
    for member in staff:
        units[member.unit_id].append(member)
    together = units.pop(None, [])
    alone = sorted(units.items(), key=lambda unit: (len(unit[1]), unit[0]))
    while alone and (len(alone[0][1]) < least or 0 < len(together) < least):
        together += alone.pop(0)[1]
    if 0 < len(together) < least:
        return {}
    return dict(alone) | ({None: together} if together else {})
