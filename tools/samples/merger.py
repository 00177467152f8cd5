"""The workspace ``bao-yen-2025``: the last quarter before the merger of communes, and the first after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from random import Random

from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.duty import duties
from dvk_reports.plan.periods import Quarter
from dvk_reports.plan.register.register import Register
from dvk_reports.sheets.register.workbook import RegisterData, bundled_register
from tools.samples import district
from tools.samples import merger_plan as story
from tools.samples.history import changed_hamlets
from tools.samples.history_awards import Doers, doers_of, proposals, ranked, recognitions
from tools.samples.history_models import Life, LifeHand
from tools.samples.history_writer import HistoryWriter, ticked
from tools.samples.lean import lean_form
from tools.samples.people import Census
from tools.samples.seeded import Seed
from tools.samples.sowing import Sown, draft, other_version
from tools.samples.unit import Place, Report, RowValues, lower

NAME = "bao-yen-2025"
_NOTE_ON = "minh họa: tiếp tục hoạt động sau ngày 01/7/2025"

# --- register ---------------------------------------------------------------------------------------------------------


def register_data(plan: Plan) -> RegisterData:
    """The bundled register with bodies that end or go on, and the thôn of before and after."""
    real = bundled_register(plan)
    real_units = [dict(row) for row in real.rows["Đơn vị"]]
    for number, row in enumerate(real_units, 1):
        row |= {"email": district.email(str(row["ma_don_vi"])), "dien_thoai": district.phone(number)}
    old = [row for row in real_units if row.get("den_ngay") is not None]
    new = [row for row in real_units if row.get("den_ngay") is None]
    bodies = district.body_rows(story.ALL_BODIES)
    for row in bodies:
        if row["ma_don_vi"] in story.GO_ON:
            row |= {"den_ngay": None, "ghi_chu": _NOTE_ON}
    before = changed_hamlets(district.hamlet_rows((str(r["ma_hanh_chinh"]), str(r["ma_don_vi"])) for r in old))
    heirs = {str(row["ma_cu"]): str(row["ma_moi"]) for row in real.rows["Sáp nhập"]}
    rows = {
        **real.rows,
        "Đơn vị": [*old, *bodies, *new],
        "Thôn": [*before, *(row for row, _ in new_hamlets(before, heirs))],
        "Ngày nhận": list(_received_rows(real, [*old, *bodies, *new])),
        "Người ký": district.SIGNERS,
    }
    notes = dict.fromkeys(("Đơn vị", "Thôn", "Ngày nhận"), district.SHEET_NOTE)
    return RegisterData(rows, {**real.notes, **notes}, [*district.NOTES, *real.basis])


def new_hamlets(before: district.Rows, heirs: Mapping[str, str]) -> list[tuple[dict[str, object], str | None]]:
    """(row of a thôn of a new commune, code of the old thôn that it is): the same thôn under new codes.

    The tổ dân phố became thôn; a name that two communes brought along has the old commune's name added.
    """
    valid = [row for row in before if row["den_ngay"] == district.LAST_DAY]
    found: list[tuple[dict[str, object], str | None]] = []
    for heir in dict.fromkeys(heirs.values()):
        own = [row for row in valid if heirs.get(str(row["ma_don_vi"])) == heir]
        names = [_name_after(row) for row in own]
        told: list[tuple[str, str | None]] = []
        for row, name in zip(own, names, strict=True):
            twice = names.count(name) > 1
            told.append((f"{name} ({str(row['ma_thon'])[2:7]})" if twice else name, str(row["ma_thon"])))
        for commune, count in story.NEWCOMERS.get(heir, {}).items():
            told += [(f"Thôn {commune} {number}", None) for number in range(1, count + 1)]
        for number, (name, code) in enumerate(told, 1):
            row = {
                "ma_thon": f"T-{heir.split('-')[2]}-25{number:02d}",
                "ten": name,
                "loai": "Thôn",
                "ma_don_vi": heir,
                "tu_ngay": story.DAY,
                "ghi_chu": district.NOTE,
            }
            found.append((row, code))
    return found


def _name_after(row: Mapping[str, object]) -> str:
    name = str(row["ten"])
    if row["ma_don_vi"] == story.URBAN:
        return f"Thôn {story.URBAN_NAME} {name.rsplit(' ', 1)[-1]}"
    return name


def _received_rows(real: RegisterData, units: district.Rows) -> Iterator[dict[str, object]]:
    due = {str(row["ky"]): row["han_nop"] for row in real.rows["Hạn nộp"]}
    for quarter in story.QUARTERS:
        deadline = due[quarter.key]
        assert isinstance(deadline, date)
        for row in units:
            code, since, until = str(row["ma_don_vi"]), row.get("tu_ngay"), row.get("den_ngay")
            ended = until is not None and until < quarter.last_day  # type: ignore[operator]
            if ended or (since is not None and quarter == story.BEFORE) or code in story.SILENT[quarter]:
                continue
            late = story.LATE[quarter].get(code)
            early = Random(f"nhan:{quarter.key}:{code}").randint(0, 5)
            yield {
                "ma_don_vi": code,
                "ky": quarter.key,
                "ngay_nhan": deadline + timedelta(days=late if late is not None else -early),
                "ghi_chu": "Sổ công văn đến (minh họa)",
            }


# --- content ----------------------------------------------------------------------------------------------------------


class OldHand(LifeHand):
    """Models of a unit that has been at it since 2022."""

    def _days(self, count: int) -> list[date]:
        return sorted(self.day(date(2022, 4, 20), date(2025, 6, 15)) for _ in range(count))


class NewHand(LifeHand):
    """What a new commune registers itself: one model, and one in each place that came without a past."""

    def _places(self, count: int) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        came = story.NEWCOMERS.get(self.place.code, {})
        wanted = [self.place.hamlets[0], *(h for h in self.place.hamlets if h[1].removeprefix("Thôn ")[:-2] in came)]
        firsts = [hamlet for hamlet in wanted if hamlet is wanted[0] or hamlet[1].endswith(" 1")]
        for hamlet in firsts[:count]:
            yield lower(hamlet[1]), [hamlet]

    def _days(self, count: int) -> list[date]:
        return sorted(self.day(date(2025, 7, 10), date(2025, 8, 25)) for _ in range(count))


class Merger:
    """Right content of both quarters."""

    def __init__(self, plan: Plan, register: Register) -> None:
        self.plan = plan
        self.register = register

    def places(self, quarter: Quarter) -> list[Place]:
        shorts = {body.code: body.short for body in story.ALL_BODIES}
        day = quarter.last_day
        return [
            Place(
                unit.code,
                unit.name,
                unit.kind,
                shorts.get(unit.code) or unit.name.removeprefix("Đảng bộ "),
                tuple((hamlet.code, hamlet.name) for hamlet in self.register.hamlets_of(unit.code, day)),
            )
            for unit in self.register.units_on(day)
        ]

    @cached_property
    def lives(self) -> Mapping[str, list[Life]]:
        """Unit -> its models; a new commune has those of its predecessors, under their own codes, then its own."""
        known = self.places(story.BEFORE)
        found = {place.code: OldHand(place, known, story.QUARTERS, story.TURNS).lives() for place in known}
        later = self.places(story.AFTER)
        for place in later:
            if place.code not in found:
                old = [life for code in self._old(place.code) for life in found[code]]
                found[place.code] = [*old, *NewHand(place, later, (story.AFTER,), ()).lives()]
        return found

    def _old(self, unit: str) -> list[str]:
        return [merger.old for merger in self.register.mergers if merger.new == unit]

    @cached_property
    def doers(self) -> Mapping[str, list[Doers]]:
        census = Census("dan-van-kheo-2025")
        return {place.code: doers_of(census, place, self.lives[place.code]) for place in self.places(story.AFTER)}

    @cached_property
    def reports(self) -> Mapping[Quarter, Mapping[str, Report]]:
        found: dict[Quarter, dict[str, Report]] = {}
        for quarter in story.QUARTERS:
            known = self.places(quarter)
            found[quarter] = {}
            for place in known:
                writer = HistoryWriter(place, known, quarter, self.lives[place.code], self._renamed(place, quarter))
                report = writer.write(duties(self.plan, place.kind, quarter), nil=False)
                for row in report.rows.get("B2", ()) if place.kind == "DB_XA" else ():
                    row["co_dtvm"] = None
                found[quarter][place.code] = report
        for code, report in found[story.AFTER].items():
            self._awards(report, self.doers[code])
        for quarter, reports in found.items():
            for report in reports.values():
                ticked(report, duties(self.plan, report.place.kind, quarter))
        return found

    def _renamed(self, place: Place, quarter: Quarter) -> dict[str, tuple[str, ...]]:
        """Code or name of a thôn of before -> its code of now."""
        if quarter == story.BEFORE or not self._old(place.code):
            return {}
        heirs = {merger.old: merger.new for merger in self.register.mergers}
        old = {hamlet.code: hamlet for hamlet in self.register.hamlets}
        before: district.Rows = [
            {"ma_thon": h.code, "ten": h.name, "ma_don_vi": h.unit, "den_ngay": h.until}
            for h in self.register.hamlets
            if h.unit in self._old(place.code)
        ]
        renamed: dict[str, tuple[str, ...]] = {}
        for row, code in new_hamlets(before, heirs):
            if code is not None:
                renamed |= {code: (str(row["ma_thon"]),), old[code].name: (str(row["ma_thon"]),)}
        return renamed

    def _awards(self, report: Report, doers: Sequence[Doers]) -> None:
        """Recognitions of 2024, made before the merger, and of 2025; some of the people are proposed."""
        if "B9b" not in duties(self.plan, report.place.kind, story.AFTER):
            return
        before: set[str] = set()
        for year in (2024, 2025):
            for row in recognitions(report.place, year, doers, report):
                day = row["ngay_qd"]
                assert isinstance(day, date)
                if day > story.AFTER.last_day:
                    continue
                if year == 2024:
                    before.add(str(row["ten"]))
                    row |= {"co_quan_qd": self._then(str(row["ma_mo_hinh"]), report.place)}
                report.add("B9a", **row)
        rows = list(proposals(report.place, doers, before, report, 0.35))
        if rows:
            report.rows["B9b"] = ranked(rows)

    def _then(self, model: str, place: Place) -> str:
        """Who decided in 2024: the unit under whose code the model was registered."""
        unit = self.register.by_code.get(model[3:-4])
        return unit.name if unit is not None else place.name

    # --- what is sent -------------------------------------------------------------------------------------------------

    def seeds(self, quarter: Quarter, unit: str) -> tuple[Seed, ...]:
        return tuple(seed for seed in story.SEEDS[quarter] if seed.unit == unit)

    def expected(self, quarter: Quarter, unit: str) -> tuple[Sown, ...]:
        """Each mistake of a return with its cell."""
        return draft(self.plan, self.register, self.reports[quarter][unit], self.seeds(quarter, unit), quarter).sown

    def sent(self, quarter: Quarter) -> Iterator[tuple[str, Report, tuple[Seed, ...]]]:
        """(file name, content, mistakes) of every file of a quarter's folder."""
        for code, report in self.reports[quarter].items():
            if code not in story.SILENT[quarter]:
                yield f"DVK_{code}_{quarter.key}.xlsx", report, self.seeds(quarter, code)
        if quarter == story.AFTER:
            old = self.reports[story.BEFORE][story.OLD_CODE]
            yield f"DVK_{story.OLD_CODE}_{quarter.key}.xlsx", _still_sent(old, quarter), ()

    def file(self, quarter: Quarter, name: str) -> bytes:
        """One file of a quarter's folder."""
        report, seeds = next((report, seeds) for file, report, seeds in self.sent(quarter) if file == name)
        return lean_form(self.plan, draft(self.plan, self.register, report, seeds, quarter).content)


def _still_sent(report: Report, quarter: Quarter) -> Report:
    """The return that the secretary of an old commune sent all the same."""
    kept: dict[str, list[RowValues]] = {"B2": report.rows["B2"]}
    signed = other_version(report, ngay_ky=quarter.last_day)
    return Report(report.place, signed.values, kept)
