"""PDFs: what their pages show, as lines and ruled tables; scanned ones are recognised."""
