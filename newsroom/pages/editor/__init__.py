"""The browser editor at ``/admin/``: its page, its scripts, its configuration made from the schema."""
