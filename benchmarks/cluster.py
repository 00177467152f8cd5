"""What a Dask cluster gains at a size: the same quarter by two processes of this machine, and by a cluster of two.

    python -m benchmarks.cluster --forms 10000

The cluster stands on this machine, so nothing is gained by more processors: what is seen is what the cluster itself
costs. Both runs start from nothing and must give the same bytes.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from hashlib import sha256
from pathlib import Path

from benchmarks import made
from benchmarks.ratios import DAY, QUARTER, Cost, machine, process

PROCESSES = 2


def _run(space: Path, *words: str) -> tuple[Cost, dict[str, str]]:
    results = space / "ket-qua"
    shutil.rmtree(results, ignore_errors=True)
    cost = process("-m", "dvk_reports", "-w", str(space), "consolidate", QUARTER, "--as-of", DAY, *words)
    files = (path for path in sorted(results.rglob("*")) if path.is_file())
    return cost, {str(path.relative_to(results)): sha256(path.read_bytes()).hexdigest() for path in files}


def main() -> int:
    """The command."""
    from distributed import LocalCluster

    words = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    words.add_argument("--forms", type=int, default=600)
    options = words.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        space = Path(folder) / "ws"
        made.workspace(space, options.forms)
        print(f"{machine()}; {options.forms} biểu.\n\n| cách đọc | đồng hồ | bộ nhớ lớn nhất |\n|---|---|---|")
        alone, expected = _run(space, "--workers", str(PROCESSES))
        print(f"| --workers {PROCESSES} | {alone.wall:.0f} s | {alone.memory:.0f} MB |", flush=True)
        with LocalCluster(  # type: ignore[no-untyped-call]
            n_workers=PROCESSES, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
        ) as cluster:
            spread, found = _run(space, "--scheduler", cluster.scheduler_address)
        print(f"| --scheduler, {PROCESSES} tiến trình | {spread.wall:.0f} s | {spread.memory:.0f} MB |")
    same = found == expected
    print(f"\nHai kết quả {'như nhau' if same else 'KHÁC nhau'} từng byte ({len(expected)} tệp).")
    return int(not same)


if __name__ == "__main__":
    sys.exit(main())
