"""Make anew everything that follows from the rule book and from the rows of the samples.

    python -m tools.regenerate [PHẦN…] [--check]

Parts: ``plans`` (the bundled plans ready made), ``words`` (click's sentences in Vietnamese, compiled),
``templates_xlsx`` (blank forms, register), ``templates_docx`` (Word templates), ``docs`` (pages of reference),
``samples`` (the newcomer's workspace ``samples/bao-yen``); without a name all of them. A file whose content has not
changed is left as it is, so that a second run finds nothing to do, on any machine.
``--check`` writes nothing and ends with 1 where something would change. It writes into the checkout it stands in and
nowhere else, and refuses to run on a program that is not of this checkout.
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path

from tools.same import same

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = ("dvk_reports", "dvk_reports.templates_xlsx", "dvk_reports.templates_docx")
Made = Mapping[str, bytes]
"""Path below the checkout -> content."""


# --- parts ------------------------------------------------------------------------------------------------------------


def _plans() -> Made:
    from dvk_reports.plan.book.ready import FILE, packed
    from dvk_reports.run.plans import build_bundled, bundled_plans

    return _below("dvk_reports/plans", {f"{name}/{FILE}": packed(build_bundled(name)) for name in bundled_plans()})


def _words() -> Made:
    import polib

    from dvk_reports.cli.words import DOMAIN, LOCALE

    folder = LOCALE / "vi" / "LC_MESSAGES"
    compiled = polib.pofile(str(folder / f"{DOMAIN}.po")).to_binary()
    return _below(folder.relative_to(ROOT).as_posix(), {f"{DOMAIN}.mo": compiled})


def _templates_xlsx() -> Made:
    from dvk_reports.plan.register.sheets import FILE
    from dvk_reports.run.plans import load_plan
    from dvk_reports.sheets.forms.blank import blank_forms
    from dvk_reports.sheets.register.workbook import bundled_register, write_register

    plan, register = load_plan(), io.BytesIO()
    write_register(register, plan, bundled_register(plan))
    return _below("templates_xlsx", {**blank_forms(plan), FILE: register.getvalue()})


def _templates_docx() -> Made:
    from tools.templates.award_papers import make_award_papers
    from tools.templates.reminder import make_reminder
    from tools.templates.report import make_template
    from tools.templates.skeletons import make_skeletons

    with tempfile.TemporaryDirectory() as work:
        folder = Path(work)
        for make in (make_template, make_reminder, make_skeletons, make_award_papers):
            make(folder)
        return _below("templates_docx", {path.name: path.read_bytes() for path in sorted(folder.iterdir())})


def _docs() -> Made:
    from tools.docs import pages

    return _below("docs", {name: text.encode("utf-8") for name, text in pages().items()})


def _samples() -> Made:
    from tools.samples.render import workspace

    return _below("samples/bao-yen", workspace("bao-yen"))


def _below(folder: str, made: Mapping[str, bytes]) -> Made:
    return {f"{folder}/{name}": data for name, data in made.items()}


PARTS: Mapping[str, Callable[[], Made]] = {
    "plans": _plans,
    "words": _words,
    "templates_xlsx": _templates_xlsx,
    "templates_docx": _templates_docx,
    "docs": _docs,
    "samples": _samples,
}
WHOLE = {"templates_xlsx": "templates_xlsx/*.xlsx", "samples": "samples/bao-yen/nhan-ve/**/*"}
"""Part -> files that are all made by it: one of them that is no longer made goes away."""

# --- the run ----------------------------------------------------------------------------------------------------------


def stranger() -> str | None:
    """Where the program comes from, if not from this checkout."""
    for name in PROGRAM:
        try:
            found = find_spec(name)
        except ModuleNotFoundError:
            continue
        if found is not None and found.origin is not None and ROOT not in Path(found.origin).resolve().parents:
            return found.origin
    return None


def changes(part: str) -> dict[Path, bytes | None]:
    """What a part would change: path -> new content, or None for a file that is no longer made."""
    made = {ROOT / name: data for name, data in PARTS[part]().items()}
    found: dict[Path, bytes | None] = {
        path: data for path, data in made.items() if not path.is_file() or not same(path.name, path.read_bytes(), data)
    }
    held = ROOT.glob(WHOLE[part]) if part in WHOLE else ()
    return found | {path: None for path in held if path.is_file() and path not in made}


def apply(changed: Mapping[Path, bytes | None]) -> None:
    """Write and remove."""
    for path, data in changed.items():
        if data is None:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def main(arguments: list[str] | None = None) -> int:
    """The command; its exit code."""
    parser = argparse.ArgumentParser(description="Tạo lại mọi thứ làm ra từ bộ quy định và từ các dòng minh họa.")
    parser.add_argument("parts", metavar="PHẦN", nargs="*", help=", ".join(PARTS))
    parser.add_argument("--check", action="store_true", help="chỉ xem có gì thay đổi, không ghi; có thì kết thúc với 1")
    told = parser.parse_args(arguments)
    if unknown := [part for part in told.parts if part not in PARTS]:
        parser.error(f"không có phần {', '.join(unknown)}; các phần: {', '.join(PARTS)}")
    place = stranger()
    if place is not None:
        raise SystemExit(
            f"Chương trình đang dùng là {place}, không thuộc cây mã nguồn {ROOT}.\n"
            "Cài đặt cây này rồi chạy lại: python -m pip install -e ."
        )
    count = 0
    for part in told.parts or PARTS:
        changed = changes(part)
        if not told.check:
            apply(changed)
        for path, data in changed.items():
            print(f"{path.relative_to(ROOT)}: {'bỏ' if data is None else 'thay đổi'}")
        count += len(changed)
    print(f"{count} tệp {'sẽ thay đổi' if told.check else 'đã thay đổi'}.")
    return 1 if told.check and count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
