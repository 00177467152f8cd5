"""The rules: from returns to findings."""
