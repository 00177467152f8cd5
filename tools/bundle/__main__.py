"""Make the folder and the zip for 64-bit Windows, on any system.

    python -m tools.bundle --python-zip python-3.13.9-embed-amd64.zip [--wheel dvk_reports.whl] [--out dist]

``--python-zip``: Python's “Windows embeddable package (64-bit)” of python.org, 3.11 to 3.14; the wheels are chosen for
its version. ``--wheel``: the package, where it is built already; else it is built here. The other packages come from
the registry at the releases of ``constraints.txt``, each held to its hash. Needs uv, which is in the extra ``test``.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tools.bundle.folder import make_folder, zipped
from tools.bundle.python_zip import BundleError
from tools.bundle.wheels import build_wheel


def main(arguments: list[str] | None = None) -> int:
    """Make both; 2 where that cannot be done, with the reason."""
    parser = argparse.ArgumentParser("python -m tools.bundle", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--python-zip", type=Path, required=True, help="Python's embeddable zip for 64-bit Windows")
    parser.add_argument("--wheel", type=Path, help="the package, where it is built already")
    parser.add_argument("--out", type=Path, default=Path("dist"), help="where folder and zip are put (dist)")
    asked = parser.parse_args(arguments)
    try:
        with tempfile.TemporaryDirectory() as work:
            folder = make_folder(asked.wheel or build_wheel(Path(work)), asked.python_zip, asked.out)
            print(f"{folder}\n{zipped(folder)}")
    except (BundleError, OSError) as error:
        print(f"No bundle: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
