"""What is said when the server cannot be reached, and that no password is ever said."""

import re

import pytest

from gk_pipeline.warehouse.postgres.server import FeedFailed, PostgresServer

SECRET = "s3cret"


def said(uri: str) -> str:
    with pytest.raises(FeedFailed) as failed, PostgresServer(uri).connected():
        pass
    assert failed.value.__cause__ is None
    assert SECRET not in str(failed.value)
    return str(failed.value)


def test_a_server_that_is_not_there():
    told = said(f"postgresql://gk:{SECRET}@127.0.0.1:1/warehouse")
    assert told.startswith("Postgres, warehouse at 127.0.0.1:1: ")
    assert "Connection refused" in told
    assert "Check that the server runs and that GK_POSTGRES names it" in told


def test_a_database_that_is_not_there(empty):
    told = said(re.sub(r":@/gk_\d+", f":{SECRET}@/no_such", empty.uri))
    assert 'database "no_such"' in told
    assert "does not exist" in told


@pytest.mark.parametrize(
    "uri",
    [
        f"postgresql//gk:{SECRET}@127.0.0.1/warehouse",
        f"host=127.0.0.1 user=gk password={SECRET}",
        f"postgresql://gk:{SECRET} with a blank@127.0.0.1/warehouse",
        f"postgresql://gk:{SECRET}@127.0.0.1:port/warehouse",
        f"mysql://gk:{SECRET}@127.0.0.1/warehouse",
        f"{SECRET}",
        "",
    ],
)
def test_what_is_no_address_is_not_repeated(uri):
    assert "GK_POSTGRES is no address of a Postgres server. Write it as postgresql://" in said(uri)


@pytest.mark.parametrize(
    "uri",
    [
        f"postgresql://gk@127.0.0.1:1/warehouse?password={SECRET}&no_such_setting=1",
        f"postgresql://gk:{SECRET}@127.0.0.1:1/warehouse?no_such_setting={SECRET}",
        f"postgresql://gk:{SECRET}%zz@127.0.0.1:1/warehouse",
        f"postgresql://gk:{SECRET}@[::1/warehouse",
    ],
)
def test_a_complaint_of_the_driver_about_the_address_has_no_password(uri):
    said(uri)


def test_a_password_with_percent_signs_is_no_password_that_is_said():
    assert SECRET not in repr(PostgresServer(f"postgresql://gk:a%40{SECRET}@db.example:5433/warehouse"))
    assert str(PostgresServer(f"postgresql://gk:{SECRET}@db.example:5433/wh")) == "wh at db.example:5433"
