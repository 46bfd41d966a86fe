"""What the forms say, as tables beside the facts: forms, items, measures, laws and indicators."""

import polars as pl

from gk_pipeline.schemas.facts import SEVERITIES
from gk_pipeline.schemas.indicators import INDICATOR_KINDS
from gk_pipeline.schemas.table import Reference, column, key, optional

KINDS = ("count", "change", "amount")
"""What a measure counts, see forms.Kind."""


class Forms(Reference, layer="warehouse", name="forms"):
    """A form of the yearly report. Bodies file on old forms too: what a table is printed on stands with its facts."""

    form: pl.String = key("code of the form", zh="表式")
    title: pl.String = column("its title", zh="名称")
    instrument: pl.String = column("the document that prescribes it", zh="文号")
    since_year: pl.Int32 = column("first report year it is prescribed for", zh="起始年度")
    until_year: pl.Int32 = optional("last report year; null: it is in force", zh="截止年度")


class Items(Reference, layer="warehouse", name="items"):
    """A row of a table of a form."""

    form: pl.String = key("code of the form", zh="表式")
    table_code: pl.String = key("table of the form", zh="表")
    item: pl.String = key("code of the row; the same on every form on which it means the same", zh="项目")
    position: pl.Int32 = column("place within the table, from 1", zh="顺序")
    label: pl.String = column("as the form prints it", zh="名称")
    number: pl.String = optional("the number printed before it; null: none", zh="编号")
    clause: pl.String = optional("the clause of the regulation printed above it; null: none", zh="条款")
    parent: pl.String = optional("code of the heading it stands under, whose sum is not printed; null: none", zh="上级")
    parent_label: pl.String = optional("that heading as the form prints it; null: none", zh="上级名称")
    adds_up_to: pl.String = optional("the row of totals that it is a part of, by the laws; null: none", zh="合计项目")
    is_total: pl.Boolean = column("whether it is the sum of other rows: not to be added to them", zh="是否合计")
    part_of: pl.String = optional("the row that counts these too and more, by the laws; null: none", zh="所属项目")


class Measures(Reference, layer="warehouse", name="measures"):
    """A column of a table of a form."""

    form: pl.String = key("code of the form", zh="表式")
    table_code: pl.String = key("table of the form", zh="表")
    measure: pl.String = key("code of the column; the same on every form on which it means the same", zh="指标")
    position: pl.Int32 = column("place within the table, from 1", zh="顺序")
    label: pl.String = column("as the form prints it", zh="名称")
    parent_label: pl.String = optional("the head it shares with its neighbours; null: none", zh="上级名称")
    measure_kind: pl.String = column("count; change: signed; amount: money", zh="种类", isin=KINDS)
    unit: pl.String = column("the unit in which values are stored", zh="单位")
    adds_up_to: pl.String = optional(
        "the column of totals that it is a part of, by the laws; null: none", zh="合计指标"
    )
    is_total: pl.Boolean = column("whether it is the sum of other columns: not to be added to them", zh="是否合计")
    part_of: pl.String = optional("the column that counts these too and more, by the laws; null: none", zh="所属指标")


class Laws(Reference, layer="warehouse", name="laws"):
    """A law that a form states about one of its tables, within a report or between two years."""

    form: pl.String = key("code of the form", zh="表式")
    table_code: pl.String = key("table of the form", zh="表")
    law: pl.String = key("code of the law", zh="勾稽关系")
    severity: pl.String = column("error: true by definition; warning: breaks in practice", zh="级别", isin=SEVERITIES)
    statement: pl.String = column("what it says", zh="英文表述")
    statement_zh: pl.String = column("what it says, in Chinese", zh="表述")
    n_scopes: pl.Int32 = column("rows, columns or cells it applies to", zh="范围数")


class IndicatorsOfForms(Reference, layer="warehouse", name="indicators"):
    """A count or rate of panel.panel and panel.rates, and what it is made of on a form."""

    form: pl.String = key("code of the form", zh="表式")
    indicator: pl.String = key("code of the count or rate; it means the same on every form that has it", zh="指标")
    indicator_kind: pl.String = column("count or rate", zh="种类", isin=INDICATOR_KINDS)
    label: pl.String = column("its name in Chinese", zh="名称")
    title_en: pl.String = column("its name", zh="英文名称")
    meaning: pl.String = optional("what it says; null of a count, whose name says it", zh="英文含义")
    meaning_zh: pl.String = optional("what it says, in Chinese; null of a count", zh="含义")
    numerator: pl.String = column("counts that are added up, or the cells of a count", zh="分子")
    denominator: pl.String = optional("counts that it is divided by; null of a count", zh="分母")
    per: pl.Int32 = column("what the fraction is multiplied by: 1 or 100", zh="倍数")
    source: pl.String = optional("where on the form it comes from; null of a count", zh="依据")


REFERENCES: tuple[type[Reference], ...] = (Forms, Items, Measures, Laws, IndicatorsOfForms)
