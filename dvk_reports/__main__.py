"""``python -m dvk_reports`` is the command ``dvk``."""

from dvk_reports.cli import main

if __name__ == "__main__":
    main()
