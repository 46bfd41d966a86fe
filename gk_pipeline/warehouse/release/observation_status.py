"""The status of a number in the code list that statistical offices share: SDMX CL_OBS_STATUS."""

import polars as pl

OBS_STATUS = "obs_status"
NO_VALUE = "O"

CODES = {
    "verified": ("A", "normal value: printed, and sums of the form hold with it"),
    "unverified": ("V", "unvalidated value: printed, but no sum of the form tests it"),
    "deduced": ("I", "imputed value: not printed; the sums of the form leave it no other"),
    "corrected": (
        "E",
        "estimated value: another number is printed; this one was decided by a person who looked at the "
        "page, or is the one smallest change that mends the sums",
    ),
    "settled": ("E", "estimated value: several changes are as small, and the neighbouring year agrees with this one"),
    "disputed": ("U", "low reliability: printed, but the sums contradict it and do not tell what is right"),
    "missing": (NO_VALUE, "missing value: neither printed nor deduced"),
}
"""For each status of ours the code and what it says here. A status without a value is `O`, whatever it is.

I is for gaps that whoever receives the data fills, E for numbers put in the place of others, so that the two can be
told apart; M (cannot exist) and L (exists, was not collected) would say why a number is missing, which is not known.
"""

ABOUT = (
    "code of SDMX CL_OBS_STATUS for `value` and `status`: "
    + "; ".join(f"{code} ({status}) {meaning}" for status, (code, meaning) in CODES.items())
    + f"; {NO_VALUE} wherever `value` is null"
)


def with_obs_status(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with the code beside their status and value; raises KeyError for a status that has none."""
    unknown = set(rows["status"].unique()).difference(CODES)
    if unknown:
        raise KeyError(f"No SDMX code is given for the statuses {sorted(unknown)}: add them to CODES.")
    code = pl.col("status").replace_strict(
        {status: code for status, (code, _) in CODES.items()}, return_dtype=pl.String
    )
    return rows.with_columns(
        pl.when(pl.col("value").is_null()).then(pl.lit(NO_VALUE)).otherwise(code).alias(OBS_STATUS)
    )
