"""Whole-app checks: migrations that match the models, files and functions of a readable length."""

import ast
import subprocess
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from channels.email import KeptMail, SmtpMail
from settings import Settings
from store.base import Base
from store.migrate import migration_config
from store.session import Database
from wiring.carriers import build_channels

ROOT = Path(__file__).parents[2]


def test_the_migrations_have_one_head() -> None:
    assert len(ScriptDirectory.from_config(migration_config()).get_heads()) == 1


def test_the_migrations_make_what_the_models_say(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == [], "write a migration for what the models say"


def test_no_file_is_over_300_lines() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "*.py", "*.css", "*.js", "*.html"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    counts = {name: len((ROOT / name).read_text().splitlines()) for name in listed.stdout.split()}
    assert {name: lines for name, lines in counts.items() if lines > 300} == {}, "split it by subject"


def test_no_function_is_over_50_lines() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "*.py"], cwd=ROOT, capture_output=True, text=True, check=True, timeout=30
    )
    trees = {
        name: ast.parse((ROOT / name).read_text())
        for name in listed.stdout.split()
        if not name.startswith("store/migrations/")
    }
    lengths = {
        f"{name}: {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for name, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: lines for name, lines in lengths.items() if lines > 50} == {}, "say it in several steps"


def test_while_trying_out_mails_are_kept_whatever_mail_server_is_set() -> None:
    settings = Settings(trial=True, smtp_host="mail.council.example")
    assert isinstance(build_channels(settings)["email"], KeptMail)
    real = Settings.from_environment({**REAL, "SMTP_HOST": "mail.council.example"})
    assert isinstance(build_channels(real)["email"], SmtpMail)


REAL = {
    "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
    "TWILIO_AUTH_TOKEN": "token-one, token-two",
    "TWILIO_FROM_NUMBER": "+447700900000",
    "PUBLIC_BASE_URL": "https://heard.council.example",
    "PRIVACY_URL": "heard.council.example/p",
    "SECRET_KEY": "x" * 40,
    "DUTY_EMAIL": "dee@council.example",
}
