"""Where the tables are kept: Parquet files a year and layer, committed whole."""
