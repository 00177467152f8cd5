"""A file format: one reader, and one line in ``intake/files/kinds.py``."""

from __future__ import annotations

import base64

from tests.errands.copies import PackageCopy
from tests.support.small_space import made, put, sent

READER = '''"""Workbooks wrapped in base64 by a postal program of its own."""

import base64

from dvk_reports.intake.readers.workbook import read_office


def read_wrapped(data, kind, only):
    """The workbook inside."""
    return read_office(base64.b64decode(data[5:]), "xlsx", only)
'''


def test_a_new_format_is_read_like_any_other(tmp_path):
    copy = PackageCopy(tmp_path / "bản chép")
    space = made(tmp_path / "làm việc")
    form = sent(space, "CB-A")
    put(space, "A.goi", b"GOI1\n" + base64.b64encode(form))
    put(space, "B.xlsx", sent(space, "CB-B"))
    before = copy.run("-w", space.root, "consolidate", "2023-Q3", "--as-of", "2023-10-12").stdout
    copy.add("intake/readers/wrapped.py", READER)
    copy.edit(
        "intake/files/kinds.py",
        "FORMATS = (\n",
        'FORMATS = (\n    Format("goi", "wrapped:read_wrapped", starts=(b"GOI1",)),\n',
    )
    after = copy.run("-w", space.root, "consolidate", "2023-Q3", "--as-of", "2023-10-12").stdout
    assert before.splitlines()[0] == "2 tệp: 1 dùng, 1 không phải biểu mẫu; 2 đơn vị chưa nộp"
    assert after.splitlines()[0] == "2 tệp: 2 dùng; 1 đơn vị chưa nộp"
