"""Takes any Word file, gives its deviations from the official format."""
