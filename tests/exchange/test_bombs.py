"""No file takes all memory or all day: each is read in a process of its own, under limits of the operating system."""

import os
import subprocess
import sys

import pytest

from tests.exchange.bombs import BOMBS

QUICK = (
    "csv with a million columns",
    "csv in utf-16 of 50 MB",
    "zero bytes of 50 MB",
    "noise of 50 MB",
    "brackets of 50 MB",
    "ctf with an attribute of 50 MB",
    "ctf nested without end",
    "billion laughs",
    "zip bomb that lies",
    "zip of zips",
    "xlsx nested without end",
    "xlsx of a wide row",
    "xlsx of 30 MB of styles",
)
CHOSEN = tuple(BOMBS) if os.environ.get("SENCOAPP_ALL_BOMBS") else QUICK


@pytest.mark.skipif(sys.platform != "linux", reason="the limits are those of Linux")
@pytest.mark.parametrize("name", CHOSEN)
def test_it_gives_rows_or_one_refusal_within_a_gigabyte_and_a_minute(name):
    done = subprocess.run([sys.executable, "-m", "tests.exchange.bombs", name], capture_output=True, text=True, timeout=300, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(("rows ", "pupil_"))
