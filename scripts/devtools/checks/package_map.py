"""The map of the package: each package with its purpose and the packages that it imports, from the tree."""

from __future__ import annotations

import ast
import pathlib
import re
import tomllib

from scripts.devtools.checks.import_graph import Graph, read_graph


def map_rows(root: pathlib.Path, package: str = "kafkalite") -> list[str]:
    """Return a table of the packages and the modules beside them, highest layer first, as the import contracts say."""
    graph = read_graph(root, package)
    order = _layers(root)
    members = sorted(
        {name.split(".")[1] for name in graph if "." in name and not name.endswith("__main__")},
        key=lambda name: (order.get(name, len(order)), name),
    )
    rows = ["| package | purpose | imports |", "|---|---|---|"]
    for member in members:
        imported = sorted(_imported(graph, f"{package}.{member}"), key=lambda name: (order.get(name, 0), name))
        rows.append(_row(root / package / member, f"{member}", ", ".join(f"`{name}`" for name in imported)))
        rows += [
            _row(folder, folder.relative_to(root / package).as_posix(), "")
            for folder in sorted((root / package / member).rglob("*/"))
            if (folder / "__init__.py").is_file()
        ]
    return rows


def _layers(root: pathlib.Path) -> dict[str, int]:
    """Return package -> its position in the layers of the import contracts, 0 for the highest."""
    contracts = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return {name: position for position, layer in enumerate(layers) for name in re.findall(r"\w+", layer)}


def _imported(graph: Graph, member: str) -> set[str]:
    """Return the packages beside `member` that its modules import."""
    inside = [name for name in graph if name == member or name.startswith(f"{member}.")]
    targets = {target.split(".")[1] for name in inside for target in graph[name] if "." in target}
    return targets - {member.split(".")[1]}


def _row(place: pathlib.Path, name: str, imports: str) -> str:
    is_package = place.is_dir()
    source = (place / "__init__.py" if is_package else place.with_suffix(".py")).read_text(encoding="utf-8")
    docstring = ast.get_docstring(ast.parse(source)) or ""
    first = re.split(r"(?<=\.)\s|\n\n", docstring.replace("``", "`"), maxsplit=1)[0].replace("\n", " ").rstrip(".")
    shown = name + "/" if is_package else name + ".py"
    return f"| `{shown}` | {first} | {imports} |"
