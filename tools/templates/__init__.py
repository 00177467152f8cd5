"""Makers of the bundled Word templates."""
