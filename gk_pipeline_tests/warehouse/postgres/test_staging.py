"""What is staged starts from nothing, also after a feed that was killed and whose last statement is still at work."""

import pytest

from gk_pipeline.warehouse.postgres.server import FeedFailed
from gk_pipeline.warehouse.postgres.staging import MARK, STAGING, staging

LEFT = (f"CREATE SCHEMA {STAGING}", f"COMMENT ON SCHEMA {STAGING} IS '{MARK}'")
THERE = "SELECT tablename::text FROM pg_tables WHERE schemaname = 'feed_staging'"


def test_what_a_killed_feed_left_is_dropped(database, session):
    database.run(*LEFT, f"CREATE TABLE {STAGING}.left_behind ()")
    with staging(session):
        assert database.rows(THERE) == []


def test_what_a_killed_feed_is_still_at_is_waited_for(database, session):
    database.run(*LEFT)
    with database.server.connected() as killed:
        with killed.transaction():
            killed.run(f"CREATE TABLE {STAGING}.at_work ()")
            session.run("SET lock_timeout = '50ms'")
            with pytest.raises(FeedFailed, match="lock timeout"), staging(session):
                pass
        with staging(session):
            assert database.rows(THERE) == []


def test_when_a_feed_fails_nothing_stays_staged(database, session):
    def fails():
        with staging(session):
            database.run(f"CREATE TABLE {STAGING}.half ()", "SELECT 1 / 0")

    with pytest.raises(FeedFailed, match="division by zero"):
        fails()
    assert database.rows("SELECT count(*) FROM pg_namespace WHERE nspname = 'feed_staging'") == [(0,)]
