"""Editions on a server of one's own: each a folder that nobody changes, one of them served.

/srv/site/editions/20240509T100000Z-1f7ac3d2/   an edition; what it shares with others is hard-linked
/srv/site/current -> editions/…                 what nginx serves, switched in one step
/srv/site/previous -> editions/…                what it served before: for pages that are open still
/srv/site/incoming/                             an edition that is not complete
/srv/site/editions.jsonl                        what was published when, a line each
"""
