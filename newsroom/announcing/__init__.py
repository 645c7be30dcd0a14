"""Announcing, as a command: what the material and the ledger have to do with each other."""
