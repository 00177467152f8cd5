"""What is not needed is not loaded: a command that shows where the work stands, and a process that reads one file."""

from __future__ import annotations

import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import dvk_reports.templates_xlsx

from dvk_reports import init_workspace, load_plan
from dvk_reports.mail.drafts import draft
from dvk_reports.plan.book.entries import Entry
from dvk_reports.plan.book.rulebook import Plan
from tests.support.small_space import DAY, KY

HEAVY = {
    "openpyxl",
    "numpy",
    "pandas",
    "docx",
    "xlsxwriter",
    "jinja2",
    "docxtpl",
    "python_calamine",
    "xlrd",
    "pyzipper",
}
MARKED = "nd-0123456789abcdef01234567"
FORMS = Path(dvk_reports.templates_xlsx.__path__[0])
_TOLD = "; print('loaded', *sorted({name.partition('.')[0] for name in sys.modules}))"


def loaded(code, *arguments):
    """The packages that a process has loaded at its end."""
    done = subprocess.run(
        [sys.executable, "-c", code + _TOLD, *map(str, arguments)], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    said, _, names = done.stdout.rpartition("loaded ")
    return said, set(names.split())


def test_the_command_alone_loads_neither_excel_nor_word(tmp_path):
    init_workspace(tmp_path / "kho", as_of=DAY)
    mails = tmp_path / "kho" / "gui-di" / KY
    mails.mkdir(parents=True)
    for letter in "AB":  # forms that have not been sent
        (mails / f"DVK_CB-{letter}_{KY}.xlsx").write_bytes(b"")
        (mails / f"DVK_CB-{letter}_{KY}.eml").write_bytes(draft(f"cb{letter}@vi-du.example", "Biểu", "Gửi", (), MARKED))
    code = "import sys; from dvk_reports.cli import dvk; dvk(['-w', sys.argv[1]], standalone_mode=False)"
    said, names = loaded(code, tmp_path / "kho")
    assert "Việc tiếp theo" in said and "đã tạo 02 biểu mẫu" in said
    assert names & (HEAVY | {"email", "html"}) == set() and "lxml" in names


def test_entries_of_the_rule_book_are_not_evaluated_from_their_text():
    """The rule book itself is one, of names that come after it."""
    written = [entry for entry in _all_below(Entry) if any(isinstance(hint, str) for hint in _hints(entry))]
    assert written == [Plan]


def _all_below(kind):
    for found in kind.__subclasses__():
        yield found
        yield from _all_below(found)


def _hints(entry):
    return vars(entry).get("__annotations__", {}).values()


def test_a_page_of_help_loads_no_plan():
    code = "import sys; from dvk_reports.cli import dvk; dvk(['consolidate', '--help'], standalone_mode=False)"
    said, names = loaded(code)
    assert "Việc chính" in said
    assert names & (HEAVY | {"pydantic", "yaml", "lxml"}) == set()


def test_a_process_that_reads_a_form_loads_its_reader_and_the_plan(tmp_path):
    form = next(path for path in sorted(FORMS.glob("*.xlsx")) if path.name != "danh-muc.xlsx")
    shutil.copy(form, tmp_path / "bieu.xlsx")
    (tmp_path / "plan").write_bytes(pickle.dumps(load_plan()))
    code = (
        "import sys, pickle; from pathlib import Path; folder = Path(sys.argv[1]); "
        "from dvk_reports.intake.workers import run_in_workers; from dvk_reports.intake.reading import read_file; "
        "from dvk_reports.intake.files.boxes import ReceivedFile; "
        "source = ReceivedFile('bieu.xlsx', (folder / 'bieu.xlsx').read_bytes(), '', None, kind='xlsx'); "
        "print(read_file(pickle.loads((folder / 'plan').read_bytes()), source)[0].found is not None)"
    )
    said, names = loaded(code, tmp_path)
    assert said == "True\n"
    assert names & (HEAVY | {"click", "yaml"}) == set()
