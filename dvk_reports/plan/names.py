"""Names as the office has written them in its register; generated words around them never change them."""

from __future__ import annotations

from dvk_reports.plan.register.register import Register


def names_of(register: Register) -> frozenset[str]:
    """Units, their other names, thôn, signers."""
    units = {name for unit in register.units for name in (unit.name, *unit.aliases)}
    return frozenset(units | {item.name for item in register.hamlets} | {item.name for item in register.signers})
