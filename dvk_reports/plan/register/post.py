"""Sheet ``Gửi thư``: the server by which mails are sent. Each value is checked; a password is never kept there."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from dvk_reports.messages.returns import Msg
from dvk_reports.plan.register.cells import is_address
from dvk_reports.plan.register.choices import SECURITY
from dvk_reports.plan.register.lines import Line, LineReader
from dvk_reports.plan.register.sheets import POST, SHEETS
from dvk_reports.vietnamese.text import fold

_HOST = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)*[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?")
_LAST_PORT = 65_535


def _host(text: str) -> str:
    return text if _HOST.fullmatch(text) else ""


def _port(text: str) -> str:
    return text if re.fullmatch(r"[0-9]{1,5}", text) and 1 <= int(text) <= _LAST_PORT else ""


def _security(text: str) -> str:
    return next((word for word in SECURITY if fold(word) == fold(text)), "")


def _address(text: str) -> str:
    return text if is_address(text) else ""


_READ: Mapping[str, tuple[Callable[[str], str], str]] = {
    "may_chu": (_host, "Ghi tên máy chủ, ví dụ smtp.co-quan.vn."),
    "cong": (_port, "Ghi số cổng từ 1 đến 65535, ví dụ 465."),
    "bao_mat": (_security, f"Ghi một trong: {', '.join(SECURITY)}."),
    "nguoi_gui": (_address, "Ghi một địa chỉ thư, ví dụ ten@co-quan.vn."),
}
"""Key -> how its value is read ("" where it is none), and how it is to be written. Others are any text."""


def post_of(reader: LineReader, lines: Sequence[Line]) -> Mapping[str, str]:
    """Key -> value, of those that are filled in and can be read."""
    found = {}
    column = SHEETS[POST][1]
    for line in lines:
        key, text = line.values["khoa"], line.values["gia_tri"]
        if not text:
            continue
        read, how = _READ.get(key, (str, ""))
        if read(text):
            found[key] = read(text)
        else:
            reader.note(Msg.REG_VALUE, POST, line.cells["gia_tri"], column, cach=how)
    return found
