"""Blank forms and register, bundled."""
