"""Several machines: a Dask cluster reads the files; a worker of it that is killed costs nothing."""

import os
import shutil
import signal
import subprocess
import sys
import time

import pytest
from distributed import LocalCluster

from dvk_reports import consolidate
from tests.support.small_space import DAY, KY, files_of, made, put, sent

NOT_THERE = (
    "Không chạy được: Không nối được với bộ điều phối “{}”. Kiểm tra địa chỉ (dạng tcp://10.0.0.5:8786), tường lửa và "
    "máy chạy dask scheduler; rồi chạy lại.\n"
)
NO_NUMBER = "“--workers”: ghi số tiến trình, từ 1 đến 64. Ví dụ: --workers 2\nXem cách dùng: dvk consolidate --help\n"


def dvk(space, *words):
    """The command as a clerk gives it."""
    command = [sys.executable, "-m", "dvk_reports", "-w", str(space.root), *words, "--as-of", DAY.isoformat()]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")


def _kill_one_at_work(cluster):
    """As a machine that is switched off; the pid of the worker that had work in hand."""
    scheduler = cluster.scheduler
    until = time.monotonic() + 60
    while time.monotonic() < until:
        for worker in list(scheduler.workers.values()):
            if worker.processing:
                pid = next(nanny.pid for nanny in cluster.workers.values() if nanny.worker_address == worker.address)
                os.kill(pid, signal.SIGKILL)
                return pid
        time.sleep(0.01)
    return None


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
@pytest.mark.filterwarnings("ignore")  # of Dask and of what it stands on
def test_the_outputs_of_a_cluster_that_loses_a_worker_are_the_same(tmp_path):
    space = made(tmp_path / "làm việc")
    for code in "ABC":
        put(space, f"{code}.xlsx", sent(space, f"CB-{code}", b1={"so_hoi_nghi_pho_bien": "mười"}))
    shutil.copytree(space.root, tmp_path / "một mình")
    consolidate(tmp_path / "một mình", KY, as_of=DAY)
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as cluster:
        run = dvk(space, "consolidate", KY, "--scheduler", cluster.scheduler_address)
        killed = _kill_one_at_work(cluster)
        said, trouble = run.communicate(timeout=120)
    assert killed is not None
    assert (run.returncode, trouble) == (1, ""), said
    assert files_of(space.root / "ket-qua") == files_of(tmp_path / "một mình" / "ket-qua")


@pytest.mark.filterwarnings("ignore")
def test_a_scheduler_without_workers_is_told(space):
    with LocalCluster(n_workers=0, processes=True, dashboard_address=None, silence_logs=50) as cluster:
        run = dvk(space, "consolidate", KY, "--scheduler", cluster.scheduler_address)
        said, trouble = run.communicate(timeout=60)
    assert (run.returncode, said) == (2, "")
    at = cluster.scheduler_address
    assert trouble == (
        f"Không chạy được: Bộ điều phối “{at}” chưa có máy nào chạy giúp. Chạy lệnh dask worker {at} trên ít nhất một "
        "máy rồi chạy lại.\n"
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--scheduler", "tcp://127.0.0.1:9"], NOT_THERE.format("tcp://127.0.0.1:9")),
        (["--scheduler", "không có"], NOT_THERE.format("không có")),
        (["--workers", "0"], NO_NUMBER),
        (["--workers", "hai"], NO_NUMBER),
        (["--workers", "-1"], NO_NUMBER),
        (["--workers", "1000000000000"], NO_NUMBER),
    ],
)
def test_what_is_asked_for_in_vain_is_told_in_one_sentence(space, words, told):
    run = dvk(space, "consolidate", KY, *words)
    said, trouble = run.communicate(timeout=60)
    assert (run.returncode, said) == (2, "")
    assert trouble == told


def test_without_dask_it_is_told_how_to_install_it(space, tmp_path):
    (tmp_path / "distributed.py").write_text("raise ImportError('not here')", encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "dvk_reports", "-w", str(space.root), "consolidate", KY, "--scheduler", "tcp://x:1"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
    )
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == (
        "Không chạy được: Chưa cài phần chạy trên nhiều máy nên không dùng được --scheduler. "
        "Cài: pip install dvk_reports[dask]\n"
    )
