"""Reading the project's own source."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]


def python_files(*folders: str) -> list[Path]:
    """The Python files below these folders of the repository, in a steady order."""
    files = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    assert files, f"no Python files in {folders}"
    return files


def calls(path: Path) -> Iterator[ast.Call]:
    """The calls in the file."""
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.Call))


def tree(path: Path) -> ast.Module:
    """The parsed file."""
    return ast.parse(path.read_text("utf-8"), str(path))


def place(path: Path, node: ast.AST) -> str:
    """Where the node is, to be shown."""
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', '?')}"
