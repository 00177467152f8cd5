"""From a folder to its files: every file in it, and every member of the archives and mails among them.

Nothing is written to disk, so a name inside an archive is only a name. What cannot be opened is a ReceivedFile with its
reason: a file that is neither read nor named is a unit that was silently left out.
"""

from __future__ import annotations

import io
import os
import stat
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from typing import TypeAlias, TypeVar

from dvk_reports.intake.files import mails, outlook
from dvk_reports.intake.files.held import Held, OnDisk
from dvk_reports.intake.files.kinds import CONTAINERS, WORKBOOKS, reason_of, sniff
from dvk_reports.model.returns import FileState
from dvk_reports.model.spool import Spool, Spooled
from dvk_reports.vietnamese.dates import day_of
from dvk_reports.workspace.folder import digest

__all__ = ["ReceivedFile", "files_at", "sniff", "unpack"]

MAX_FILE = 200_000_000
"""Bytes of one file on disk. A form is below one megabyte."""
MAX_DEPTH = 6
_AT_ONCE = 64
"""Archives and mails that are opened together; what is in them stands in memory meanwhile."""
MAX_MEMBERS = 2_000
MAX_TOTAL = 500_000_000
MAX_RATIO = 200
RATIO_FROM = 20_000_000
"""Below this many bytes a high compression ratio is harmless, and empty forms do compress well."""

T = TypeVar("T")
Opening: TypeAlias = "Callable[[Sequence[ReceivedFile]], list[list[ReceivedFile]]]"
"""How archives and mails are opened: for each of them what is in it."""
_MAILS: Mapping[str, Callable[[bytes], mails.Mail]] = {
    "eml": mails.parse,
    "emlx": mails.parse_emlx,
    "mbox": mails.parse_mailbox,
    "signed": mails.parse_signed,
    "uu": mails.parse_uuencoded,
    "msg": outlook.parse_msg,
    "tnef": outlook.parse_tnef,
}
"""What is opened as a mail, and by whom."""
_TOO_DEEP = f"tệp nén hoặc thư lồng nhau quá {MAX_DEPTH} lớp"
_JUNK_NAMES = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """One file as it came in. ``state`` None: it may be a form, and a reader has to open it."""

    file: str
    """Path relative to the folder, with "/"; ``archive!/member`` inside a zip or a mail."""
    held: Held
    """Its bytes, or where they are; None where there are none."""
    sha256: str
    """Empty where the content could not be read."""
    state: FileState | None
    reason: str = ""
    mail_date: date | None = None
    """Day of the nearest mail round the file, as it was in Việt Nam."""
    modified: date | None = None
    kind: str = "unknown"
    """What ``sniff`` says of the content."""
    unreachable: bool = False
    """The disk did not give it: what it holds is not known, so a unit may be in it."""
    sender: str = ""
    """Address of who sent the nearest mail round the file."""
    place: str = ""
    """Path below the folder named on a command line; "" where ``file`` is that."""

    @property
    def data(self) -> bytes | None:
        """Its bytes, read when they are asked for; WorkspaceError where the file is no longer what it was."""
        return self.held.read() if isinstance(self.held, OnDisk | Spooled) else self.held

    def carried(self) -> ReceivedFile:
        """With its bytes, as it goes to another process or machine."""
        return replace(self, held=self.data)


@dataclass(frozen=True, slots=True)
class _Came:
    """When and from whom what is being opened came."""

    modified: date | None = None
    sent: date | None = None
    sender: str = ""

    def with_mail(self, mail: mails.Mail) -> _Came:
        return _Came(self.modified, mail.sent or self.sent, mail.sender or self.sender)


def unpack(folder: Path, opening: Opening | None = None) -> list[ReceivedFile]:
    """Every file below ``folder``, in an order that depends on the names alone.

    ``opening``: who opens archives and mails; this process where nobody is named.
    """
    return _unique(_opened(_walk(folder, ""), opening or opened_here))


def files_at(paths: Iterable[Path], opening: Opening | None = None) -> list[ReceivedFile]:
    """Files and folders as named on a command line; ``file`` is the path as given."""
    found: list[ReceivedFile] = []
    for path in paths:
        shown = _clean(path.as_posix())
        if _is_dir(path):
            items, above = _walk(path, "" if shown == "." else shown), f"{shown}/"
        else:
            items, above = _loose(path, shown), shown.rpartition("/")[0] + "/"
        opened = _opened(items, opening or opened_here)
        found += [replace(item, place=item.file.removeprefix(above)) for item in opened]
    return _unique(found)


def _walk(folder: Path, prefix: str) -> Iterator[ReceivedFile]:
    try:
        entries = sorted(folder.iterdir(), key=lambda path: _order(path.name))
    except OSError as error:
        found = _unread(prefix or _clean(folder.as_posix()), f"không mở được thư mục: {_os_reason(error)}")
        yield replace(found, unreachable=True)
        return
    for path in entries:
        name = f"{prefix}/{_clean(path.name)}" if prefix else _clean(path.name)
        if _is_dir(path) and path.is_symlink():
            # Following it could lead out of the folder, or round in a ring.
            yield _unread(name, "lối tắt tới một thư mục khác: không đi theo, hãy chép các tệp vào đây")
        elif _is_dir(path):
            yield from _walk(path, name)
        else:
            yield from _loose(path, name)


def _loose(path: Path, name: str) -> Iterator[ReceivedFile]:
    try:
        info = path.stat()
        # A pipe or a device would be waited on for ever.
        if not stat.S_ISREG(info.st_mode):
            yield _unread(name, "không phải tệp thông thường")
            return
        modified = _day_of(info.st_mtime)
        if info.st_size > MAX_FILE:
            yield _unread(name, f"tệp quá lớn ({info.st_size // 1_000_000} MB)", _Came(modified))
            return
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        # A link that leads nowhere is a thing of its own; any other file was there a moment ago.
        lost = not path.is_symlink()
        yield replace(_unread(name, f"không mở được tệp: {_os_reason(error)}"), unreachable=lost)
        return
    kind = sniff(data)
    whole = [_received(name, data, _Came(modified), None, "", kind)]
    for item in whole if kind in CONTAINERS else _Opener().open(name, data, _Came(modified), 0):
        yield replace(item, held=OnDisk(path, item.sha256))


def open_box(box: ReceivedFile) -> list[ReceivedFile]:
    """An archive or a mail as it lies on the disk, opened with all that is in it."""
    return _Opener().open(box.file, box.data or b"", _Came(box.modified), 0)


def opened_here(boxes: Sequence[ReceivedFile]) -> list[list[ReceivedFile]]:
    """Archives and mails opened in this process, which has no limit of its own."""
    return [open_box(box) for box in boxes]


def _opened(loose: Iterable[ReceivedFile], opening: Opening) -> list[ReceivedFile]:
    found = list(loose)
    closed = [item.state is None and item.kind in CONTAINERS for item in found]
    inside = _inside([item for item, shut in zip(found, closed, strict=True) if shut], opening)
    return [inner for item, shut in zip(found, closed, strict=True) for inner in (next(inside) if shut else [item])]


def _inside(boxes: Sequence[ReceivedFile], opening: Opening) -> Iterator[list[ReceivedFile]]:
    """What is in each box; a few are opened at a time, and what was in them is put aside before the next."""
    spool = Spool()
    for start in range(0, len(boxes), _AT_ONCE):
        for found in opening(boxes[start : start + _AT_ONCE]):
            yield [replace(item, held=spool.put(item.held)) if isinstance(item.held, bytes) else item for item in found]


class _Opener:
    """Opens one loose file and all that is in it; its limits hold for the whole nest together."""

    def __init__(self) -> None:
        self.members = 0
        self.bytes = 0

    def open(self, name: str, data: bytes, came: _Came, depth: int) -> list[ReceivedFile]:
        kind = sniff(data)
        base = PurePosixPath(name.rsplit("!/", 1)[-1]).name
        if kind not in CONTAINERS:
            state, reason = reason_of(kind, base)
            if kind not in WORKBOOKS and _is_junk(name, base):
                state, reason = FileState.SKIPPED, "tệp phụ do máy tính tự tạo"
            return [_received(name, data, came, state, reason, kind)]

        def whole(reason: str, state: FileState = FileState.UNREADABLE) -> list[ReceivedFile]:
            return [_received(name, data, came, state, reason, kind)]

        if depth >= MAX_DEPTH:
            return whole(_TOO_DEEP)
        if kind == "zip":
            if refused := self._too_much(data):
                return whole(refused)
            inside = list(self._zip_members(name, data, came, depth))
            return inside or whole("tệp nén không có tệp nào bên trong", FileState.NOT_A_FORM)
        try:
            return self._open_mail(name, _MAILS[kind](data), data, came, depth)
        except Exception:  # a mail made by hand or by malice; what reads it raises many kinds
            return whole("thư hỏng, không mở được: mở trong chương trình thư rồi lưu tệp đính kèm vào thư mục này")

    def _open_mail(self, name: str, mail: mails.Mail, data: bytes, came: _Came, depth: int) -> list[ReceivedFile]:
        """What is attached to a mail; the mail itself where nothing is. ``data``: nothing for a mail in a mail."""
        came = came.with_mail(mail)
        inside = list(self._mail_members(name, mail, came, depth))
        if all(item.state is FileState.SKIPPED for item in inside):
            alone = _received(name, data, came, FileState.NOT_A_FORM, "thư không kèm tệp nào", "eml")
            inside.append(alone if data else replace(alone, held=None, sha256=""))
        return inside

    def _too_much(self, data: bytes) -> str:
        """Why an archive is not unpacked, judged by its own table of contents before a byte is inflated."""
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as box:
                sizes = [info.file_size for info in box.infolist()]
        except Exception:  # zipfile raises many kinds on damaged input
            return "tệp nén bị hỏng: đề nghị gửi lại"
        self.members += len(sizes)
        self.bytes += sum(sizes)
        if self.members > MAX_MEMBERS:
            return f"tệp nén có quá {MAX_MEMBERS} tệp bên trong"
        if self.bytes > MAX_TOTAL or (sum(sizes) > RATIO_FROM and sum(sizes) > MAX_RATIO * len(data)):
            return "tệp nén bung ra quá lớn, có thể là bom nén: không mở"
        return ""

    def _zip_members(self, name: str, data: bytes, came: _Came, depth: int) -> Iterator[ReceivedFile]:
        with zipfile.ZipFile(io.BytesIO(data)) as box:
            infos = [info for info in box.infolist() if not info.is_dir()]
            named = [(_clean(_zip_name(info)) or "khong-ten", info) for info in infos]
            for member, info in _numbered(sorted(named, key=lambda pair: _order(pair[0]))):
                inner = f"{name}!/{member}"
                held = replace(came, modified=_zip_day(info))
                if info.flag_bits & 0x1:
                    yield _unread(inner, "tệp nằm trong tệp nén có mật khẩu", held)
                    continue
                try:
                    with box.open(info) as stream:
                        # The table of contents may lie about the size.
                        content = stream.read(info.file_size + 1)
                except Exception:  # zlib, lzma, bad CRC, unknown method …
                    yield _unread(inner, "tệp nằm trong tệp nén bị hỏng, không giải nén được: đề nghị gửi lại", held)
                    continue
                yield from self.open(inner, content, held, depth + 1)

    def _mail_members(self, name: str, mail: mails.Mail, came: _Came, depth: int) -> Iterator[ReceivedFile]:
        parts = [(_clean(part.name.replace("\\", "/")) or "khong-ten", part) for part in mail.parts]
        self.members += len(parts)
        self.bytes += sum(len(part.content) for part in mail.parts if isinstance(part.content, bytes))
        if self.members > MAX_MEMBERS or self.bytes > MAX_TOTAL:
            yield _unread(name, "thư kèm quá nhiều tệp hoặc quá lớn: không mở", came)
            return
        for member, part in _numbered(parts):
            inner = f"{name}!/{member}"
            if not isinstance(part.content, bytes):
                deep = depth + 1 >= MAX_DEPTH
                yield from (
                    [_unread(inner, _TOO_DEEP, came)]
                    if deep
                    else self._open_mail(inner, part.content, b"", came, depth + 1)
                )
                continue
            opened = self.open(inner, part.content, came, depth + 1)
            if part.inline and len(opened) == 1 and opened[0].kind == "image":
                opened = [replace(opened[0], state=FileState.SKIPPED, reason="ảnh chèn trong thân thư")]
            yield from opened


def _received(name: str, data: bytes, came: _Came, state: FileState | None, reason: str, kind: str) -> ReceivedFile:
    return ReceivedFile(name, data, digest(data), state, reason, came.sent, came.modified, kind, sender=came.sender)


def _is_dir(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # not even its kind may be asked; opening it will give the reason
        return False


def _is_junk(name: str, base: str) -> bool:
    return base.startswith(("~$", ".")) or base.lower() in _JUNK_NAMES or "__MACOSX/" in name


def _unread(name: str, reason: str, came: _Came = _Came()) -> ReceivedFile:
    state = FileState.UNREADABLE
    return ReceivedFile(name, None, "", state, reason, came.sent, came.modified, sender=came.sender)


def _day_of(timestamp: float) -> date | None:
    try:
        return day_of(timestamp)
    except (OverflowError, OSError, ValueError):
        return None


def _zip_day(info: zipfile.ZipInfo) -> date | None:
    try:
        day = datetime(*info.date_time).date()
    except ValueError:
        return None
    # 1980-01-01 is what programs write that keep no date.
    return day if day > date(1980, 1, 1) else None


def _zip_name(info: zipfile.ZipInfo) -> str:
    name = info.filename
    if not info.flag_bits & 0x800 and not name.isascii():
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "cp1258"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/")


def _clean(name: str) -> str:
    """A name that can be printed and written anywhere: dựng sẵn, no control characters, no broken bytes."""
    text = os.fsencode(name).decode("utf-8", "replace") if _has_surrogate(name) else name
    text = unicodedata.normalize("NFC", text)
    return "".join("_" if unicodedata.category(c) in ("Cc", "Cs") else c for c in text)


def _has_surrogate(name: str) -> bool:
    return any("\ud800" <= c <= "\udfff" for c in name)


def _order(name: str) -> tuple[str, str]:
    clean = _clean(name)
    return clean.casefold(), clean


def _numbered(named: Iterable[tuple[str, T]]) -> Iterator[tuple[str, T]]:
    seen: dict[str, int] = {}
    for name, thing in named:
        seen[name] = seen.get(name, 0) + 1
        yield (name if seen[name] == 1 else f"{name}#{seen[name]}"), thing


def _unique(found: Iterable[ReceivedFile]) -> list[ReceivedFile]:
    """Two files whose names differ in invisible ways only, or one named twice, are told apart by "#2"."""
    result = []
    for name, item in _numbered((item.file, item) for item in found):
        if name != item.file:
            item = replace(item, file=name)
        result.append(item)
    return result


def _os_reason(error: Exception) -> str:
    if isinstance(error, PermissionError):
        return "không có quyền, hoặc tệp đang mở trong chương trình khác"
    if isinstance(error, FileNotFoundError):
        return "không tìm thấy"
    return "ổ đĩa báo lỗi; chép tệp sang chỗ khác rồi thả lại"
