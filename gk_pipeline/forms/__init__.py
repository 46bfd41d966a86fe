"""Forms as data: one TOML file a form, from which reader, models, laws and dictionary come."""

from gk_pipeline.forms.form import YEARLY, Cell, Form, FormError, FormTable, Item, Label, LawRow, Measure, Part
from gk_pipeline.forms.laws import LawMatrix, equalities, inequalities
from gk_pipeline.forms.load import load_form, load_forms, shipped_forms
from gk_pipeline.forms.yearly import YearlyLaws, yearly_laws, yearly_rows

__all__ = [
    "YEARLY",
    "Cell",
    "Form",
    "FormError",
    "FormTable",
    "Item",
    "Label",
    "LawMatrix",
    "LawRow",
    "Measure",
    "Part",
    "YearlyLaws",
    "equalities",
    "inequalities",
    "load_form",
    "load_forms",
    "shipped_forms",
    "yearly_laws",
    "yearly_rows",
]
