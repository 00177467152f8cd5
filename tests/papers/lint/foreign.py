"""Papers as other offices type them: heads as a table or with tabs, drafters in capitals, statutes behind decisions."""

from __future__ import annotations

from collections.abc import Sequence

from dvk_reports.papers.docx.metrics import text_width
from tests.support.word_by_hand import body, p, run, shape, table

NATION, MOTTO, PARTY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "ĐẢNG CỘNG SẢN VIỆT NAM"
EXACT = 'w:line="360" w:lineRule="exact"'
SINGLE = 'w:line="240" w:lineRule="auto"'
BREAK = "<w:pageBreakBefore/>"


def under(text: str, size: float, share: float, bold: bool = True) -> str:
    """A drawn line that is so long a part of a text."""
    return shape(text_width(text, size, bold, False) * share)


def middle(text: str, size: float = 14, marks: str = "b", more: str = "", form: str = "") -> str:
    return p(text, size, marks, "center", form, more)


def tabbed(*runs: str) -> str:
    return f"<w:p>{run(chr(9)).join(runs)}</w:p>"


def state_head(organ: Sequence[str], number: str, dated: str, about: str = "", tabs: bool = False, rule: float = 0.4):
    """The last line of ``organ`` issues the paper; ``rule``: how long a part of it the line below is."""
    *above, issuer = organ
    line = under(issuer, 13, rule)
    if tabs:
        lines = [
            tabbed(run(above[0], 13), run(NATION, 13, "b")),
            tabbed(run(issuer, 13, "b"), run(MOTTO, 14, "b")),
            f"<w:p>{line}{under(MOTTO, 14, 1)}</w:p>",
            tabbed(run(number, 13), run(dated, 14, "i")),
            p(about, 12, "", "left", '<w:spacing w:before="120"/>') if about else "",
        ]
        return "".join(lines)
    own = "b" if above == ["ỦY BAN NHÂN DÂN"] else ""
    left = "".join(middle(name, 13, own) for name in above) + middle(issuer, 13, "b", line)
    right = middle(NATION, 13) + middle(MOTTO, 14, "b", under(MOTTO, 14, 1))
    low = middle(number, 13, "") + (middle(about, 12, "", form='<w:spacing w:before="120"/>') if about else "")
    return table([[left, right], [low, middle(dated, 14, "i")]], (66, 99))


def party_head(organ: Sequence[str], number: str, dated: str, about: str = "", tabs: bool = False):
    above, issuer = organ
    line = under(PARTY, 15, 1)
    if tabs:
        return "".join([
            tabbed(run(above), run(PARTY, 15, "b") + line),
            tabbed(run(issuer, 14, "b")),
            tabbed(run("*")),
            tabbed(run(number), run(dated, 14, "i")),
            p(about, 12, "i", "center") if about else "",
        ])  # fmt: skip
    left = middle(above, 14, "") + middle(issuer) + middle("*", 14, "") + middle(number, 14, "")
    left += middle(about, 12, "i") if about else ""
    return table([[left, middle(PARTY, 15, "b", line) + middle(dated, 14, "i")]], (75, 90))


def state_sign(receivers: Sequence[str], signer: Sequence[str], tabs: bool = False, drafter: str = "") -> str:
    """The last line of ``signer`` is the name."""
    *posts, name = signer
    below = p(drafter, 11) if drafter else ""
    if tabs:
        left = [run("Nơi nhận:", 12, "bi"), *(run(line, 11) for line in receivers)]
        right = [*(run(post, 14, "b") for post in posts), *([run("", 14)] * 3), run(name, 14, "b")]
        size = max(len(left), len(right))
        pairs = zip(left + [""] * (size - len(left)), right + [""] * (size - len(right)), strict=True)
        return "".join(tabbed(one, other) for one, other in pairs) + below
    left_cell = p("Nơi nhận:", 12, "bi") + "".join(p(line, 11) for line in receivers) + below
    right_cell = "".join(middle(post) for post in posts) + p() * 3 + middle(name)
    return table([[left_cell, right_cell]], (75, 90))


def party_sign(receivers: Sequence[str], signer: Sequence[str], tabs: bool = False) -> str:
    authority, *posts, name = signer
    if tabs:
        left = [run("Nơi nhận:", 14, "u"), *(run(line, 12) for line in receivers)]
        right = [run(authority, 14, "b"), *(run(post) for post in posts), run(""), run(""), run(name, 14, "b")]
        size = max(len(left), len(right))
        pairs = zip(left + [""] * (size - len(left)), right + [""] * (size - len(right)), strict=True)
        return "".join(tabbed(one, other) for one, other in pairs)
    marks = "b" if authority[:3] in ("T/M", "K/T", "T/L") else ""
    right_cell = middle(authority, 14, marks) + "".join(middle(post, 14, "") for post in posts) + p() * 3 + middle(name)
    left_cell = p("Nơi nhận:", 14, "u") + "".join(p(line, 12) for line in receivers)
    return table([[left_cell, right_cell]], (75, 90))


def said(*lines: str, marks: str = "", pitch: str = SINGLE) -> str:
    return "".join(body(line, 14, marks, pitch) for line in lines)


def articles(*lines: str, pitch: str = SINGLE) -> str:
    """“Điều 1. …” with its head in bold."""
    made = []
    for line in lines:
        head, _, rest = line.partition(". ")
        form = f'<w:spacing w:before="120" {pitch}/><w:ind w:firstLine="567"/><w:jc w:val="both"/>'
        made.append(f"<w:p><w:pPr>{form}</w:pPr>{run(f'{head}.', 14, 'b')}{run(f' {rest}')}</w:p>")
    return "".join(made)


def heads(*lines: str) -> str:
    return "".join(body(line, 14, "b") for line in lines)


def titled(kind: str, about: str, party: bool = False) -> str:
    if party:
        return middle(kind, 15) + middle(about, 14) + middle("-----", 14, "")
    return middle(kind) + middle(about, 14, "b", under(about, 14, 0.4))


def centred(*lines: str) -> str:
    return "".join(middle(line) for line in lines)


def ruled(*rows: str) -> str:
    cells = [[p(cell) for cell in row.split("|")] for row in rows]
    return table(cells, [165 / len(cells[0])] * len(cells[0]), ruled=True)
