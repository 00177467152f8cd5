"""Everything for 64-bit Windows in one folder, to be used without installing: ``python -m tools.bundle``."""
