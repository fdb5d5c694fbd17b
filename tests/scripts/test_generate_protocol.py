"""The committed modules are those that the generator writes, and a hand edit is noticed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SCRIPT = ROOT / "scripts" / "generate_protocol.py"


def test_committed_modules_are_what_the_generator_writes() -> None:
    result = subprocess.run([sys.executable, str(SCRIPT), "--check"], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def test_drift_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from scripts import generate_protocol

    fresh, package = tmp_path / "fresh", tmp_path / "package"
    mark = generate_protocol.HEADER
    for root, files in {
        fresh: {"same.py": mark, "edited.py": mark, "missing.py": mark},
        package: {"same.py": mark, "edited.py": mark + "x = 1\n", "stale.py": mark, "by_hand.py": "x = 1\n"},
    }.items():
        root.mkdir()
        for name, text in files.items():
            (root / name).write_text(text)
    monkeypatch.setattr(generate_protocol, "PACKAGE", package)
    assert generate_protocol.find_drift(fresh) == ["edited.py", "missing.py", "stale.py"]
