"""Word templates of the official papers, bundled."""
