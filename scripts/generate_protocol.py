"""Write the generated modules of `kafkalite/` from the facts in `protocol_specs/`.

Usage: python scripts/generate_protocol.py [--check]

With `--check` nothing is written: the process exits with 1 and names the files that are not up to date.
"""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.devtools.protocol_generator.classes import module_text  # noqa: E402
from scripts.devtools.protocol_generator.configs import config_tables_text  # noqa: E402
from scripts.devtools.protocol_generator.sliced import has_sliced_module, modules_text, sliced_module_text  # noqa: E402
from scripts.devtools.protocol_generator.source import HEADER  # noqa: E402
from scripts.devtools.protocol_generator.specs import load_directory  # noqa: E402
from scripts.devtools.protocol_generator.support import api_support_text, releases_text, served_api_keys  # noqa: E402
from scripts.devtools.protocol_generator.tables import api_keys_text, errors_text, record_types_text  # noqa: E402

SPECS = ROOT / "protocol_specs"
PACKAGE = ROOT / "kafkalite"


def generate(root: Path) -> None:
    """Write every generated file below `root`, which stands for `kafkalite/`, and format them."""
    for directory, package in (("messages", "messages"), ("records", "internal_records")):
        target = root / "protocol" / package
        target.mkdir(parents=True, exist_ok=True)
        for message in load_directory(SPECS / directory):
            (target / f"{message.module}.py").write_text(module_text(message), encoding="utf-8")
    messages = load_directory(SPECS / "messages")
    sliced = root / "protocol" / "sliced_messages"
    sliced.mkdir(parents=True, exist_ok=True)
    support = SPECS / "api_support.toml", SPECS / "releases.json"
    served = served_api_keys(support[0], messages)
    for message in messages:
        if message.api_key in served and has_sliced_module(message):
            (sliced / f"{message.module}.py").write_text(sliced_module_text(message), encoding="utf-8")
    tables = {
        "protocol/api_keys.py": api_keys_text(messages),
        "protocol/sliced_messages/modules.py": modules_text(messages, served),
        "protocol/api_support.py": api_support_text(*support, messages),
        "protocol/releases.py": releases_text(*support, messages),
        "protocol/errors.py": errors_text(SPECS / "errors.json"),
        "protocol/internal_records/record_types.py": record_types_text(load_directory(SPECS / "records")),
        "cluster/configs/tables.py": config_tables_text(SPECS / "configs"),
    }
    for name, text in tables.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    _format(root)


def _format(root: Path) -> None:
    ruff = Path(sysconfig.get_path("scripts")) / "ruff"
    config = ["--config", str(ROOT / "pyproject.toml")]
    fix = ["--select", "I,F401", "--ignore-noqa", "--fix"]
    subprocess.run([ruff, "check", *config, "-q", *fix, "."], check=True, cwd=root)
    subprocess.run([ruff, "format", *config, "-q", "."], check=True, cwd=root)


def find_drift(fresh: Path) -> list[str]:
    """Return the names of generated files that differ between `fresh` and the package, or exist on one side only."""
    wanted = {path.relative_to(fresh): path.read_text(encoding="utf-8") for path in fresh.rglob("*.py")}
    generated_mark = HEADER.splitlines()[0]
    present: dict[Path, str] = {}
    for path in PACKAGE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if text.startswith(generated_mark):
            present[path.relative_to(PACKAGE)] = text
    return sorted(str(name) for name in wanted.keys() | present.keys() if wanted.get(name) != present.get(name))


def main(arguments: list[str]) -> int:
    """Generate, or check for drift; return the process's exit code."""
    with tempfile.TemporaryDirectory() as directory:
        fresh = Path(directory) / "kafkalite"
        generate(fresh)
        drifted = find_drift(fresh)
        if "--check" in arguments:
            for name in drifted:
                print(f"differs from protocol_specs/: kafkalite/{name}")
            return 1 if drifted else 0
        for name in drifted:
            target = PACKAGE / name
            if not (fresh / name).exists():
                target.unlink()
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text((fresh / name).read_text(encoding="utf-8"), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
