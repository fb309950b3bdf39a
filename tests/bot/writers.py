"""What is done in transactions that write: while one of them is open, SQLite keeps every other writer waiting."""

from sqlalchemy import event

from tests.builders import House


def statements_of_writers(house: House) -> list[str]:
    """What is run from now on in transactions that write."""
    found: list[str] = []

    def note(connection, _cursor, statement, *_):  # type: ignore[no-untyped-def]
        if connection.get_execution_options().get("writes", True) and not statement.startswith("BEGIN"):
            found.append(statement)

    event.listen(house.database.engine, "before_cursor_execute", note)
    return found
