"""Errors of plan, template, register or disk. Mistakes in the data are never raised: they are findings."""


class DvkError(Exception):
    """Root of everything that stops a run; its text is a Vietnamese sentence for the clerk."""


class PlanError(DvkError):
    """The rule book, a period or a date in force cannot be used."""


class RegisterError(DvkError):
    """``danh-muc.xlsx`` is missing or cannot be read at all."""


class TemplateError(DvkError):
    """A Word template is missing, broken or asks for a field that does not exist."""


class WorkspaceError(DvkError):
    """A folder or file of the workspace is missing, locked or cannot be written."""


class SheetError(DvkError):
    """XlsxWriter did not write what it was given."""
