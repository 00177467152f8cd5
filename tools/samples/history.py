"""The workspace ``bao-yen-2022-2023``: a register and the returns of seven quarters that follow each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from random import Random

from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.duty import duties
from dvk_reports.plan.periods import Quarter
from dvk_reports.plan.register.register import Register
from dvk_reports.sheets.register.workbook import RegisterData, bundled_register
from tools.samples import district
from tools.samples import history_plan as story
from tools.samples.case_records import Case, Proposed, Recognised
from tools.samples.history_awards import Doers, doers_of, proposals, proposed, ranked, recognised, recognitions
from tools.samples.history_awards import decision as decision_of
from tools.samples.history_dossiers import CASES
from tools.samples.history_models import Life, LifeHand
from tools.samples.history_seeds import seeds_of
from tools.samples.history_writer import HistoryWriter, ticked
from tools.samples.lean import lean_form
from tools.samples.people import Census, Person
from tools.samples.seeded import Seed
from tools.samples.sowing import Sown, draft, other_version
from tools.samples.unit import Place, Report, RowValues

NAME = "bao-yen-2022-2023"
_WANTED = 0.66
"""Share of the subjects recognised in 2022 that their unit proposes in 2023."""


# --- register ---------------------------------------------------------------------------------------------------------


def register_data(plan: Plan) -> RegisterData:
    """The bundled register with the illustrative bodies, thôn, days received, signer and outside index."""
    real = bundled_register(plan)
    real_units = [dict(row) for row in real.rows["Đơn vị"]]
    communes = [row for row in real_units if row.get("den_ngay") is not None]
    for number, row in enumerate(communes, 1):
        row |= {"email": district.email(str(row["ma_don_vi"])), "dien_thoai": district.phone(number)}
    units = [*communes, *body_rows(), *(row for row in real_units if row.get("den_ngay") is None)]
    mergers = [{"ma_cu": old, "ma_moi": new, "ngay": day, "van_ban": text} for old, new, day, text in story.SUCCESSIONS]
    hamlets = district.hamlet_rows((str(r["ma_hanh_chinh"]), str(r["ma_don_vi"])) for r in communes)
    rows = {
        **real.rows,
        "Đơn vị": units,
        "Sáp nhập": [*mergers, *real.rows["Sáp nhập"]],
        "Thôn": changed_hamlets(hamlets),
        "Ngày nhận": list(received_rows(plan, real, units)),
        "Người ký": district.SIGNERS,
        "Chỉ số ngoài": district.INDICES,
    }
    notes = dict.fromkeys(("Đơn vị", "Sáp nhập", "Thôn", "Ngày nhận"), district.SHEET_NOTE)
    return RegisterData(rows, {**real.notes, **notes}, [*district.NOTES, *real.basis])


def body_rows() -> district.Rows:
    rows = district.body_rows(story.ALL_BODIES)
    for row in rows:
        since, until = story.VALID.get(str(row["ma_don_vi"]), (None, row["den_ngay"]))
        row |= {"tu_ngay": since, "den_ngay": until}
    return rows


def changed_hamlets(rows: district.Rows) -> district.Rows:
    """The thôn with the changes that B4b reported: the old ones ended, the new ones, under new codes, begun."""
    found = [dict(row) for row in rows]
    for change in story.HAMLET_CHANGES:
        own = [row for row in found if str(row["ma_thon"]).startswith(f"T-{change.commune}-")]
        for row in own:
            if row["ten"] in change.old:
                row["den_ngay"] = change.effective - timedelta(days=1)
        for name in change.new:
            if any(row["ten"] == name for row in own):
                continue
            code = district.hamlet_code(change.commune, len(own) + 1)
            new = {**own[0], "ma_thon": code, "ten": name, "tu_ngay": change.effective, "den_ngay": district.LAST_DAY}
            own.append(new)
            found.append(new)
    order = {unit: place for place, unit in enumerate(dict.fromkeys(row["ma_don_vi"] for row in rows))}
    return sorted(found, key=lambda row: (order[row["ma_don_vi"]], str(row["ma_thon"])))


def received_rows(plan: Plan, real: RegisterData, units: district.Rows) -> Iterator[dict[str, object]]:
    """One line for each return that came; the office writes down when, so no file date counts."""
    due = {str(row["ky"]): row["han_nop"] for row in real.rows["Hạn nộp"]}
    for quarter in story.QUARTERS:
        deadline = due[quarter.key]
        assert isinstance(deadline, date)
        for row in units:
            code, since, until = str(row["ma_don_vi"]), row.get("tu_ngay"), row.get("den_ngay")
            day = quarter.last_day
            valid = (since is None or since <= day) and (until is None or day <= until)  # type: ignore[operator]
            refused = story.REFUSED.get(quarter, ("", ""))[0]
            if not valid or code in story.SILENT.get(quarter, ()) or code == refused:
                continue
            late = story.LATE.get(quarter, {}).get(code)
            early = Random(f"nhan:{quarter.key}:{code}").randint(0, 5)
            yield {
                "ma_don_vi": code,
                "ky": quarter.key,
                "ngay_nhan": deadline + timedelta(days=late if late is not None else -early),
                "ghi_chu": "Sổ công văn đến (minh họa)",
            }


# --- content ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SownCase:
    """A row of a story in its place."""

    case: Case
    row: Recognised | Proposed
    quarter: Quarter
    number: int
    """The n-th data row of its sheet."""


class History:
    """Right content of every unit and quarter, with the stories of the awards in it."""

    def __init__(self, plan: Plan, register: Register) -> None:
        self.plan = plan
        self.register = register
        self.cases: list[SownCase] = []

    def places(self, quarter: Quarter) -> list[Place]:
        """Every unit that reports on the quarter, as its own clerk knows it."""
        day = quarter.last_day
        shorts = {body.code: body.short for body in story.ALL_BODIES}
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
        """Unit -> all its models; those of a unit that was merged go on, under their own codes, in the other's list."""
        found: dict[str, list[Life]] = {}
        for number, first in enumerate(story.QUARTERS):
            known = self.places(first)
            for place in known:
                if place.code not in found:
                    found[place.code] = LifeHand(place, known, story.QUARTERS[number:]).lives()
        for code in ("CB-SN-TTBV", "CB-SN-CNTY"):
            for life, old in zip(found[code], found[story.SPLIT], strict=False):
                life.row["tiep_noi_ma"] = None
                life.row["ghi_chu"] = f"Tiếp nối mô hình {old.code} của đơn vị cũ"
        return found

    def lives_of(self, unit: str, quarter: Quarter) -> list[Life]:
        more = self.lives[story.ABSORBED] if unit == story.HOST and quarter.year > 2022 else []
        return [*self.lives[unit], *more]

    @cached_property
    def doers(self) -> Mapping[str, list[Doers]]:
        census = Census("dan-van-kheo-2022-2023")
        seen: dict[str, Place] = {}
        for quarter in story.QUARTERS:
            for place in self.places(quarter):
                seen.setdefault(place.code, place)
        return {code: doers_of(census, place, self.lives[code]) for code, place in seen.items()}

    @cached_property
    def reports(self) -> Mapping[Quarter, Mapping[str, Report]]:
        found = {quarter: self._plain(quarter) for quarter in story.QUARTERS}
        self._recognitions(found, 2022)
        self._recognitions(found, 2023)
        self._proposals(found)
        self._stories(found)
        for quarter, reports in found.items():
            for report in reports.values():
                ticked(report, duties(self.plan, report.place.kind, quarter))
        return found

    def _plain(self, quarter: Quarter) -> dict[str, Report]:
        known = self.places(quarter)
        found = {}
        for place in known:
            renamed = self._renamed(place, quarter)
            writer = HistoryWriter(place, known, quarter, self.lives_of(place.code, quarter), renamed)
            nil = place.code in story.NIL.get(quarter, ())
            found[place.code] = writer.write(duties(self.plan, place.kind, quarter), nil)
        return found

    def _renamed(self, place: Place, quarter: Quarter) -> dict[str, tuple[str, ...]]:
        """Old code or name of a thôn -> the new ones, of the changes in force."""
        codes = {hamlet.name: hamlet.code for hamlet in self.register.hamlets if hamlet.unit == place.code}
        renamed: dict[str, tuple[str, ...]] = {}
        for change in story.HAMLET_CHANGES:
            if place.commune and place.code.endswith(change.commune) and change.effective <= quarter.last_day:
                for old in change.old:
                    renamed[old] = change.new
                    renamed[codes[old]] = tuple(codes[name] for name in change.new)
        return renamed

    def _recognitions(self, found: Mapping[Quarter, Mapping[str, Report]], year: int) -> None:
        third, fourth = Quarter(year, 3), Quarter(year, 4)
        for code, reviewed in found[third].items():
            place = reviewed.place
            if "B9a" not in duties(self.plan, place.kind, fourth):
                continue
            told = third if decision_of(place, year)[1] <= third.last_day else fourth
            if code in found[told]:
                for row in recognitions(place, year, self.doers[code], reviewed):
                    found[told][code].add("B9a", **row)

    def _proposals(self, found: Mapping[Quarter, Mapping[str, Report]]) -> None:
        quarter = story.AWARD_QUARTER
        for code, report in found[quarter].items():
            if "B9b" not in duties(self.plan, report.place.kind, quarter):
                continue
            before = {
                str(row["ten"])
                for earlier in story.QUARTERS
                if earlier < quarter and code in found[earlier]
                for row in found[earlier][code].rows.get("B9a", ())
            }
            rows = list(proposals(report.place, self.doers[code], before, report, _WANTED))
            if rows:
                report.rows["B9b"] = rows

    def _stories(self, found: Mapping[Quarter, Mapping[str, Report]]) -> None:
        """The rows of the cases, after those that the unit writes anyway."""
        places: list[tuple[Case, Recognised | Proposed, Quarter, int]] = []
        for case in CASES:
            for row in case.rows:
                quarter, sheet = self._quarter(row), "B9a" if isinstance(row, Recognised) else "B9b"
                report = found[quarter][row.unit]
                report.add(sheet, **self._row(row, report))
                places.append((case, row, quarter, len(report.rows[sheet])))
        for report in found[story.AWARD_QUARTER].values():
            if "B9b" in report.rows:
                report.rows["B9b"] = ranked(report.rows["B9b"])
        self.cases = [SownCase(*place) for place in places]

    def _quarter(self, row: Recognised | Proposed) -> Quarter:
        if isinstance(row, Proposed):
            return story.AWARD_QUARTER
        if row.quarter is not None:
            return row.quarter
        third = Quarter(row.year, 3)
        place = next(place for place in self.places(third) if place.code == row.unit)
        return third if decision_of(place, row.year)[1] <= third.last_day else third.next

    def _row(self, row: Recognised | Proposed, report: Report) -> RowValues:
        place = report.place
        person = None
        if row.born is not None:
            post = "Hội viên" if place.commune else "Nhân viên"
            person = Person(row.name, row.female, row.born, "Tày", post, False)
        if isinstance(row, Proposed):
            model = next((m for m in report.rows["B2"] if m["ma_mo_hinh"] == row.model), report.rows["B2"][0])
            model = {**model, "ma_mo_hinh": row.model}
            worker = "Nông dân" if place.commune else "Người trực tiếp lao động, công tác"
            told: RowValues = {
                "phan_loai": "Cá nhân",
                "ong_ba": "Bà" if row.female else "Ông",
                "gioi_tinh": "Nữ" if row.female else "Nam",
                "ngay_sinh": row.born,
                "dan_toc": "Tày",
                "chuc_vu": "Hội viên" if place.commune else "Nhân viên",
                "doi_tuong": worker,
            }
            return proposed(place, model, row.form, row.name, **({**told, **row.more} if person else row.more))
        symbol, day = decision_of(place, row.year)
        plain: RowValues = {
            "nam_xet": row.year,
            "so_qd": symbol,
            "ngay_qd": day,
            "co_quan_qd": place.name,
            "ma_mo_hinh": row.model,
            "ten": row.name,
            "ket_qua": "Điển hình",
            **row.more,
        }
        return recognised(plain, person, place)

    # --- what is sent -------------------------------------------------------------------------------------------------

    def seeds(self, quarter: Quarter, unit: str) -> tuple[Seed, ...]:
        """All mistakes of a return that the forms' own rules must find."""
        _ = self.reports
        found = list(seeds_of(quarter, unit))
        for sown in self.cases:
            row = sown.row
            if row.unit == unit and sown.quarter == quarter and row.finding is not None:
                sheet = "B9a" if isinstance(row, Recognised) else "B9b"
                key, code, level = row.finding
                wrong = self.reports[quarter][unit].rows[sheet][sown.number - 1].get(key)
                found.append(Seed(unit, sheet, sown.number, key, wrong, code, level))
        return tuple(found)

    def expected(self, quarter: Quarter, unit: str) -> tuple[Sown, ...]:
        """Each of these mistakes with its cell."""
        return draft(self.plan, self.register, self.reports[quarter][unit], self.seeds(quarter, unit), quarter).sown

    def sent(self, quarter: Quarter) -> Iterator[tuple[str, Report, tuple[Seed, ...]]]:
        """(file name, content, mistakes) of every file of a quarter's folder."""
        refused, mistyped = story.REFUSED.get(quarter, ("", ""))
        for code, report in self.reports[quarter].items():
            name, seeds = f"DVK_{code}_{quarter.key}.xlsx", self.seeds(quarter, code)
            if code in story.SILENT.get(quarter, ()):
                continue
            if code == refused:
                seeds = (Seed(code, "BIA", 0, "ma_don_vi", mistyped, "K01", "Chặn"),)
            if code == story.CONFLICT.get(quarter):
                yield name.replace(".xlsx", " (chinh thuc).xlsx", 1), other_spread(report), seeds
            if code == story.REPLACED.get(quarter):
                yield name, other_spread(report), seeds
                name = name.replace(".xlsx", " gui lai.xlsx")
                report = other_version(report, phien_ban=2, thay_the_phien_ban=1, loai_bao_cao="Bổ sung")
            yield name, report, seeds

    def file(self, quarter: Quarter, name: str) -> bytes:
        """One file of a quarter's folder."""
        report, seeds = next((report, seeds) for file, report, seeds in self.sent(quarter) if file == name)
        return lean_form(self.plan, draft(self.plan, self.register, report, seeds, quarter).content)


def other_spread(report: Report) -> Report:
    """What the unit had written at first: one conference fewer was known."""
    values = {sheet: dict(told) for sheet, told in report.values.items()}
    values["B1"]["so_luot_nhan_dan"] = 40
    return replace(report, values=values)
