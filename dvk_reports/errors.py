"""Errors of plan, template, register or disk. Mistakes in the data are never raised: they are findings."""

import errno

_REASONS = {
    errno.EACCES: "không có quyền, hoặc tệp đang mở trong chương trình khác",
    errno.EPERM: "không có quyền, hoặc tệp đang mở trong chương trình khác",
    errno.ENOSPC: "hết chỗ trên đĩa",
    errno.EROFS: "đĩa chỉ cho đọc",
    errno.ENOENT: "không tìm thấy",
    errno.ENOTDIR: "một tệp mang tên của thư mục cần dùng",
    errno.EEXIST: "một tệp mang tên của thư mục cần dùng",
    errno.EISDIR: "một thư mục mang tên của tệp cần ghi",
    errno.ENOTEMPTY: "thư mục ấy đã có tệp khác",
    errno.ENAMETOOLONG: "tên quá dài",
}


def reason_of(error: OSError) -> str:
    """Why a disk or a file did not do what was asked, in Vietnamese."""
    return _REASONS.get(error.errno or 0) or f"ổ đĩa báo lỗi số {error.errno or 0}"


class Told(Exception):
    """An error whose text is a Vietnamese sentence for the clerk; that of any other is for developers alone."""


class DvkError(Told):
    """Root of everything that stops a run; its text is a Vietnamese sentence for the clerk."""


class PlanError(DvkError):
    """The rule book, a period or a date in force cannot be used."""


class RegisterError(DvkError):
    """``danh-muc.xlsx`` is missing or cannot be read at all."""


class TemplateError(DvkError):
    """A Word template is missing, broken or asks for a field that does not exist."""


class WorkspaceError(DvkError):
    """A folder or file of the workspace is missing, locked or cannot be written."""


class UnknownSheetError(DvkError):
    """``Result.frame`` was asked for a sheet that the workbook does not have as a table."""


class SheetError(DvkError):
    """XlsxWriter did not write what it was given."""


class WorkersError(DvkError):
    """No process can be started to read files in; nothing was read."""
