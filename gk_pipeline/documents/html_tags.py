"""The elements of a page by what a browser makes of their place."""

# fmt: off
BREAKING = (
    "p", "div", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6", "address", "article", "aside", "blockquote", "body",
    "center", "dd", "details", "dialog", "dir", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form",
    "header", "hgroup", "hr", "html", "legend", "main", "menu", "nav", "ol", "optgroup", "option", "search",
    "section", "select", "summary", "ul",
)
# fmt: on
"""Elements that a browser puts on lines of their own; the frequent ones first."""
PREFORMATTED = ("pre", "textarea", "listing", "plaintext", "xmp")
PARTS_OF_TABLES = ("td", "tr", "th", "tbody", "thead", "tfoot", "caption")
"""These break the line too."""
APART = "apart"
"""An element of ours, between what stands beside each other without touching; `sup` and `sub` are between heights."""

KEEPING_PLACE = frozenset((*BREAKING, *PREFORMATTED, *PARTS_OF_TABLES, "table", "input"))
"""These have a place of their own already."""
TABULAR = frozenset((*PARTS_OF_TABLES, "table")) - {"caption"}
