"""A sealed archive behind a password: a zip with AES that 7-Zip opens too, holding the archive itself.

The archive inside has the same bytes as without a password, and its hash is the seal's; only the lock round it differs
from one closing to the next. The password is never written anywhere: it comes from whoever asks, or from the
environment, for a run that nobody watches.
"""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable

from dvk_reports.errors import WorkspaceError

VARIABLE = "DVK_MAT_KHAU"
"""Variable of the environment that a run without a keyboard takes the password from."""

asks: list[Callable[[str], str | None]] = []
"""Who can be asked for the password of an archive, by its name; the command line puts itself here."""


def locked(name: str, data: bytes, password: str) -> bytes:
    """The archive behind a password."""
    import pyzipper

    out = io.BytesIO()
    with pyzipper.AESZipFile(out, "w", encryption=pyzipper.WZ_AES) as box:
        box.setpassword(password.encode("utf-8"))
        box.setencryption(pyzipper.WZ_AES, nbits=256)
        box.writestr(name, data)
    return out.getvalue()


def unlocked(name: str, data: bytes) -> bytes:
    """The archive itself; WorkspaceError where its password is not known or is wrong."""
    if not is_locked(data):
        return data
    password = os.environ.get(VARIABLE) or next((word for ask in asks if (word := ask(name))), None)
    if not password:
        raise WorkspaceError(f"Tệp lưu {name} có mật khẩu. Đặt mật khẩu vào biến {VARIABLE}, hoặc gõ lệnh ở bàn phím.")
    import pyzipper

    try:
        with pyzipper.AESZipFile(io.BytesIO(data)) as box:
            box.setpassword(password.encode("utf-8"))
            inside: bytes = box.read(box.namelist()[0])
            return inside
    except RuntimeError as error:
        raise WorkspaceError(f"Mật khẩu của tệp lưu {name} không đúng.") from error
    except Exception as error:  # a damaged zip is told in many ways
        raise WorkspaceError(f"Tệp lưu {name} bị hỏng hoặc không phải là tệp lưu của một quý đã khóa.") from error


def is_locked(data: bytes) -> bool:
    """Whether a zip wants a password."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as box:
            return any(info.flag_bits & 0x1 for info in box.infolist())
    except Exception:  # damaged: whoever opens it says so
        return False
