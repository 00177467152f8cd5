"""Make the sample workspaces of an illustrative district: a register and the returns of one quarter or of several.

    python -m tools.samples.make_samples [THƯ_MỤC] [--bo TÊN] [--force]

Without ``--bo`` it is ``bao-yen``: 2023-Q3 as a real mailbox holds it. The others, ``bao-yen-2022-2023`` (seven
quarters that follow each other) and ``bao-yen-2025`` (before and after the merger of communes), are written by
``make_quarters.py``.

The same bytes every time. LibreOffice (``soffice``) is needed for the .xls and the .ods among the returns; it writes
styles and hints in any order, so these two are left as they are where their cells have not changed.
"""

from __future__ import annotations

import argparse
import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from unittest import mock

from dvk_reports.intake.files.kinds import sniff
from dvk_reports.intake.readers.workbook import read_book
from dvk_reports.plan.book.load import load_plan
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.duty import duties
from dvk_reports.plan.periods import Quarter
from dvk_reports.plan.register.register import FILE, Register, read_register
from dvk_reports.sheets.register.workbook import RegisterData, bundled_register, write_register
from tools.samples import deliveries, district, make_quarters
from tools.samples.content import Writer
from tools.samples.deliveries import Box, Form, Mail, Paper
from tools.samples.seeded import of_unit
from tools.samples.sowing import draft, drawn, other_version, steady
from tools.samples.unit import SEED, Place, Report

QUARTER = Quarter(2023, 3)
HERE = Path(__file__).resolve().parents[2] / "samples"
DEFAULT = HERE / "bao-yen"


# --- register ------------------------------------------------------------------------------------------------------


def sample_register(plan: Plan) -> RegisterData:
    """The bundled register with the illustrative bodies, thôn, days received, signer and outside index."""
    real = bundled_register(plan)
    units = [dict(row) for row in real.rows["Đơn vị"]]
    communes = [row for row in units if row.get("den_ngay") is not None]
    for number, row in enumerate(communes, 1):
        row |= {
            "email": district.email(str(row["ma_don_vi"])),
            "dien_thoai": district.phone(number),
            "ghi_chu": f"{row.get('ghi_chu') or ''} (thư điện tử, điện thoại: minh họa)".strip(),
        }
    later = [row for row in units if row not in communes]
    codes = [str(row["ma_don_vi"]) for row in communes] + [body.code for body in district.BODIES]
    rows = {
        **real.rows,
        "Đơn vị": [*communes, *district.body_rows(), *later],
        "Thôn": district.hamlet_rows((str(r["ma_hanh_chinh"]), str(r["ma_don_vi"])) for r in communes),
        "Ngày nhận": list(_received_rows(codes)),
        "Người ký": district.SIGNERS,
        "Chỉ số ngoài": district.INDICES,
    }
    notes = dict.fromkeys(("Đơn vị", "Thôn", "Ngày nhận"), district.SHEET_NOTE)
    return RegisterData(rows, {**real.notes, **notes}, [*district.NOTES, *real.basis])


def received_on(code: str) -> date:
    """The day on which the return that counts came in."""
    sent = dict(_mailed())
    early = date(2023, 10, 5) + timedelta(days=Random(f"{SEED}:nhan:{code}").randint(0, 5))
    return deliveries.LATE.get(code) or sent.get(code) or early


def _mailed() -> Iterator[tuple[str, date]]:
    from email.utils import parsedate_to_datetime

    for _, what in deliveries.LETTERS:
        if isinstance(what, Mail):
            for _, inner in what.attached:
                if isinstance(inner, Form):
                    yield inner.unit, parsedate_to_datetime(what.sent).date()


def _received_rows(codes: list[str]) -> Iterator[dict[str, object]]:
    for code in codes:
        if code in deliveries.SILENT or code == deliveries.REFUSED:
            continue
        yield {
            "ma_don_vi": code,
            "ky": QUARTER.key,
            "ngay_nhan": received_on(code),
            "ghi_chu": "Sổ công văn đến (minh họa)",
        }


# --- content -------------------------------------------------------------------------------------------------------


def places(register: Register, day: date) -> list[Place]:
    """Every unit that reports on the day, as its own clerk knows it."""
    shorts = {body.code: body.short for body in district.BODIES}
    return [
        Place(
            unit.code,
            unit.name,
            unit.kind,
            shorts.get(unit.code) or unit.name.removeprefix("Đảng bộ "),
            tuple((hamlet.code, hamlet.name) for hamlet in register.hamlets_of(unit.code, day)),
        )
        for unit in register.units_on(day)
    ]


def reports(plan: Plan, register: Register) -> dict[str, Report]:
    """Unit -> its right content for the quarter."""
    known = places(register, QUARTER.last_day)
    return {place.code: Writer(place, known).write(duties(plan, place.kind, QUARTER)) for place in known}


# --- files ---------------------------------------------------------------------------------------------------------


class Maker:
    """Makes the bytes of every file that was sent."""

    def __init__(self, folder: Path) -> None:
        self.plan = load_plan()
        self.register = read_register(folder / FILE, self.plan)
        self.reports = reports(self.plan, self.register)

    def form(self, form: Form) -> bytes:
        report, seeds = as_sent(self.reports[form.unit], form.make), of_unit(form.unit)
        quarter = QUARTER
        if form.make == "q2":
            quarter, seeds = QUARTER.previous, ()
            report = _of_quarter(report, quarter)
        return drawn(self.plan, draft(self.plan, self.register, report, seeds, quarter))


def as_sent(report: Report, make: str) -> Report:
    """The content of one of several variants that a unit sent."""
    if make in ("v1", "other"):
        return _earlier(report)
    if make == "v2":
        return other_version(report, phien_ban=2, thay_the_phien_ban=1, loai_bao_cao="Bổ sung")
    if make == "mistyped":
        return other_version(report, ma_don_vi=deliveries.MISTYPED)
    return report


def _earlier(report: Report) -> Report:
    """What the unit had written at first: one review and one model's numbers were still missing."""
    rows = {sheet: [dict(row) for row in told] for sheet, told in report.rows.items()}
    for row in rows["B3"]:
        row.pop("ngay_cong", None)
    rows["B2"][0]["so_ho"] = 1
    return replace(report, rows=rows)


def _of_quarter(report: Report, quarter: Quarter) -> Report:
    """The return of the quarter before: the models of then, nothing of this quarter."""
    kept = [row for row in report.rows["B2"] if isinstance(row["ngay_dk"], date) and row["ngay_dk"] <= quarter.last_day]
    bia = {key: value for key, value in report.values["BIA"].items() if not key.startswith("khong_phat_sinh")}
    bia["ngay_ky"] = quarter.last_day + timedelta(days=3)
    return Report(report.place, {"BIA": bia, "B1": dict(report.values["B1"])}, {"B2": kept})


_maker: Maker | None = None


def _start(folder: Path) -> None:
    global _maker
    _maker = Maker(folder)


def _make(form: Form) -> bytes:
    assert _maker is not None
    return _maker.form(form)


_TYPES = "[Content_Types].xml"
_PLAIN = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_MACRO = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"


def finish(form: Form, data: bytes) -> bytes:
    """The file format in which the unit sent it."""
    if form.make == "xlsm":
        return steady(data, lambda name, part: part.replace(_PLAIN, _MACRO) if name == _TYPES else part)
    if form.make in ("xls", "ods"):
        return converted(data, form.make)
    if form.make == "broken":
        return data[: len(data) // 3]
    if form.make == "locked":
        return locked(data)
    return data


def converted(data: bytes, kind: str) -> bytes:
    """The form as LibreOffice saves it."""
    if shutil.which("soffice") is None:
        raise SystemExit("Cần LibreOffice (lệnh soffice) để làm tệp .xls và .ods.")
    with tempfile.TemporaryDirectory() as work:
        source = Path(work) / "bieu.xlsx"
        source.write_bytes(data)
        profile = (Path(work) / "ho-so").as_uri()
        wanted = {"xls": "xls:MS Excel 97", "ods": "ods"}[kind]
        command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", wanted]
        subprocess.run([*command, "--outdir", work, str(source)], check=True, capture_output=True, timeout=300)
        made = (Path(work) / f"bieu.{kind}").read_bytes()
    return steady(made) if kind == "ods" else made


def same_cells(old: bytes, new: bytes) -> bool:
    """Whether two workbooks that LibreOffice has written hold the same, sheet by sheet."""
    return [(s.name, s.cells) for s in read_book(old, sniff(old)).sheets] == [
        (s.name, s.cells) for s in read_book(new, sniff(new)).sheets
    ]


def locked(data: bytes) -> bytes:
    """With a password to open; salt and clock are held still, so that the bytes do not change."""
    from msoffcrypto.format.ooxml import OOXMLFile
    from msoffcrypto.method import ecma376_agile
    from msoffcrypto.method.container import ecma376_encrypted

    source = Random(SEED)
    out = io.BytesIO()
    salt = mock.patch.object(ecma376_agile, "_random_buffer", source.randbytes)
    clock = mock.patch.object(ecma376_encrypted, "datetime2filetime", lambda moment: 133_413_024_000_000_000)
    with salt, clock:
        OOXMLFile(io.BytesIO(data)).encrypt(deliveries.PASSWORD, out)
    return out.getvalue()


def paper(kind: str) -> bytes:
    if kind == "word":
        return _word()
    if kind == "scan":
        return _scan()
    if kind == "lock":
        # What Excel leaves beside an open workbook: the name of the person, padded.
        return b"\x0fNguoi dung Excel" + b" " * 39 + "Người dùng".encode("utf-16-le") + b"\x00" * 90
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504


def _word() -> bytes:
    import docx

    document = docx.Document()
    document.add_heading("TỰ ĐÁNH GIÁ QUÝ III NĂM 2023", 1)
    document.add_paragraph("Đảng ủy xã Bảo Hà tự đánh giá kết quả thực hiện Phong trào “Dân vận khéo” (minh họa).")
    out = io.BytesIO()
    document.save(out)
    return steady(out.getvalue())


def _scan() -> bytes:
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    )
    data, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(data)
    return (
        data
        + b"xref\n0 4\n0000000000 65535 f \n"
        + table
        + (b"trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start)
    )


def make_mailbox(folder: Path, workers: int | None = None) -> dict[str, bytes]:
    """Name of every letter -> its bytes; ``folder`` holds the register."""
    wanted = list(dict.fromkeys(what for _, what in deliveries.forms_in() if isinstance(what, Form)))
    with ProcessPoolExecutor(workers, initializer=_start, initargs=(folder,)) as crew:
        made = {form: finish(form, data) for form, data in zip(wanted, crew.map(_make, wanted), strict=True)}

    def bytes_of(what: Form | Paper) -> bytes:
        return made[what] if isinstance(what, Form) else paper(what.kind)

    letters: dict[str, bytes] = {}
    for name, what in deliveries.LETTERS:
        if isinstance(what, Box):
            letters[name] = deliveries.zip_of([(n, bytes_of(inner)) for n, inner in what.members], what.packed)
        elif isinstance(what, Mail):
            letters[name] = deliveries.mail_of(what, [(n, bytes_of(inner)) for n, inner in what.attached])
        else:
            letters[name] = bytes_of(what)
    return letters


def make(folder: Path, force: bool = False) -> None:
    """Write the workspace; SystemExit where the folder holds something that this script has not made."""
    make_quarters.claim(folder, force)
    plan = load_plan()
    write_register(folder / FILE, plan, sample_register(plan))
    inbox = folder / "nhan-ve" / QUARTER.key
    letters = make_mailbox(folder)
    for name in letters:
        if name.endswith((".xls", ".ods")) and (inbox / name).exists():
            old = (inbox / name).read_bytes()
            letters[name] = old if same_cells(old, letters[name]) else letters[name]
    if inbox.exists():
        shutil.rmtree(inbox)
    for name, data in letters.items():
        path = inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    size = sum(len(data) for data in letters.values()) / 1e6
    print(f"{folder}: {FILE}, {len(letters)} tệp nhận về ({size:.1f} MB).")


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Tạo một bộ dữ liệu minh họa.")
    parser.add_argument("folder", nargs="?", type=Path, help="thư mục (mặc định: samples/<tên bộ>)")
    names = [DEFAULT.name, *make_quarters.WORKSPACES]
    parser.add_argument("--bo", choices=names, default=DEFAULT.name, help="bộ nào (mặc định: bao-yen)")
    parser.add_argument("--force", action="store_true", help="ghi đè cả thư mục không do chương trình này tạo")
    told = parser.parse_args(arguments)
    folder = told.folder or HERE / told.bo
    if told.bo == DEFAULT.name:
        make(folder, told.force)
    else:
        make_quarters.make(told.bo, folder, told.force)


if __name__ == "__main__":
    main(sys.argv[1:])
