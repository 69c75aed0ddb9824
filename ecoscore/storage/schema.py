"""The tables of an assessment file as this version of the program knows them."""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Integer, MetaData, Table, Text

APPLICATION_ID = 0x45634F53  # "EcOS" in the file's header: what tells our files from other SQLite files
SCHEMA_VERSION = 4

metadata = MetaData()

meta = Table("meta", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

# Every edition ever adopted stays, so that an old year can be scored as it was. `since` is the period from which on it
# holds, empty for the one the file began with.
schemes = Table(
    "schemes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("scheme", Text, nullable=False),
    Column("edition", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("yaml", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("adopted", Text, nullable=False),
    Column("since", Text, nullable=False, server_default=""),
)

districts = Table(
    "districts",
    metadata,
    Column("name", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("code", Text),
    Column("level", Text, nullable=False),
    Column("parent", Text),
    Column("peer_group", Text),
    Column("aliases", Text, nullable=False),
    sqlite_with_rowid=False,
)

observations = Table(
    "observations",
    metadata,
    Column("period", Text, primary_key=True),
    Column("district", Text, ForeignKey("districts.name", onupdate="CASCADE"), primary_key=True),
    Column("indicator", Text, primary_key=True),
    Column("value", Float),
    Column("status", Integer, nullable=False),
    Column("basis", Text),
    Column("raw", Text),
    Column("source", Text),
    Column("note", Text),
    sqlite_with_rowid=False,
)

# An empty district means: for all districts.
targets = Table(
    "targets",
    metadata,
    Column("period", Text, primary_key=True),
    Column("district", Text, primary_key=True),
    Column("indicator", Text, primary_key=True),
    Column("value", Float, nullable=False),
    sqlite_with_rowid=False,
)

events = Table(
    "events",
    metadata,
    Column("period", Text, primary_key=True),
    Column("district", Text, ForeignKey("districts.name", onupdate="CASCADE"), primary_key=True),
    Column("adjustment", Text, primary_key=True),
    Column("matter", Text, primary_key=True),
    Column("count", Integer, nullable=False),
    Column("document", Text, nullable=False),
    Column("date", Text, nullable=False),
    Column("office", Text, nullable=False),
    Column("attachments", Text, nullable=False, server_default=""),
    sqlite_with_rowid=False,
)

# Who leads a district, and from when to when; the only place where a name is kept.
terms = Table(
    "terms",
    metadata,
    Column("district", Text, ForeignKey("districts.name", onupdate="CASCADE"), primary_key=True),
    Column("post", Text, primary_key=True),
    Column("start", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("end", Text),
    Column("baseline", Text),
    sqlite_with_rowid=False,
)

journal = Table(
    "journal",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("time", Text, nullable=False),
    Column("user", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("old", Text),
    Column("new", Text),
    Column("why", Text, nullable=False),
    Column("source", Text),
    Column("digest", Text, nullable=False),
    Column("district", Text),
    Column("indicator", Text),
    Column("period", Text),
)

seals = Table(
    "seals",
    metadata,
    Column("period", Text, primary_key=True),
    Column("scheme", Integer, ForeignKey("schemes.id"), nullable=False),
    Column("digest", Text, nullable=False),
    Column("time", Text, nullable=False),
    Column("user", Text, nullable=False),
    Column("data", Text, nullable=False, server_default=""),
    Column("districts", Text, nullable=False, server_default="[]"),
    Column("folder", Text, nullable=False, server_default=""),
    Column("papers", Text, nullable=False, server_default="{}"),
    sqlite_with_rowid=False,
)
