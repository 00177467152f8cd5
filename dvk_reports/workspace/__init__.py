"""Where things lie, and how they are written."""
