"""``figures.yaml``: how each figure is counted and what stops it."""

from datetime import date
from functools import cached_property
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from dvk_reports.plan.book.entries import DatedBase, DatedNumber, Entry
from dvk_reports.plan.book.forms import When
from dvk_reports.plan.book.references import CellName, FilterName, FunctionName, KindName, SheetName
from dvk_reports.plan.book.report_parts import ChartWords, Frame, Place
from dvk_reports.plan.book.roles import FigureRole


class Filter(Entry):
    """Which rows an operation takes."""

    o: str | None = None
    la: list[str] | None = None
    khong_la: list[str] | None = None
    trong_ky: bool = False
    ham: FilterName | None = None


class Operation(Entry):
    """One of the closed list of operations, or the name of a Python function."""

    dem: SheetName | None = None
    tong: SheetName | None = None
    khac_nhau: SheetName | None = None
    ty_so: SheetName | None = None
    ham: FunctionName | None = None
    cot: str | None = None
    tu: str | None = None
    mau: str | None = None
    de_trong_la: int | None = None
    loc: list[Filter] = Field(default_factory=list)
    mat: str | None = None
    ma: str | None = None
    chi_ntm: bool = False

    @property
    def sheet(self) -> str:
        return self.dem or self.tong or self.khac_nhau or self.ty_so or ""


class StopWhen(Entry):
    """A column that stops a figure only on some rows."""

    o: CellName
    khi: When


class OwnLine(Entry):
    """A breakdown line with its own n: another operation, or a column beside the figure."""

    KEY: ClassVar[tuple[str, ...]] = ("nhan",)

    nhan: str
    cot: str | None = None
    phep: Operation | None = None
    dung_boi: list[CellName]


class Lines(Entry):
    """The lines into which a figure is broken down: by columns, or under labels of their own."""

    cot: list[str] = Field(default_factory=list)
    nhan: list[str] = Field(default_factory=list)


class FigureSpec(DatedBase):
    """Definition of one figure (MT…, NV…, KP…, KQ…, TL…)."""

    KEY: ClassVar[tuple[str, ...]] = ("ma",)

    ma: str
    ten: str
    trang: Literal["muc_tieu", "nhiem_vu"]
    """Sheet it is printed on: ``Chỉ tiêu`` or ``Nhiệm vụ``."""
    ve_viec_nop: bool = False
    """Counts the returns themselves (TL…), so it is taken from the register, not from rows."""
    vai: Annotated[FigureRole, Field(strict=False)] | None = None
    den_ngay: date | None = None
    don_vi_tinh: str
    loai: Literal["ty_so", "dem", "tong", "danh_sach"]
    don_vi: Literal["co_quan"] | list[KindName]
    dung_boi: list[CellName | StopWhen] = Field(default_factory=list)
    ky: Literal["cuoi_ky", "trong_nam", "phat_sinh", "khac_nhau"]
    thieu: Literal["m1", "m2", "khong"]
    mau_so_khong_ro: bool = False
    """The denominator of a missing unit is not known, so no bound can be told."""
    chia_tu: str = ""
    """The figure that this one splits up, of other units where it reads more cells."""
    dem_don_vi: bool = False
    """It counts units, so that it cannot be added up again where units were merged or split."""
    muc_tieu: list[DatedNumber] = Field(default_factory=list)
    vi_chua_dat: str = ""
    """Why a unit, a thôn or a model has not met it, in a few words of sheet ``Kết quả theo đơn vị``."""
    dinh_nghia: str
    phep: Operation
    phan_to: Lines | None = None
    dong_rieng: list[OwnLine] = Field(default_factory=list)
    noi: list[Place] = Field(default_factory=list)
    """Where it stands in the report, and in which words."""
    khong_noi: str = ""
    """Why it stands nowhere in the report, where that is meant."""
    bieu_do: ChartWords | None = None

    @cached_property
    def stop_columns(self) -> tuple[tuple[str, str, When | None], ...]:
        """(sheet, key, only where) of every column that takes a unit out of n."""
        found = []
        for entry in self.dung_boi:
            name, when = (entry, None) if isinstance(entry, str) else (entry.o, entry.khi)
            sheet, _, key = name.partition(".")
            found.append((sheet, key, when))
        return tuple(found)

    @cached_property
    def sheets(self) -> tuple[str, ...]:
        """Every form sheet it reads, in order."""
        return tuple(dict.fromkeys(sheet for sheet, _, _ in self.stop_columns))

    @property
    def of_targets(self) -> bool:
        """Printed on ``Chỉ tiêu``; the others on ``Nhiệm vụ``."""
        return self.trang == "muc_tieu"


class FiguresFile(Entry):
    """Everything in ``figures.yaml``."""

    don_vi_do: list[str] = Field(default_factory=list)
    """Units of measure that are no count of objects: no zero is put before a number below ten."""
    khung_cau: dict[str, Frame] = Field(default_factory=dict)
    """Name -> the frame that sentences of figures are put into, for each state."""
    chi_tieu: list[FigureSpec]
