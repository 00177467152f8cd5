"""Makers of the sample workspaces."""
