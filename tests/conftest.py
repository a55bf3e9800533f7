"""How the tests are run."""

import gc
import os
import sys

import pytest
from hypothesis import HealthCheck, settings

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # a program that is started is not compiled anew each time
sys.dont_write_bytecode = False

gc.set_threshold(100_000, 50, 100)  # apps are made by the thousand: a quarter of the time went into looking for garbage

settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")  # a property is about the program, and never about how busy the machine is


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Run half as many again as there are cores: a test that waits for a terminal or for a pause uses none."""
    del config
    return max((os.cpu_count() or 1) * 3 // 2, 1)
