"""Sheets B2, B3, B4, B4b over several quarters: models come, go on, end; a quarter repeats what the last one said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from dvk_reports.plan.periods import Quarter
from tools.samples.history_plan import GRADES, HAMLET_CHANGES, QUARTERS, TURNS, UNREVIEWED, Turn, not_used
from tools.samples.model_rows import ModelHand
from tools.samples.unit import FAIR, HIGH, LOW, MIDDLE, Place, RowValues, as_day

_SHARES = (40, 25, 9, 8, 9, 6, 3)
"""How many models in a hundred were registered in each quarter of the history."""
_ENDED = ("Dừng", "Sáp nhập")
_EVERY = "Tất cả"


@dataclass(frozen=True)
class Life:
    """One model: what its row says as long as nothing changes, and when it began."""

    row: RowValues
    since: Quarter | None
    """Quarter of its registration; None: before the plan."""
    slow: bool
    """Only registered in its first quarter, begun in the next."""
    turns: tuple[Turn, ...]

    @property
    def code(self) -> str:
        return str(self.row["ma_mo_hinh"])

    def state(self, quarter: Quarter) -> str | None:
        """trang_thai at the end of a quarter; None where the model is not listed (yet, or any more)."""
        if self.since is not None and quarter < self.since:
            return None
        turned = [turn for turn in self.turns if turn.quarter <= quarter]
        if turned:
            last = turned[-1]
            return None if last.state in _ENDED and last.quarter < quarter else last.state
        age = _age(self.since, quarter)
        if age == 0 and self.slow:
            return "Đăng ký"
        return "Duy trì" if age >= 3 else "Đang thực hiện"

    def told(self, quarter: Quarter) -> RowValues | None:
        """Its row of B2."""
        state = self.state(quarter)
        if state is None:
            return None
        row = {**self.row, "trang_thai": state}
        if state == "Đăng ký":
            row["ngay_bd"] = None
        turned = [turn for turn in self.turns if turn.quarter <= quarter]
        if turned:
            day = turned[-1].quarter.first_day + timedelta(days=20 + 7 * len(turned))
            row |= {"ngay_tt": day, "ly_do_tt": turned[-1].why}
            if turned[-1].into is not None:
                row["sap_nhap_vao"] = f"{self.code[:-3]}{turned[-1].into:03d}"
        return row


def _age(since: Quarter | None, quarter: Quarter) -> int:
    if since is None:
        return 9
    return (quarter.year - since.year) * 4 + quarter.number - since.number


class LifeHand(ModelHand):
    """Draws all models that a unit ever has; ``place`` as it was in the first quarter."""

    def __init__(
        self, place: Place, others: Sequence[Place], quarters: Sequence[Quarter], turns: Sequence[Turn] = TURNS
    ) -> None:
        super().__init__(place, others, quarters[-1])
        self.all_turns = turns
        self.quarters = quarters
        self.days: list[date] = []

    def lives(self) -> list[Life]:
        texts = self._commune_texts() if self.place.commune else self._agency_texts()
        self.days = self._days(len(texts))
        turns = {
            n: tuple(t for t in self.all_turns if (t.unit, t.number) == (self.place.code, n)) for n in range(1, 12)
        }
        found = []
        for number, (text, (where, hamlets)) in enumerate(zip(texts, self._places(len(texts)), strict=True), 1):
            row = self._model(number, len(texts), text, where, hamlets)
            begun = as_day(row["ngay_dk"])
            since = next((q for q in self.quarters if q.first_day <= begun <= q.last_day), None)
            slow = since is not None and not turns[number] and number > 1 and self.rng.random() < 0.25
            if slow and since is not None:
                row["ngay_bd"] = since.next.first_day + timedelta(days=self.rng.randint(0, 20))
            elif since is not None:
                row["ngay_bd"] = min(as_day(row["ngay_bd"]), since.last_day)
            found.append(Life(row, since, slow, turns[number]))
        return found

    def _days(self, count: int) -> list[date]:
        """Days of registration in order, none in a quarter whose return does not count."""
        open_ones = [q for q in self.quarters if self.place.code not in not_used(q)]
        shares = _SHARES[len(_SHARES) - len(self.quarters) :]
        weights = [share for q, share in zip(self.quarters, shares, strict=True) if q in open_ones]
        chosen = sorted(self.rng.choices(open_ones, weights, k=count))
        if self.quarters[0] == QUARTERS[0] and open_ones[0] == QUARTERS[0]:
            chosen[:2] = [QUARTERS[0]] * len(chosen[:2])
        days = sorted(self.day(max(q.first_day, date(2022, 4, 20)), q.last_day - timedelta(days=9)) for q in chosen)
        if days and self.quarters[0] == QUARTERS[0] and self.rng.random() < 0.3:
            days[0] = self.day(date(2019, 3, 1), date(2021, 11, 30))
        return days

    def _registered(self, number: int, new: bool) -> date:
        return self.days[number - 1]


def hamlets_then(told: object, renamed: Mapping[str, tuple[str, ...]]) -> object:
    """``B2.ma_thon`` after thôn were merged, renamed or split: old codes and names give way to the new ones."""
    if not isinstance(told, str) or told == _EVERY:
        return told
    parts: list[str] = []
    for part in told.split("; "):
        parts += renamed.get(part, (part,))
    return "; ".join(dict.fromkeys(parts))


class YearHand(ModelHand):
    """Writes the sheets about models of one quarter from the lives of the unit's models."""

    lives: Sequence[Life]
    renamed: Mapping[str, tuple[str, ...]]

    def models(self) -> None:
        rows = [row for life in self.lives if (row := life.told(self.quarter)) is not None]
        for row in rows:
            row["ma_thon"] = hamlets_then(row["ma_thon"], self.renamed)
        if rows:
            self.report.rows["B2"] = rows

    def reviews(self) -> None:
        """In quarter III every model registered before the cut-off; in quarter IV those registered since."""
        third = Quarter(self.quarter.year, 3)
        for row in self.active():
            early = as_day(row["ngay_dk"]) < self.cut_off
            skipped = self.quarter.year == 2023 and UNREVIEWED.get(self.place.code) == _number(row)
            if skipped or early != (self.quarter == third):
                continue
            self.report.rows.setdefault("B3", []).append(self._review(row, self.grade(row)))

    def grade(self, row: RowValues) -> str:
        """A model keeps its class unless the story says otherwise: it is the same model."""
        number, year = _number(row), self.quarter.year
        if (self.place.code, number, year) in GRADES:
            return GRADES[self.place.code, number, year]
        drawn = Random(f"xep-loai:{row['ma_mo_hinh']}").choices((HIGH, FAIR, MIDDLE, LOW), (50, 36, 12, 2))[0]
        if year == 2022 and drawn == HIGH and Random(f"2022:{row['ma_mo_hinh']}").random() < 0.3:
            return FAIR
        return drawn

    def hamlet_changes(self) -> None:
        names = {name: code for code, name in self.place.hamlets}
        for change in HAMLET_CHANGES:
            if (change.commune, change.quarter) != (self.key, self.quarter):
                continue
            for old in change.old:
                for new in change.new:
                    self.report.add(
                        "B4b",
                        loai_thay_doi=change.kind,
                        ma_thon_cu=names[old],
                        ten_thon_cu=old,
                        ten_thon_moi=new,
                        so_qd=change.decision,
                        ngay_qd=change.decided,
                        ngay_hieu_luc=change.effective,
                        ghi_chu="Nghị quyết của HĐND, minh họa",
                    )


def _number(row: RowValues) -> int:
    return int(str(row["ma_mo_hinh"])[-3:])
