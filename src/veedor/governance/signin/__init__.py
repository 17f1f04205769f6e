"""Signing in: local accounts without passwords (passkeys, one-time codes), identity providers (OpenID Connect), sessions and API tokens."""
