"""The benchmark: a synthetic archive built by this project, by Hugo and by stock Pelican."""
