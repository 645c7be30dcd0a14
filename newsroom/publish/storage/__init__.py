"""Editions in a storage with the interface of S3: any number of caches may stand before it.

news/2024/05/…                       the site, as the edition names it
edition.json                         written last: who finds it finds all that it names
.newsroom/unfinished.json            a deploy is at work, or was cut
.newsroom/previous/<edition>/…       what the next edition took the place of
.newsroom/previous/<edition>.json    what it wrote, changed and removed: how to go back
.newsroom/editions.jsonl             what was published when, a line each
"""
