"""The road: one file for each command, and ``steps`` for what several commands share. All outputs or none."""
