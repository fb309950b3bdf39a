"""Whole-app checks: migrations that match the models, files and functions of a readable length."""

import ast
import subprocess
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from store.base import Base
from store.migrate import migration_config
from store.session import Database

ROOT = Path(__file__).parents[2]


def test_the_migrations_have_one_head() -> None:
    assert len(ScriptDirectory.from_config(migration_config()).get_heads()) == 1


def test_the_migrations_make_what_the_models_say(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == [], "write a migration for what the models say"


def test_no_file_is_over_300_lines() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "*.py"], cwd=ROOT, capture_output=True, text=True, check=True, timeout=30
    )
    counts = {name: len((ROOT / name).read_text().splitlines()) for name in listed.stdout.split()}
    assert {name: lines for name, lines in counts.items() if lines > 300} == {}, "split it by subject"


def test_no_function_is_over_50_lines() -> None:
    """Its docstring is not counted. A migration is one list of what it makes and reads best whole: it may be longer."""
    listed = subprocess.run(
        ["git", "ls-files", "*.py", ":!store/migrations/versions/*", ":!tests/*"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    long = [
        f"{name}:{node.lineno} {node.name}"
        for name in listed.stdout.split()
        for node in ast.walk(ast.parse((ROOT / name).read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and _lines(node) > 50
    ]
    assert long == [], "give a part of it a name of its own"


def _lines(function: ast.FunctionDef) -> int:
    counted = (function.end_lineno or 0) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function, clean=False) is not None:
        counted -= (first.end_lineno or 0) - first.lineno + 1
    return counted
