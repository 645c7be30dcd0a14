"""Views of the site from the logs of its server.

A view is a GET of a release's page that was answered with 200 or 304 to a browser: its User-Agent begins
with «Mozilla/» and is none that CrawlerDetect knows for a robot's. Feeds, pictures, texts and other addresses
of the release are no views; opening the page again is one more. The day is that of the newsroom's zone.
Nobody's address is read: nothing of it is kept, not even for a moment.
"""
