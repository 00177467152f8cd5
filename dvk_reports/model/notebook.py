"""How records show themselves to people who work in Python: one short line, and a small table in a notebook."""

from __future__ import annotations

from collections.abc import Iterable


def one_line(kind: str, *parts: object) -> str:
    """“Finding(K04 Chặn · CB-A B1 C15)”: what is blank is left out, and nothing breaks the line."""
    said = (" ".join(str(part).split()) for part in parts if part is not None)
    return f"{kind}({' · '.join(part for part in said if part)})"


def small_table(title: str, lines: Iterable[tuple[str, object]]) -> str:
    """A table of two columns as HTML; every text is escaped, and a line without a value is left out."""
    rows = "".join(
        f"<tr><th style='text-align:left'>{_cell(name)}</th><td style='text-align:left'>{_cell(value)}</td></tr>"
        for name, value in lines
        if value not in (None, "")
    )
    return f"<table><caption>{_cell(title)}</caption><tbody>{rows}</tbody></table>"


def _cell(value: object) -> str:
    from html import escape  # no command shows a table

    return escape(str(value)).replace("\n", "<br>")
