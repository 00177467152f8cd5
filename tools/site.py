"""Make the pages of ``docs/`` into a site, and into one PDF to print.

    python -m tools.site [THƯ_MỤC]

Writes ``html/`` and ``dvk_reports.pdf`` below THƯ_MỤC (``build/site``). Sphinx builds both from the same pages, and any
warning is an error: a link that leads nowhere, a page that no table of contents names. It needs the extra ``docs``.
"""

from __future__ import annotations

import argparse
import logging
import re
import shutil
import tempfile
from pathlib import Path

from tools.regenerate import ROOT

PAGES = ROOT / "docs"
SITE = ROOT / "build" / "site"
PDF = "dvk_reports.pdf"
PRINTED = "basic"
"""The theme of the PDF: text in one column, so that pages break where a paper breaks."""


class SiteError(Exception):
    """The pages do not fit together; Sphinx has said where."""


def build_site(target: Path) -> tuple[Path, Path]:
    """The first page of the site and the PDF, made anew below ``target``; :class:`SiteError` at the first warning."""
    html = target / "html"
    shutil.rmtree(html, ignore_errors=True)
    _sphinx("html", html)
    with tempfile.TemporaryDirectory() as work:
        _sphinx("singlehtml", Path(work) / "print", html_theme=PRINTED)
        _pdf(Path(work) / "print" / "index.html", target / PDF)
    return html / "index.html", target / PDF


def _sphinx(builder: str, target: Path, **settings: str) -> None:
    from sphinx.cmd.build import build_main

    with tempfile.TemporaryDirectory() as notes:
        options = [f"-D{key}={value}" for key, value in settings.items()]
        asked = ["-q", "-n", "-W", "--keep-going", "-b", builder, "-d", notes, *options, str(PAGES), str(target)]
        if build_main(asked):
            raise SiteError(f"{builder}: pages with warnings")


def _pdf(page: Path, target: Path) -> None:
    """One page of HTML as PDF; the way to a heading of another page is the heading alone, since all are one page."""
    logging.disable(logging.WARNING)  # progress, and rules of the screen that paper does not know
    from weasyprint import HTML

    text = re.sub(r'href="#document-[\w-]+#', 'href="#', page.read_text(encoding="utf-8"))
    HTML(string=text, base_url=str(page)).write_pdf(str(target))


def main() -> None:
    """Make both, say where they are."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", metavar="THƯ_MỤC", nargs="?", type=Path, default=SITE)
    try:
        made = build_site(parser.parse_args().folder)
    except SiteError as error:
        raise SystemExit(str(error)) from error
    print("\n".join(map(str, made)))


if __name__ == "__main__":
    main()
