"""The report of a period: takes a Consolidation, gives the fields of ``bao-cao.docx``."""
