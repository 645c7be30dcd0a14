"""What a reader meets, looked at in a real browser: the built site, served with its own headers.

Tests, the conformity page, the pictures of `invoke shots` and the budgets share these parts; no build does.
"""
