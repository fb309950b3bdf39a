"""The whole app, furnished as for the tests of the console."""

from tests.console.conftest import app, browser, office, service

__all__ = ["app", "browser", "office", "service"]
