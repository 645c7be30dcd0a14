"""What is made of Lighthouse's reports. Lighthouse itself is no test: its figures depend on the machine."""

from __future__ import annotations

from typing import Any

from newsroom.audit.lighthouse import CATEGORIES, best, chosen, verdict
from tests.conftest import Built


def report(performance: float, seo: float = 1.0) -> dict[str, Any]:
    """As Lighthouse 12 writes it, with one audit that counts and one that only tells."""
    scores = dict.fromkeys(CATEGORIES, 1.0) | {"performance": performance, "seo": seo}
    references = [{"id": "first-contentful-paint", "weight": 10}, {"id": "hint", "weight": 0}]
    audits = {
        name: {"title": "Paint", "score": performance, "displayValue": "1.4 s"}
        for name in ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time")
    }
    quiet = {"title": "Hint", "score": 0}
    return {
        "categories": {
            name: {"score": score, "auditRefs": references if name == "performance" else []}
            for name, score in scores.items()
        },
        "audits": audits | {"cumulative-layout-shift": quiet, "hint": quiet},
    }


def test_a_verdict_names_what_cost_points_and_nothing_that_has_no_weight() -> None:
    seen = verdict("/", report(0.9))
    assert 0.9 == seen.scores["performance"]
    assert ("performance: Paint 1.4 s",) == seen.lost
    assert () == verdict("/", report(1.0)).lost


def test_of_several_looks_the_best_of_each_category_counts() -> None:
    found = best([verdict("/", report(0.9)), verdict("/", report(1.0, seo=0.5))])
    assert dict.fromkeys(CATEGORIES, 1.0) == found.scores


def test_each_kind_is_looked_at_and_a_release_with_a_picture_too(real_site: Built) -> None:
    pages = chosen(real_site.output)
    assert {"home", "release", "news", "magazine", "lite", "release with a picture"} <= set(pages)
    assert real_site.page(pages["release with a picture"]).select_one("figure.captioned img")
