"""How Sphinx makes the pages of this folder into a site and one PDF: ``python -m tools.site``."""

from dvk_reports import __version__

project = "dvk_reports"
author = "Các tác giả dvk_reports"
copyright = author
version = release = __version__
language = "vi"

extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
myst_heading_anchors = 3
nitpicky = True

html_theme = "furo"
html_title = f"dvk_reports {release}"
html_show_sphinx = False
html_copy_source = False
html_last_updated_fmt = None
"""No clock in a page: the same text gives the same site."""
html_static_path = ["hinh"]
html_css_files = ["in.css"]
