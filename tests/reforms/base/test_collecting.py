"""A worker does not look through its own program for rubbish."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.tooling.shell import ROOT, environ

LOOK = """
import gc, json, sys
import reforms.wsgi
has_views = "reforms.pages.views.compare" in sys.modules
print(json.dumps({"spared": gc.get_freeze_count(), "threshold": gc.get_threshold(), "has_views": has_views}))
"""


def test_a_worker_spares_what_it_has_loaded(tmp_path):
    given = environ(DATABASE_URL=f"sqlite:///{tmp_path / 'none.sqlite3'}", VAR_DIR=str(tmp_path))
    command = [sys.executable, "-c", LOOK]
    done = subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["has_views"]
    assert found["spared"] > 50_000
    assert found["threshold"] == [20_000, 20, 20]
