"""Rule books, one folder a plan; data only."""
