"""What of a database is the feed's: nothing else is ever altered or dropped."""

from collections.abc import Sequence

from gk_pipeline.forms import Form
from gk_pipeline.schemas.catalog import full_name
from gk_pipeline.warehouse import star
from gk_pipeline.warehouse.postgres.bookkeeping import OWN_TABLES, TABLES, VERSIONS, VIEWS
from gk_pipeline.warehouse.postgres.schema import Models
from gk_pipeline.warehouse.postgres.server import FeedFailed, Session
from gk_pipeline.warehouse.postgres.staging import MARK, STAGING
from gk_pipeline.warehouse.reference import reference_rows


def noted_by_none(session: Session, models: Models, forms: Sequence[Form]) -> set[str]:
    """The tables of a feed by an earlier version, which noted none of those it made.

    Raises FeedFailed where something that no feed made has a name that this one needs.
    """
    kept = {one.name: one.about for one in OWN_TABLES}
    tables = {*models, *map(full_name, reference_rows(forms))}
    wanted = {*tables, *(view.full_name for view in star.views(forms)), *kept}
    found = session.rows(_RELATIONS, sorted({name.partition(".")[0] for name in wanted}))
    there = {name: about for name, about, _ in found if name in wanted}
    ours = {name for name, about in kept.items() if there.get(name) == about}
    explained = {name for name, _, is_explained in found if is_explained}
    noted = {name for own in (TABLES, VIEWS) if own in ours for name, *_ in session.rows(f"SELECT * FROM {own}")}
    was_fed = VERSIONS in ours and session.rows(f"SELECT EXISTS (SELECT FROM {VERSIONS})")[0][0]
    earlier = tables & there.keys() & explained if was_fed and not noted & tables else set()
    others = sorted(there.keys() - ours - noted - earlier)
    if session.rows("SELECT obj_description(to_regnamespace($1)) IS DISTINCT FROM $2", STAGING, MARK)[0][0]:
        others += [name for (name,) in session.rows("SELECT to_regnamespace($1)::text", STAGING) if name]
    if others:
        raise FeedFailed(
            f"The database has {', '.join(others)} already, which no feed of gk_pipeline made. Rename them or move "
            "them to another schema, or name another database; then feed again. Nothing was changed."
        )
    return earlier


_RELATIONS = """
    SELECT n.nspname || '.' || c.relname, obj_description(c.oid, 'pg_class'),
           obj_description(c.oid, 'pg_class') IS NOT NULL AND NOT EXISTS (
               SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
               AND col_description(c.oid, a.attnum) IS NULL)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = ANY ($1) AND c.relkind NOT IN ('i', 'I', 't')"""
"""Name, comment, and whether every column has a comment too, as all have that a feed made."""
