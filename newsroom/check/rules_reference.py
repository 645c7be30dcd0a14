"""The editors' reference of rules, written from the rules and from the examples that test them.

``python -m newsroom.check.rules_reference`` writes ``docs/rules.md``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from textwrap import wrap

from newsroom.check.rule import Rule
from newsroom.check.rules import RULES
from newsroom.content.allowances import ALLOWABLE

EXAMPLES = Path("tests/rules")
_INTRODUCTION = """\
# Правила проверки

Эта страница написана программой из `newsroom/check/` и примеров в `tests/rules/`; правьте там.

`invoke check` говорит всё, из-за чего сайт не соберётся, и проверяет тексты по этим правилам: те, что
изменились после последнего коммита, а с `--all` — все. **Ошибка** останавливает: с ней сайт не выкладывается.
**Замечание** только говорит. В черновике и то и другое сказано словами «до выхода» и не останавливает ничего.
У отозванного релиза проверяется только то, что осталось на странице: заголовок и причина.

Правило можно нарушить намеренно: назовите его в шапке, и в этом файле о нём не скажут. След этого останется в
истории файла.

```yaml
allow:
  - doubled-word
```

Правила, за которыми стоит закон, обойти нельзя.
"""


def reference(examples: Path) -> str:
    """The reference as Markdown; ``examples`` is the folder with one for each rule."""
    return "\n".join([_INTRODUCTION, *(_section(rule, examples / rule.name) for rule in RULES)])


def _section(rule: Rule, examples: Path) -> str:
    severity = "**Ошибка.**" if rule.severity == "error" else "**Замечание.**"
    law = " Закон: обойти нельзя." if rule.is_law else ""
    allowed = " Можно нарушить намеренно." if rule.name in ALLOWABLE else ""
    bad, good = ((examples / f"{kind}.md").read_text("utf-8").splitlines() for kind in ("bad", "good"))
    lines = [f"## {rule.name}", "", *wrap(f"{severity}{law}{allowed} {rule.reason}", 110), ""]
    for title, shown in (("Плохо", _shown(bad, good)), ("Хорошо", _shown(good, bad))):
        lines += [f"{title}:", "", "```markdown", *shown, "```", ""]
    return "\n".join(lines)


def _shown(example: list[str], other: list[str]) -> Iterator[str]:
    """The lines of a header that the other example does not have, then the body."""
    end, other_end = (lines.index("---", 1) for lines in (example, other))
    header = [line for line in example[1:end] if line not in other[1:other_end]]
    yield from ["---", *header, "---"] if header else []
    yield from example[end + 1 :]


if __name__ == "__main__":
    Path("docs/rules.md").write_text(reference(EXAMPLES), "utf-8")
