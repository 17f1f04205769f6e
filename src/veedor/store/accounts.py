"""Tables of sign-in: who may open a session, by which means. They follow from no entry; whatever is made here is also noted in the ledger.

Nothing in them opens anything by itself: tokens and sessions stand there as digests, a TOTP secret is sealed, a passkey is its public half.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, PrimaryKeyConstraint, SmallInteger, String, Table

from veedor.store.tables import BIG, metadata

account = Table(
    "account",
    metadata,
    Column("account", String(64), primary_key=True),
    Column("officer", String, nullable=False),  # the pseudonym; not bound to the table of officers, which is made anew from the ledger
    Column("created_at", String(27), nullable=False),
    Column("closed_at", String(27)),
    Column("failures", SmallInteger, nullable=False),  # since the last success
    Column("locked_until", String(27)),
)

credential = Table(
    "credential",
    metadata,
    Column("credential", String(512), primary_key=True),
    Column("account", String(64), ForeignKey("account.account"), nullable=False),
    Column("means", String(16), nullable=False),  # totp | passkey
    Column("content", LargeBinary, nullable=False),  # a sealed secret, or a public key
    Column("counter", BIG, nullable=False),  # the last time step or signature count that was used: nothing is used twice
    Column("added_at", String(27), nullable=False),
    Column("removed_at", String(27)),
    Index(None, "account"),
)

identity = Table(
    "identity",
    metadata,
    Column("issuer", String(512), nullable=False),
    Column("subject", String(255), nullable=False),
    Column("account", String(64), ForeignKey("account.account"), nullable=False),
    Column("added_at", String(27), nullable=False),
    PrimaryKeyConstraint("issuer", "subject"),
)

challenge = Table(
    "challenge",
    metadata,
    Column("challenge", String(64), primary_key=True),  # digest of what was handed out; used once
    Column("purpose", String(32), nullable=False),
    Column("content", LargeBinary, nullable=False),  # what the answer is held against
    Column("expires_at", String(27), nullable=False),
)

session = Table(
    "session",
    metadata,
    Column("session", String(64), primary_key=True),
    Column("account", String(64), ForeignKey("account.account"), nullable=False),
    Column("means", String(16), nullable=False),
    Column("begins_at", String(27), nullable=False),
    Column("expires_at", String(27), nullable=False),
    Column("ended_at", String(27)),
)

token = Table(
    "token",
    metadata,
    Column("token", String(64), primary_key=True),  # its public name
    Column("account", String(64), ForeignKey("account.account"), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("scopes", String, nullable=False),  # joined by spaces
    Column("issued_at", String(27), nullable=False),
    Column("expires_at", String(27), nullable=False),
    Column("revoked_at", String(27)),
    Column("used_at", String(27)),
    Column("uses", Integer, nullable=False),
)
