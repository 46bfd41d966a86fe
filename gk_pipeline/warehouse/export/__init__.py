"""Tables and views of the warehouse as files that people open in a spreadsheet."""
