"""Passkeys: registered, signed in with, and signed off with."""
