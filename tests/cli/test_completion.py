"""What a shell is given to complete a line with: the script, the commands, the quarters at hand, the rounds."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys

import pytest

from tests.support.small_space import KY


def completed(line: str, shell: str = "bash") -> list[str]:
    """What is offered for the last word of a line."""
    words = shlex.split(line)
    number = len(words) if line.endswith(" ") else len(words) - 1
    env = {**os.environ, "_DVK_COMPLETE": f"{shell}_complete", "COMP_WORDS": line, "COMP_CWORD": str(number)}
    code = "from dvk_reports.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", env=env, check=False)
    assert not done.stderr, done.stderr
    lines = done.stdout.split("\n")
    return [line.partition(",")[2] for line in lines if line] if shell == "bash" else lines[1::3]


@pytest.mark.parametrize(
    ("shell", "part"),
    [("bash", "complete -o nosort -F"), ("zsh", "compdef"), ("powershell", "Register-ArgumentCompleter")],
)
def test_the_script_of_a_shell(shell, part):
    env = {**os.environ, "_DVK_COMPLETE": f"{shell}_source"}
    done = subprocess.run(
        [sys.executable, "-c", "from dvk_reports.cli import main; main()"], capture_output=True, env=env, check=False
    )
    text = done.stdout.decode("utf-8")
    assert (done.returncode, done.stderr) == (0, b"")
    assert part in text
    assert f"{shell}_complete" in text


def test_commands_periods_and_rounds(space):
    for folder in ("nhan-ve/2023-Q4", "ket-qua/2023-Q1", "ket-qua/2023", "gui-di/2024-Q1"):
        (space.root / folder).mkdir(parents=True)
    quarters = ["2023-Q1", KY, "2023-Q4", "2024-Q1"]
    assert completed("dvk con") == ["consolidate"]
    assert completed("dvk awards ") == ["propose", "draft"]
    assert completed(f"dvk -w '{space.root}' consolidate ") == quarters
    assert completed(f"dvk -w '{space.root}' close 2024") == ["2024-Q1"]
    assert completed(f"dvk forms -w '{space.root}' 2023-q") == quarters[:3]
    assert "2023-10" in completed(f"dvk -w '{space.root}' awards propose 2023")
    assert completed(f"dvk -w '{space.root}' consolidate ", "powershell") == quarters
    assert completed(f"dvk -w '{space.root}' consolidate ", "zsh") == quarters


def test_a_workspace_that_cannot_be_read_offers_nothing(tmp_path):
    (tmp_path / "ke-hoach.yaml").write_text("dung: [", encoding="utf-8")
    assert completed(f"dvk -w '{tmp_path}' awards draft ") == []
    assert completed(f"dvk -w '{tmp_path}/không có' consolidate ") == []
