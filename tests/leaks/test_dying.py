"""A process that dies with a record open leaves no picture of its memory behind."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DIES = """
import os, resource
hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
from tests.places import new_app
new_app()
print(resource.getrlimit(resource.RLIMIT_CORE)[0] <= 1, flush=True)
os.abort()
"""


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps no such file unless it is asked to")
def test_no_core_is_left_where_it_dies(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", DIES], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode < 0, done.stderr
    assert done.stdout == "True\n"
    assert list(tmp_path.iterdir()) == []
