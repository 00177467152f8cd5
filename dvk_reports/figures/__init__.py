"""From returns to figures, with n/N and the cells behind each."""
