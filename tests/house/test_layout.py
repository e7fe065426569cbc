"""How the house is laid out: who may know whom, how long a file may be, what no file may say."""

import ast
import re
import subprocess
import sys

import pytest

from tests.house.tree import CODE, ROOT, files, modules, parsed, pattern_of, place

MOST_LINES = 400

# In two parts each, so that this file does not say them either.
HOSTS = {"pypi": ".org", "pythonhosted": ".org", "npmjs": ".org", "npmjs ": ".com", "debian": ".org"}
REGISTRIES = [name.strip() + ending for name, ending in HOSTS.items()]


def test_nobody_knows_whom_they_may_not():
    contracts = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    ran = subprocess.run([sys.executable, "-c", contracts], cwd=ROOT, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_no_file_is_longer_than_one_idea():
    long = {str(each.relative_to(ROOT)): count for each in modules(*CODE) if (count := each.read_text("utf-8").count("\n")) > MOST_LINES}
    assert long == {}


def test_packaging_is_no_package():
    """It would shadow the library of that name."""
    assert not (ROOT / "packaging" / "__init__.py").exists()


def test_no_file_names_a_package_registry():
    found = [
        f"{each.relative_to(ROOT)}: {host}"
        for each in files()
        for text in [each.read_bytes().decode("utf-8", "ignore").lower()]
        for host in REGISTRIES
        if host in text
    ]
    assert not found, "\n".join(found)


def test_no_value_is_written_into_sql():
    """Values are bound. What cannot be bound (names of tables and columns, a PRAGMA) may stand in an f-string."""
    found = []
    for path in modules("sencoapp"):
        for call in (each for each in ast.walk(parsed(path)) if isinstance(each, ast.Call)):
            asks = isinstance(call.func, ast.Attribute) and call.func.attr in {"execute", "executemany", "executescript", "query"}
            if not asks or not call.args:
                continue
            sql = call.args[0]
            if isinstance(sql, ast.BinOp) and isinstance(sql.op, ast.Mod):
                found.append(f"{place(path, call)} formats with %")
            elif isinstance(sql, ast.Call) and isinstance(sql.func, ast.Attribute) and sql.func.attr == "format":
                found.append(f"{place(path, call)} formats with .format")
            elif isinstance(sql, ast.JoinedStr) and not pattern_of(sql).upper().startswith("PRAGMA"):
                found += [f"{place(path, call)} writes a value after “{before}”" for before in _values_in(sql)]
    assert not found, "\n".join(found)


def _values_in(sql: ast.JoinedStr) -> list[str]:
    found = []
    before = ""
    for part in sql.values:
        if isinstance(part, ast.Constant):
            before = str(part.value)
        elif before.rstrip().upper().endswith(("=", "<", ">", " LIKE", "'", '"')):
            found.append(before.strip()[-20:])
    return found


EVERY_MODULE_WITHOUT_QT = """
import importlib, pkgutil, sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"PySide6", "shiboken6", "ui"}:
            raise ImportError(f"{name} is blocked")

sys.meta_path.insert(0, Blocked())
import sencoapp
names = [each.name for each in pkgutil.walk_packages(sencoapp.__path__, "sencoapp.") if not each.name.endswith("__main__")]
for name in names:
    importlib.import_module(name)
print(len(names))
"""


def test_all_of_sencoapp_can_be_used_where_there_is_no_qt():
    assert int(_said(EVERY_MODULE_WITHOUT_QT)) > 10


FOR_FILES = ["reportlab", "pikepdf", "pypdfium2", "openpyxl", "PIL", "lxml"]
FOR_NETWORKS_AND_KEYS = ["requests", "cryptography", "keyring", "fastapi", "sqlalchemy", "uvicorn"]
WAYS_IN = [each for each in ("ui.__main__", "sencoapp.cli") if list(ROOT.glob(f"{each.replace('.', '/')}*"))]


@pytest.mark.parametrize("start", WAYS_IN)
def test_starting_loads_neither_qt_nor_what_is_needed_later(start):
    """With a sub-command the work goes to ``sencoapp.cli`` before Qt is loaded; the libraries for files and networks come when used."""
    loaded = _said(f"import sys, {start}; print(*sorted({{each.partition('.')[0] for each in sys.modules}}))").split()
    assert [each for each in ["PySide6", *FOR_FILES, *FOR_NETWORKS_AND_KEYS] if each in loaded] == []


def test_the_first_screen_loads_nothing_of_the_record():
    """What a record needs is loaded while the passphrase is being typed (architecture.md, "Start-up")."""
    loaded = _said("import sys, ui.application, ui.door; print(*sorted(sys.modules))").split()
    assert [
        each for each in loaded if each.startswith(("sencoapp.app", "sencoapp.services", "sencoapp.storage", "sencoapp.domain.record"))
    ] == []


def _said(program: str) -> str:
    ran = subprocess.run([sys.executable, "-W", "error", "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_year_and_class_are_joined_in_one_place():
    joins = re.compile(r'" · "\.join\([^\n]*year_words\([^\n]*reg_group')
    found = [str(each.relative_to(ROOT)) for room in ("ui", "sencoapp") for each in modules(room) if joins.search(each.read_text("utf-8"))]
    assert found == []
