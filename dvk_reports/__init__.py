"""Batch reporting of the “Dân vận khéo” movement: forms in, consolidated workbook and Word report out."""

from dvk_reports._version import __version__

__all__ = ["__version__"]
