"""Whole-app checks: who imports what, migrations that match the models, settings that are documented."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from app import build_channels
from channels.email import KeptMail, SmtpMail
from settings import BadSettings, Settings
from store.base import Base
from store.migrate import migration_config
from store.session import Database

ROOT = Path(__file__).parents[2]
FENCED = {"sqlalchemy", "alembic", "twilio", "textblob", "apscheduler", "telegram"}


def test_the_import_fences_hold() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    found = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert found.returncode == 0, f"mend the import, not the fence:\n{found.stdout}"


@pytest.mark.parametrize("name", ["app.py", "settings.py"])
def test_the_wiring_reaches_no_fenced_library(name: str) -> None:
    tree = ast.parse((ROOT / name).read_text())
    imports = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imports |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not {module.split(".")[0] for module in imports} & FENCED, f"{name}: leave it to the module that owns it"


def test_the_migrations_have_one_head() -> None:
    assert len(ScriptDirectory.from_config(migration_config()).get_heads()) == 1


def test_the_migrations_make_what_the_models_say(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == [], "write a migration for what the models say"


@pytest.mark.parametrize("place", [".env.example", "docs/settings.md"])
def test_every_setting_is_documented(place: str) -> None:
    text = (ROOT / place).read_text()
    missing = [name.upper() for name in Settings.model_fields if name.upper() not in text]
    assert missing == [], f"explain these in {place}"


def test_no_file_is_over_300_lines() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "*.py"], cwd=ROOT, capture_output=True, text=True, check=True, timeout=30
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
    "SECRET_KEY": "x" * 40,
    "DUTY_EMAIL": "dee@council.example",
}


def test_real_settings_are_taken_and_show_no_secret() -> None:
    settings = Settings.from_environment(REAL)
    assert settings.auth_tokens == ("token-one", "token-two")
    assert not settings.trial
    assert "token-one" not in repr(settings)
    assert "x" * 40 not in repr(settings)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"TRIAL": "1"}, "handset cannot be on while a TWILIO_"),
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"TWILIO_FROM_NUMBER": ""}, "TWILIO_MESSAGING_SERVICE_SID or TWILIO_FROM_NUMBER"),
        ({"TWILIO_AUTH_TOKEN": ""}, "TWILIO_AUTH_TOKEN"),
        ({"DUTY_EMAIL": ""}, "DUTY_EMAIL"),
        ({"PUBLIC_BASE_URL": "heard.council.example/"}, "PUBLIC_BASE_URL"),
        ({"OUTBOX_LEASE_SECONDS": "5"}, "OUTBOX_LEASE_SECONDS"),
        ({"ASK_WITHIN_DAYS": "soon"}, "ASK_WITHIN_DAYS"),
        ({"TWILIO_ACCOUNT_SID": ""}, "TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN: set both"),
        ({"TWILIO_ACCOUNT_SID": "", "TWILIO_FROM_NUMBER": "", "TRIAL": "1"}, "handset cannot be on while a TWILIO_"),
    ],
)
def test_wrong_settings_are_named_with_what_to_write(changes: dict[str, str], told: str) -> None:
    with pytest.raises(BadSettings, match=told):
        Settings.from_environment({**REAL, **changes})
