"""Charts, declared as Vega-Lite and drawn as SVG here: nothing is fetched, and a browser draws their letters."""
