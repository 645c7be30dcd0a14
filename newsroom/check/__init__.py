"""``inv check``: what a build would refuse, and what the editors agreed upon, before anything is built."""
