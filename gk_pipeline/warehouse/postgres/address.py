"""The address of a Postgres server, taken only where it splits in one way: no password is ever shown for a host."""

import re
from dataclasses import dataclass
from urllib.parse import unquote

HOW_TO_NAME_IT = (
    "Write it as postgresql://user:password@host:5432/database. Within the user, the password or a setting "
    "% @ / ? # + are written %25 %40 %2F %3F %23 %2B."
)
_SECRET = ("password", "sslpassword")
_WRITTEN = r"(?:[^%@/?#+&=\s\x00-\x1f]|%(?!00)[0-9A-Fa-f]{2})"
"""A character of a name, or its code: what separates parts is none, whoever splits it."""
_HOST = r"(?:\[[0-9A-Fa-f:.]+\]|[^%@/?#+&=:,\[\]\s\x00-\x1f]*)(?::[0-9]{1,5})?"
_ADDRESS = re.compile(
    rf"(?:postgresql|postgres)://(?:(?P<user>(?:(?!:){_WRITTEN})*)(?::(?P<password>(?:{_WRITTEN}|[&=])*))?@)?"
    rf"(?P<hosts>{_HOST}(?:,{_HOST})*)(?:/(?P<database>{_WRITTEN}*))?"
    rf"(?:\?(?P<settings>[a-z_]+=(?:{_WRITTEN}|/)*(?:&[a-z_]+=(?:{_WRITTEN}|/)*)*))?"
)


class NoAddress(ValueError):
    """What was named cannot be split with certainty; the message shows none of it."""


@dataclass(frozen=True)
class Address:
    """An address: as it is written, where it leads, and what of it is never shown."""

    uri: str
    database: str
    hosts: str
    secrets: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.database} at {self.hosts}"


def read_address(uri: str) -> Address:
    """The address that a text is. Raises NoAddress where it is none, or could be split in several ways."""
    found = _ADDRESS.fullmatch(uri)
    if found is None:
        raise NoAddress(f"GK_POSTGRES is no address of a Postgres server. {HOW_TO_NAME_IT}")
    stated = [setting.partition("=") for setting in (found["settings"] or "").split("&") if setting]
    settings = {name: unquote(value) for name, _, value in stated}
    written = [found["password"] or "", *(value for name, _, value in stated if name in _SECRET)]
    return Address(
        uri,
        database=unquote(found["database"] or "") or settings.get("dbname") or "the default database",
        hosts=found["hosts"] or settings.get("host") or "the local socket",
        secrets=tuple(sorted({uri, *written, *map(unquote, written)} - {""}, key=len, reverse=True)),
    )
