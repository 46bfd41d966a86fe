"""Every table of the lake by name, and the check of a whole batch against all that its tables promise."""

from collections.abc import Mapping, Sequence

import polars as pl

from gk_pipeline.forms import Form
from gk_pipeline.schemas import (
    claims,
    documents,
    facts,
    indicators,
    indicators_made,
    panel,
    quality,
    revisions,
    sections,
    tables,
)
from gk_pipeline.schemas.table import Identity, Table

Batch = dict[str, pl.DataFrame]
"""Frames of one batch of documents by `layer.table`."""

FIXED: tuple[type[Table], ...] = (
    documents.Files,
    documents.Documents,
    documents.Blocks,
    quality.DocumentsFindings,
    sections.Reports,
    sections.Sections,
    quality.SectionsFindings,
    tables.Cells,
    tables.FoundTables,
    claims.Claims,
    quality.TablesFindings,
    facts.Facts,
    facts.LawResults,
    facts.Repairs,
    revisions.Revisions,
    revisions.RevisedCells,
    quality.FactsFindings,
    quality.Findings,
    quality.Scorecard,
    panel.CurrentReports,
    panel.YearLinks,
    panel.Settlements,
    indicators.Rates,
    indicators.Panel,
    quality.PanelFindings,
)

IDENTITIES: tuple[type[Identity], ...] = (
    documents.BlocksOfDocuments,
    sections.SectionsOfReports,
    tables.CellsAreDense,
    tables.CellsInBlocks,
    tables.WideEqualsCells,
    claims.ClaimsInBlocks,
    facts.FactsOfCells,
    facts.VerifiedCellsStand,
    facts.RepairsOfFacts,
    facts.UndisputedReportsAreLawful,
    revisions.OneReportIsCurrent,
    panel.LinksOfCurrentReports,
    panel.SettlementsOfCurrentReports,
    panel.RevisionsDecideWhatIsCurrent,
    indicators_made.RatesOfFacts,
    indicators_made.CountsOfFacts,
    indicators_made.RatesOfPanel,
    indicators_made.PanelOfCurrentReports,
    claims.ResultsOfClaims,
)


def lake_tables(forms: Sequence[Form]) -> dict[str, type[Table]]:
    """Every table of the lake by `layer.table`, the forms' wide tables among them, in layer order."""
    models = list(FIXED)
    after_cells = models.index(tables.Cells) + 1
    models[after_cells:after_cells] = tables.wide_models(forms).values()
    by_name = {full_name(model): model for model in models}
    if len(by_name) < len(models):
        raise ValueError(f"A form calls a table as another is called: {sorted(map(full_name, models))}.")
    return by_name


def full_name(model: type[Table]) -> str:
    """`layer.table`, as in the lake and in the warehouse."""
    return f"{model.lake_layer()}.{model.lake_name()}"


def check_batch(batch: Mapping[str, pl.DataFrame], forms: Sequence[Form]) -> None:
    """Hold a batch to every promise of its tables and to every identity between them that it can show.

    Raises BrokenPromise on the first that fails; a KeyError names a frame that is no table of the lake.
    """
    models = lake_tables(forms)
    for name, frame in batch.items():
        models[name].check(frame)
    for identity in IDENTITIES:
        if all(name in batch for name in identity.needs()):
            identity.check(identity.of(batch, forms))
