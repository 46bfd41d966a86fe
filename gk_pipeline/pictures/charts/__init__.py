"""Charts as SVG: nothing is fetched, and a browser draws their letters."""
