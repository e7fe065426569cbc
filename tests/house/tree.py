"""What the repository holds, for the tests about the repository itself."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
CODE = ("sencoapp", "ui")
NOT_COMMITTED = {".git", ".venv", "out", "build", "dist", "__pycache__"}


def files() -> list[Path]:
    """Everything that is or may be committed."""
    return [each for top in sorted(ROOT.iterdir()) if not _is_left_out(top) for each in _below(top)]


def modules(*folders: str) -> list[Path]:
    """The Python files of these folders."""
    return sorted(each for folder in folders for each in (ROOT / folder).rglob("*.py"))


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def place(path: Path, node: ast.AST) -> str:
    """``file:line`` for a message."""
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"


def pattern_of(text: ast.JoinedStr) -> str:
    """An f-string with ``*`` for each of its places."""
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in text.values)


def _is_left_out(path: Path) -> bool:
    return path.name in NOT_COMMITTED or path.name.endswith(("_cache", ".egg-info")) or path.name in {".hypothesis", ".coverage", "uv.lock"}


def _below(top: Path) -> list[Path]:
    if top.is_file():
        return [top]
    return sorted(each for each in top.rglob("*") if each.is_file() and not any(part in NOT_COMMITTED for part in each.parts))
