"""Thôn changes: what B4b tells against sheet ``Thôn`` of the register, as lines for the clerk to write there.

The register is the clerk's: nothing is taken over until it stands there. A change that it already shows is said to be
done; the thôn codes of a new thôn are the next free ones of the unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from dvk_reports.model.records import HamletChange, Row, UsedReturn
from dvk_reports.plan.register.register import Hamlet, Register
from dvk_reports.vietnamese.dates import show_date
from dvk_reports.vietnamese.text import fold, tidy

DONE, WAITING, DOUBTFUL = "Đã có trong danh mục", "Chờ ghi vào danh mục", "Chưa đủ căn cứ"
_NEW, _MERGED, _SPLIT, _RENAMED, _GONE = "Thành lập", "Sáp nhập", "Chia tách", "Đổi tên", "Giải thể"
_URBAN = ("Tổ dân phố", "TDP")


def hamlet_changes(register: Register, used: Iterable[UsedReturn]) -> tuple[HamletChange, ...]:
    """One for each row of B4b of the used returns, in register order."""
    found: list[HamletChange] = []
    taken: dict[str, int] = {}
    for item in used:
        for row in item.rows.get("B4b", ()) if item.readable("B4b") else ():
            found.append(_change(register, item, row, taken))
    return tuple(found)


def _change(register: Register, used: UsedReturn, row: Row, taken: dict[str, int]) -> HamletChange:
    kind = row.text("loai_thay_doi")
    since = row.day("ngay_hieu_luc") or row.day("ngay_qd")
    stopped = any(used.stopped(row, key) for key in row.values)
    old = [
        hamlet
        for text in _parts(row, "ma_thon_cu") or _parts(row, "ten_thon_cu")
        for hamlet in _meant(register, used.unit, text)
    ]
    names = _parts(row, "ten_thon_moi")
    lacking = since is None or stopped or (kind in (_NEW, _MERGED, _SPLIT, _RENAMED) and not names)
    lacking = lacking or (kind != _NEW and not old) or not kind
    state = DOUBTFUL
    steps: tuple[str, ...] = ("Hỏi lại đơn vị: loại thay đổi, thôn cũ, thôn mới hoặc ngày chưa rõ.",)
    if not lacking and since is not None:
        steps = tuple(_steps(register, used.unit, row, kind, old, names, since, taken))
        state = WAITING if steps else DONE
    first = next(iter(row.values.values()))
    return HamletChange(
        unit=used.unit,
        at=row.values["loai_thay_doi"].at if "loai_thay_doi" in row.values else first.at,
        kind=kind or row.values["loai_thay_doi"].text,
        old="; ".join(_parts(row, "ma_thon_cu") + _parts(row, "ten_thon_cu")),
        new="; ".join(names),
        decision=row.text("so_qd"),
        since=since,
        state=state,
        steps=steps,
    )


def _parts(row: Row, key: str) -> list[str]:
    return [tidy(part) for part in row.text(key).split(";") if tidy(part)]


def _meant(register: Register, unit: str, text: str) -> list[Hamlet]:
    """The thôn of the unit that a code or a name means, whether it still goes on or has ended; one or none."""
    own = [hamlet for hamlet in register.hamlets if hamlet.unit == unit]
    found = [hamlet for hamlet in own if fold(hamlet.code) == fold(text)]
    found = found or [hamlet for hamlet in own if fold(hamlet.name) == fold(text)]
    return found if len(found) == 1 else []


def _steps(
    register: Register,
    unit: str,
    row: Row,
    kind: str,
    old: list[Hamlet],
    names: list[str],
    since: date,
    taken: dict[str, int],
) -> Iterator[str]:
    """What the register does not show yet."""
    now = register.hamlets_of(unit, since)
    if kind == _RENAMED:
        for hamlet, name in zip(old, names, strict=False):
            if fold(hamlet.name) != fold(name):
                yield f"Trang Thôn, dòng {hamlet.at.row} ({hamlet.code}): sửa Tên “{hamlet.name}” thành “{name}”."
        return
    last = since - timedelta(days=1)
    kept = {fold(name) for name in names}
    for hamlet in old if kind in (_MERGED, _SPLIT, _GONE) else ():
        goes_on = kind != _GONE and fold(hamlet.name) in kept
        if (hamlet.until is None or hamlet.until >= since) and not goes_on:
            where = f"Trang Thôn, dòng {hamlet.at.row} ({hamlet.code}, {hamlet.name})"
            yield f"{where}: ghi Hiệu lực đến {show_date(last)}."
    for name in names if kind != _GONE else ():
        if not any(fold(hamlet.name) == fold(name) for hamlet in now):
            day = row.day("ngay_qd")
            decision = f"{row.text('so_qd')} ngày {show_date(day)}" if day else row.text("so_qd")
            yield (
                f"Trang Thôn, thêm dòng: Mã {_next_code(register, unit, taken)}; Tên {name}; "
                f"Loại {_kind(name, old)}; Mã đơn vị {unit}; Hiệu lực từ {show_date(since)}; Ghi chú {decision}."
            )


def _kind(name: str, old: list[Hamlet]) -> str:
    if old:
        return old[0].kind
    return _URBAN[0] if any(fold(name).startswith(fold(word)) for word in _URBAN) else "Thôn"


def _next_code(register: Register, unit: str, taken: dict[str, int]) -> str:
    """The next free code in the unit's own way of numbering (``T-02977-09``)."""
    own = [hamlet.code.rpartition("-") for hamlet in register.hamlets if hamlet.unit == unit]
    numbered = [(head, int(tail), len(tail)) for head, _, tail in own if head and tail.isdigit()]
    head, _, width = numbered[-1] if numbered else (f"T-{unit}", 0, 2)
    every = [hamlet.code.rpartition("-") for hamlet in register.hamlets]
    highest = max((int(tail) for start, _, tail in every if start == head and tail.isdigit()), default=0)
    taken[head] = max(taken.get(head, 0), highest) + 1
    return f"{head}-{taken[head]:0{width}d}"
