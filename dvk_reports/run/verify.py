"""``dvk verify``: a sealed quarter is run again from its archive; the same bytes come out, or what differs is told."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from dvk_reports.errors import DvkError
from dvk_reports.intake.readers.workbook import read_sheets
from dvk_reports.model.values import column_letter
from dvk_reports.run.close import versions
from dvk_reports.run.consolidate import consolidate
from dvk_reports.run.plans import load_sealed
from dvk_reports.run.steps.locked import unlocked
from dvk_reports.run.steps.seal import RULES, Seal, read_seal
from dvk_reports.vietnamese.dates import VIETNAM
from dvk_reports.vietnamese.numbers import show_count
from dvk_reports.workspace.folder import LOG, TOTALS, Workspace, digest
from dvk_reports.workspace.scratch import scratch_folder

_MOST = 5


@dataclass(frozen=True)
class Verified:
    """What running a sealed quarter again has come to."""

    path: Path
    period: str
    edition: int
    sha256: str
    compared: int
    """How many outputs of the program were compared."""
    differences: tuple[str, ...]
    """One sentence each; empty where every byte is the same."""
    versions: tuple[str, ...]
    """Where program, Python or packages are others than when it was sealed."""
    by_hand: tuple[str, ...]
    """Outputs that a person had changed before the sealing: the archive holds them so, the run is compared with what
    the program had written."""

    @property
    def same(self) -> bool:
        return not self.differences

    @property
    def summary(self) -> str:
        """The outcome in one sentence."""
        what = f"{show_count(self.compared)} tệp"
        if self.same:
            return f"Chạy lại kỳ {self.period} ra đúng từng byte: {what} như bản đã khóa."
        return f"Chạy lại kỳ {self.period} có {show_count(len(self.differences))} chỗ khác bản đã khóa (so {what})."


def verify_archive(path: Path | str, workers: int | None = None, executor: Executor | None = None) -> Verified:
    """Check the seal, run the quarter again in a folder of its own, compare every output with what was recorded.

    No workspace is touched; the files are read by so many ``workers`` (processes), or by any ``executor`` of the
    caller. WorkspaceError where there is no such archive, or its seal is broken.
    """
    seal = read_seal(Path(path))
    record = seal.record
    try:
        with scratch_folder() as folder:
            made = _run_again(seal, folder, workers, executor)
    except DvkError as error:
        differences: tuple[str, ...] = (f"không chạy lại được: {error}",)
    else:
        differences = (*_differences(seal, made), *_earlier(seal, Path(path).parent))
    return Verified(
        Path(path),
        seal.period,
        seal.edition,
        seal.hash,
        len(seal.log["ket_qua"]) + 1,
        differences,
        tuple(_other_versions(record, versions())),
        tuple(f"{name} {what}" for name, what in record["sua_tay"].items()),
    )


def _run_again(seal: Seal, root: Path, workers: int | None, executor: Executor | None) -> dict[str, bytes]:
    """Name below ``ket-qua/<KY>/`` -> content of what this program makes of the sealed inputs."""
    results = f"ket-qua/{seal.period}/"
    days: Mapping[str, str] = seal.record["ngay_tep"]
    for name, data in seal.files.items():
        if name.startswith(results):
            continue
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        if name in days:
            noon = datetime.combine(date.fromisoformat(days[name]), time(12), VIETNAM).timestamp()
            os.utime(target, (noon, noon))
    (root / "nhan-ve" / seal.period).mkdir(parents=True, exist_ok=True)
    space = Workspace(root, load_sealed(root / RULES), read_sheets)
    day = date.fromisoformat(str(seal.record["ngay_lap"]))
    folder = consolidate(space, seal.period, as_of=day, workers=workers, executor=executor).folder
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _differences(seal: Seal, made: Mapping[str, bytes]) -> Iterator[str]:
    told: Mapping[str, str] = seal.log["ket_qua"]
    for name in sorted({*told, *made} - {LOG}):
        if name not in made:
            yield f"{name}: lần chạy lại không có tệp này"
        elif name not in told:
            yield f"{name}: lần chạy lại có thêm tệp này"
        elif digest(made[name]) != told[name]:
            cells = _cells(seal.totals, made[name]) if name == TOTALS else ""
            yield f"{name}: khác bản đã khóa{cells}"
    record = made.get(LOG, b"{}")
    # A record that differs only in the hashes of outputs says what was said of these already.
    if record != seal.files[f"ket-qua/{seal.period}/{LOG}"] and {**json.loads(record), "ket_qua": told} != seal.log:
        yield f"{LOG}: khác bản đã khóa"


def _earlier(seal: Seal, folder: Path) -> Iterator[str]:
    """The edition before, where it lies beside this one, is still what this one was sealed upon."""
    before = seal.previous()
    if before is None or not (folder / before.name).is_file():
        return
    if digest(unlocked(before.name, (folder / before.name).read_bytes())) != before.hash:
        yield f"{before.name} ở cùng thư mục khác bản {seal.name} đã niêm phong bên trong"


def _cells(sealed: bytes, made: bytes) -> str:
    """“: Chỉ tiêu!G9: 5 → 6; …”: the first cells that differ."""
    import openpyxl

    then, now = (openpyxl.load_workbook(io.BytesIO(data), data_only=True) for data in (sealed, made))
    found = []
    for name in dict.fromkeys((*then.sheetnames, *now.sheetnames)):
        if name not in then.sheetnames or name not in now.sheetnames:
            found.append(f"trang {name} chỉ có ở một bản")
            continue
        old, new = _values(then[name]), _values(now[name])
        moved = [at for at in {**old, **new} if old.get(at) != new.get(at)]
        for row, col in sorted(moved)[: _MOST + 1]:
            at = f"{name}!{column_letter(col)}{row}"
            found.append(f"{at}: {_shown(old.get((row, col)))} → {_shown(new.get((row, col)))}")
    if not found:
        return ": các ô như nhau, chỉ khác cách trình bày"
    rest = " …" if len(found) > _MOST else ""
    return f": {'; '.join(found[:_MOST])}{rest}"


def _values(sheet: Any) -> dict[tuple[int, int], object]:
    return {(cell.row, cell.column): cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None}


def _shown(value: object) -> str:
    text = "trống" if value is None else str(value)
    return text if len(text) <= 40 else f"{text[:40]}…"


def _other_versions(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    for key, name in (("chuong_trinh", "dvk"), ("python", "Python")):
        if then[key] != now[key]:
            yield f"{name} {then[key]} lúc khóa, {now[key]} hiện nay"
    for name in sorted({*then["goi"], *now["goi"]}):
        before, after = then["goi"].get(name, "không có"), now["goi"].get(name, "không có")
        if before != after:
            yield f"{name} {before} lúc khóa, {after} hiện nay"
