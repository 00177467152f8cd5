"""What one cell of the register says: a typed value, or what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from dvk_reports.messages.message import Message
from dvk_reports.messages.returns import Msg
from dvk_reports.model.periods import quarter_in
from dvk_reports.plan.book.rulebook import Plan, decimal_of
from dvk_reports.plan.register.choices import Choices, choices_of, chosen
from dvk_reports.plan.register.sheets import Column
from dvk_reports.vietnamese.dates import read_date, show_date, show_date_prose
from dvk_reports.vietnamese.numbers import read_number, show_number
from dvk_reports.vietnamese.text import nearest, tidy
from dvk_reports.vietnamese.words import YES

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])", re.IGNORECASE)
"""Names that Windows keeps for itself: no file can begin with one."""
_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}")
_PARTS = re.compile(r"[;,\r\n]+")
_LONG_LIST = 15
"""A list of more choices is not written out; the nearest one is offered."""
_SOFT = ("nhiem_vu",)
"""Lists that the office may go beyond, which is told."""


class Wrong(Exception):
    """A cell that cannot be typed, with what is to be said of it."""

    def __init__(self, message: Message, **slots: Any) -> None:
        super().__init__(message)
        self.message = message
        self.slots = slots


@dataclass(frozen=True)
class Doubt:
    """Something to be said of a cell whose value is used."""

    message: Message
    slots: Mapping[str, Any]


@dataclass(frozen=True)
class CellReader:
    """Types the cells of the register by the kinds of their columns and the bounds of the rule book."""

    plan: Plan

    @cached_property
    def choices(self) -> Mapping[str, Choices]:
        """Kind of column -> what may be chosen."""
        return choices_of(self.plan)

    def typed(self, column: Column, raw: Any, shown: str) -> tuple[Any, list[Doubt]]:
        """The value of a cell that is not blank; Wrong where it has none."""
        kind = column.kind
        if kind == "ngay":
            return self._day(raw, shown), []
        if kind in ("nam", "so", "tien"):
            return self._number(kind, raw, shown), []
        if kind == "ky":
            return self._quarter(shown), []
        if kind == "ma":
            return self._code(shown), []
        if kind == "thu":
            return _addresses(str(raw))
        if kind in self.choices:
            return self._choice(kind, shown)
        if column.key == "ma_hanh_chinh" and not re.fullmatch(r"[0-9]{5}", shown):
            return shown, [Doubt(Msg.REG_FIVE_DIGITS, {})]
        return shown, []

    def _day(self, raw: Any, shown: str) -> date:
        day = raw.date() if isinstance(raw, datetime) else raw if isinstance(raw, date) else read_date(shown)
        if day is None:
            example = show_date_prose(self.plan.first_quarter.first_day)
            raise Wrong(Msg.REG_VALUE, cach=f"Ghi ngày dạng ngày/tháng/năm, ví dụ {example}.")
        first, last = self._days
        if not first <= day <= last:
            raise Wrong(Msg.REG_RANGE, tu=show_date(first), den=show_date(last))
        return day

    def _number(self, kind: str, raw: Any, shown: str) -> Any:
        whole = kind == "nam"
        number = _decimal(raw, shown, whole)
        if number is None or (whole and number != int(number)):
            example = f"năm, ví dụ {self.plan.first_quarter.year}" if whole else "số, ví dụ 83,11"
            raise Wrong(Msg.REG_VALUE, cach=f"Chỉ ghi {example}.")
        bounds = {"nam": self._years, "tien": self._money}.get(kind)
        if bounds is not None and not bounds[0] <= number <= bounds[1]:
            tu, den = map(str if whole else show_number, bounds)
            raise Wrong(Msg.REG_RANGE, tu=tu, den=den)
        return int(number) if whole else number

    def _quarter(self, shown: str) -> Any:
        quarter = quarter_in(shown)
        if quarter is None:
            raise Wrong(Msg.REG_VALUE, cach=f"Ghi kỳ dạng {self.plan.first_quarter.key}.")
        first, last = self.plan.first_quarter, self.plan.last_quarter
        if not first <= quarter <= last:
            raise Wrong(Msg.REG_RANGE, tu=first.key, den=last.key)
        return quarter

    def _code(self, shown: str) -> str:
        sai = ""
        if not is_code(shown):
            sai = "là tên Windows giữ riêng" if _DEVICE.fullmatch(shown) else "có ký tự không dùng được trong mã"
        elif len(shown) > self.longest:
            sai = f"dài {len(shown)} ký tự"
        if sai:
            raise Wrong(Msg.REG_CODE, sai=sai, dai=self.longest)
        return shown

    def _choice(self, kind: str, shown: str) -> tuple[Any, list[Doubt]]:
        choices = self.choices[kind]
        code = chosen(shown, choices)
        if code is not None:
            return (code == YES if kind == "co_khong" else code), []
        close = nearest(shown, choices)
        gan = f" Có phải là {close}?" if close else ""
        if kind in _SOFT:
            return shown, [Doubt(Msg.REG_NOT_OF_PLAN, {"gan": gan})]
        if len(choices) > _LONG_LIST:
            raise Wrong(Msg.REG_NO_SUCH, gan=gan)
        raise Wrong(Msg.REG_LIST, list=", ".join(choices), gan=gan)

    @cached_property
    def longest(self) -> int:
        """Letters that a code may have."""
        return int(self._bound("danh_muc_ma_dai_nhat"))

    @cached_property
    def _days(self) -> tuple[date, date]:
        first = read_date(self.plan.value("danh_muc_ngay_som_nhat", self.plan.last_quarter.last_day).gia_tri)
        return first or date.min, date(int(self._years[1]), 12, 31)

    @cached_property
    def _years(self) -> tuple[Decimal, Decimal]:
        first, last = self.plan.first_quarter.year, self.plan.last_quarter.year
        return Decimal(first - 1), last + self._bound("danh_muc_nam_them")

    @cached_property
    def _money(self) -> tuple[Decimal, Decimal]:
        return Decimal(0), self._bound("danh_muc_tien_lon_nhat")

    def _bound(self, name: str) -> Decimal:
        return decimal_of(self.plan.value(name, self.plan.last_quarter.last_day))


def is_code(text: str) -> bool:
    """Whether a text can be a code: it stands in names of files and in other codes."""
    return bool(_CODE.fullmatch(text)) and not _DEVICE.fullmatch(text)


def is_address(text: str) -> bool:
    """Whether a text is one mail address and nothing else."""
    return bool(_ADDRESS.fullmatch(text)) and ".." not in text


def _addresses(text: str) -> tuple[str, list[Doubt]]:
    """Mail addresses parted by ; , or a new line, without the names before them: “Tên <a@x.vn>; b@x.vn”."""
    found, doubts = dict[str, str](), list[Doubt]()
    for part in filter(None, map(tidy, _PARTS.split(text))):
        named = re.fullmatch(r"[^<>@:]*<([^<>]+)>", part)
        address = tidy(named[1]) if named else part
        if is_address(address):
            found.setdefault(address.lower(), address)  # one mailbox, whatever the case: nobody is sent a mail twice
        else:
            doubts.append(Doubt(Msg.REG_MAIL, {"doan": part}))
    return ", ".join(found.values()), doubts


def _decimal(raw: Any, shown: str, whole: bool) -> Decimal | None:
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int | float):
        number = Decimal(str(raw))
        return number if number.is_finite() else None
    return read_number(shown, whole)


def shown_in(raw: Any) -> str:
    """What stands in a cell, as text; "" where it is blank."""
    if raw is None:
        return ""
    if isinstance(raw, datetime):
        return show_date(raw.date())
    if isinstance(raw, date):
        return show_date(raw)
    if isinstance(raw, float | int) and not isinstance(raw, bool):
        number = Decimal(str(raw))
        if not number.is_finite():
            return "#NUM!"
        return str(int(number)) if number == int(number) else show_number(number)
    return tidy(str(raw))
