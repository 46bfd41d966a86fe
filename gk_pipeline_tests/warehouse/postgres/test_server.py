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
        f"postgresql://gk:a@{SECRET}@127.0.0.1/warehouse",
        f"postgresql://gk:a/{SECRET}@127.0.0.1/warehouse",
        f"postgresql://gk:12/{SECRET}@127.0.0.1/warehouse",
        f"postgresql://gk:12?{SECRET}@127.0.0.1/warehouse",
        f"postgresql://gk:12?password={SECRET}@127.0.0.1/warehouse",
        f"postgresql://gk:a?{SECRET}@127.0.0.1/warehouse",
        f"postgresql://gk:a#{SECRET}@127.0.0.1/warehouse",
        f"postgresql://gk:a+{SECRET}@127.0.0.1/warehouse",
        f"postgresql://gk@127.0.0.1/warehouse?password=a+{SECRET}",
        f"postgresql://gk@127.0.0.1/warehouse?password=a@{SECRET}",
        f"postgresql://gk@127.0.0.1/warehouse?password=a#{SECRET}",
        f"postgresql://gk@127.0.0.1/warehouse?{SECRET}",
        f"postgresql://gk@127.0.0.1/ware/{SECRET}",
        f"postgresql://gk:{SECRET}%zz@127.0.0.1/warehouse",
        f"postgresql://gk:{SECRET}%00@127.0.0.1/warehouse",
        f"postgresql://gk:{SECRET}%@127.0.0.1/warehouse",
        f"postgresql://gk:{SECRET}@[::1/warehouse",
        f"postgresql://gk:{SECRET}",
        f"{SECRET}",
        "",
    ],
)
def test_what_is_no_address_or_could_be_split_in_several_ways_is_not_repeated(uri):
    assert "GK_POSTGRES is no address of a Postgres server. Write it as postgresql://" in said(uri)


@pytest.mark.parametrize(
    "uri",
    [
        f"postgresql://gk@127.0.0.1:1/warehouse?password={SECRET}&no_such_setting=1",
        f"postgresql://gk:{SECRET}@127.0.0.1:1/warehouse?no_such_setting={SECRET}",
        f"postgresql://gk@127.0.0.1:1/warehouse?sslmode={SECRET}",
        f"postgresql://gk@127.0.0.1/warehouse?port={SECRET}",
    ],
)
def test_a_complaint_of_the_driver_about_the_address_is_not_quoted(uri):
    told = said(uri)
    assert told.startswith("Postgres, warehouse at 127.0.0.1")
    assert "the driver does not take this address" in told


@pytest.mark.parametrize(
    ("uri", "shown"),
    [
        ("postgres://", "the default database at the local socket"),
        ("postgresql:///wh?host=/run/pg", "wh at /run/pg"),
        (f"postgresql://gk:{SECRET}@[::1]:5433/wh", "wh at [::1]:5433"),
        (f"postgresql://gk:{SECRET}@a:1,b:2/wh", "wh at a:1,b:2"),
        (f"postgresql://gk:{SECRET}:!$&=*@db/%E5%BA%93", "库 at db"),
        (f"postgresql://gk%40corp:{SECRET}%2B%2F@db/wh?sslmode=require", "wh at db"),
    ],
)
def test_an_address_that_is_certain_is_shown_by_its_database_and_host(uri, shown):
    assert str(PostgresServer(uri)) == shown


@pytest.mark.parametrize("encoding", ["LATIN1", "SQL_ASCII"])
def test_a_database_that_stores_no_utf8_is_refused(postgres, encoding):
    told = said(postgres(extra=f"ENCODING '{encoding}' LC_COLLATE 'C' LC_CTYPE 'C'").uri)
    assert f"stores texts as {encoding}" in told
    assert "CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0" in told


def test_another_encoding_of_the_client_is_not_taken_over(empty, monkeypatch):
    monkeypatch.setenv("PGCLIENTENCODING", "LATIN1")
    assert empty.rows("SELECT current_setting('client_encoding')") == [("UTF8",)]
    assert empty.rows("SELECT '县'::text") == [("县",)]


def test_a_server_that_refuses_a_setting_is_told_by_the_feed(empty, monkeypatch):
    monkeypatch.setattr("gk_pipeline.warehouse.postgres.server._LOST_AFTER", "no time")
    told = said(empty.uri)
    assert "client_connection_check_interval" in told
    assert "the server must be Postgres 14 or later" in told
    assert "SET client" not in told


def test_a_password_with_percent_signs_is_no_password_that_is_said():
    assert SECRET not in repr(PostgresServer(f"postgresql://gk:a%40{SECRET}@db.example:5433/warehouse"))
    assert str(PostgresServer(f"postgresql://gk:{SECRET}@db.example:5433/wh")) == "wh at db.example:5433"
