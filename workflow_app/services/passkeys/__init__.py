"""Passkeys: registering them, signing in with them, and signing off what a statement says in full."""
