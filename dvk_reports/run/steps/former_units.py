"""What is held of units that are no more, or no longer in the register, and that somebody must look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dvk_reports.intake.back.past import PastQuarter
from dvk_reports.messages.returns import Location, Msg, say
from dvk_reports.model.findings import Finding
from dvk_reports.model.periods import Quarter
from dvk_reports.plan.book.roles import LabelRole, SheetRole
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.register import Register, Unit
from dvk_reports.plan.register.sheets import FILE, MERGERS, UNITS
from dvk_reports.run.steps.model_history import models_listed
from dvk_reports.vietnamese.numbers import show_count
from dvk_reports.vietnamese.text import fold


def lost_units(register: Register, history: Iterable[PastQuarter]) -> Iterator[Finding]:
    """D11: units whose returns are held and whose row has left the register, in order of their codes.

    A row that is there and cannot be used is told by what is wrong in it.
    """
    there = {*register.by_code, *(item.code for item in register.left_out)}
    names: dict[str, tuple[str, str]] = {}
    held: dict[str, list[Quarter]] = {}
    for past in sorted(history, key=lambda item: item.quarter):
        names |= {item.unit: (item.name, item.kind) for item in past.submissions}
        for code in past.returns:
            if code not in there:
                held.setdefault(code, []).append(past.quarter)
    for code in sorted(held):
        name, kind = names.get(code, (code, ""))
        again = next((unit.code for unit in register.units if fold(unit.name) == fold(name)), "")
        yield say(
            Msg.REG_UNIT_LOST,
            Location(code, file=FILE, sheet=UNITS, raw=code, subject=code),
            ten=name,
            ky=", ".join(quarter.key for quarter in held[code]),
            loai=f", loại {kind}" if kind else "",
            gan=f" Nếu mã đã đổi thành {again} thì đổi lại thành {code}." if again else "",
        )


def unlisted_models(office: Office, history: Sequence[PastQuarter], now: PastQuarter) -> Iterator[Finding]:
    """D12: models of a unit that was split which none of its parts lists, once every part has told of its models.

    ``now``: the used returns of the quarter itself.
    """
    register, quarter = office.register, now.quarter
    plan, day = office.plan_of(quarter), quarter.last_day
    before = sorted((past for past in history if past.quarter < quarter), key=lambda past: past.quarter)
    for unit in register.units:
        parts = _parts(register, unit, quarter)
        if len(parts) < 2:
            continue
        heard = models_listed(office.plan, [*before, now], _descendants(register, unit), day)
        if not {part.code for part in parts} <= set(heard.told):
            continue
        whole = (unit.code, *register.predecessors(unit.code))
        left = [
            item for key, item in models_listed(office.plan, before, whole, day).open.items() if key not in heard.listed
        ]
        if left:
            yield say(
                Msg.REG_MODELS_UNLISTED,
                Location(unit.code, file=FILE, sheet=MERGERS, raw=unit.code, subject=unit.code),
                bieu_mo_hinh=plan.sheet(SheetRole.MODELS),
                nhan_ket_thuc=" hoặc ".join(plan.labels_with(LabelRole.ENDED)),
                ten=unit.name,
                don_vi=", ".join(part.name for part in parts),
                so=show_count(len(left)),
                ds=", ".join(f"{item.row.text('ma_mo_hinh')} “{item.row.text('ten')}”" for item in left),
            )


def _parts(register: Register, unit: Unit, quarter: Quarter) -> tuple[Unit, ...]:
    """The units of a day that a unit which is no more has been split into."""
    if unit.valid(quarter.last_day):
        return ()
    heirs = register.heirs(unit.code, quarter.last_day)
    return tuple(item for item in register.units_on(quarter.last_day) if item.code in heirs)


def _descendants(register: Register, unit: Unit) -> tuple[str, ...]:
    return tuple(item.code for item in register.units if unit.code in register.forerunners(item.code))
