"""Workflow definitions, as package data: TOML files read by ``workflow_app.domain.definitions``."""
