"""What a plan gives a newcomer to practise on: a small register, files as they come in, tasks with their answers.

The text is ``thuc-hanh/thuc-hanh.yaml`` in the folder of the plan; it is no part of the rules and is never taken over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from importlib.resources.abc import Traversable

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from dvk_reports.errors import PlanError
from dvk_reports.plan.book.yaml_text import parsed

FOLDER, FILE = "thuc-hanh", "thuc-hanh.yaml"
Values = Mapping[str, object]


class _Text(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SentFile(_Text):
    """One file that came: a form, the copy of another, the answer to a marked copy, or a sheet that is no form."""

    ten: str
    don_vi: str = ""
    """Whose form it is, as the register names the unit."""
    ky: str = ""
    """Quarter of the form, where it is another one."""
    bieu: Mapping[str, Values | Sequence[Values]] = {}
    """Sheet -> values, or rows, beside those that all forms have."""
    giong: str = ""
    """The file whose bytes it has."""
    tra_loi: str = ""
    """The file whose marked copy it is, sent back with ``giai_trinh`` on every Cảnh báo."""
    giai_trinh: str = ""
    bang: Sequence[Sequence[object]] = ()

    @field_validator("bieu")
    @classmethod
    def _exact(cls, told: Mapping[str, object]) -> object:
        return exact(told)


class Task(_Text):
    """One task: what is to be done, what is asked, the answer and where it stands."""

    viec: str
    hoi: str
    dap: str
    o_dau: str


class Practice(_Text):
    """All of it."""

    ky: str
    ngay: date
    loi_dau: Sequence[str]
    danh_muc: Mapping[str, Sequence[Values]]
    """Sheet of the register -> rows, in place of those that the plan begins with."""
    chung: Mapping[str, Values]
    """Key/value sheet -> what every form says there unless it says otherwise."""
    tep: Sequence[SentFile]
    bai_tap: Sequence[Task]

    @field_validator("danh_muc", "chung")
    @classmethod
    def _exact(cls, told: Mapping[str, object]) -> object:
        return exact(told)


def practice_of(folder: Traversable) -> Practice:
    """What the plan in a folder has; PlanError where it has none, or where it is written wrongly."""
    at = folder.joinpath(FOLDER, FILE)
    if not at.is_file():
        raise PlanError(
            "Kế hoạch này không có dữ liệu để tập làm. Bỏ --sample để tạo thư mục làm việc trống, hoặc chọn kế hoạch "
            "khác bằng --plan (dvk plan list)."
        )
    tree = parsed(at.read_text(encoding="utf-8"), FILE)
    try:
        return Practice.model_validate(tree)
    except ValidationError as error:
        places = "; ".join(".".join(map(str, wrong["loc"])) for wrong in error.errors())
        raise PlanError(f"{FILE}: không dùng được, viết sai ở {places}.") from error


def exact(told: object) -> object:
    """The same with decimals in place of binary fractions, as numbers are counted with."""
    if isinstance(told, float):
        return Decimal(str(told))
    if isinstance(told, Mapping):
        return {key: exact(value) for key, value in told.items()}
    if isinstance(told, list | tuple):
        return [exact(value) for value in told]
    return told
