"""Pictures of pages to blocks: rules, cells, lines and what is recognised in them."""
