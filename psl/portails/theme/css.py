"""Style sheets: keep the rules whose classes we use, in their order, with the dark theme that follows the reader's system.

Pure: text in, text out. Purging the full sheet, instead of joining per-component files, keeps the order of the cascade.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

import tinycss2

SOMBRE = "(prefers-color-scheme:dark)"
_FUNCTIONS = re.compile(r":(?:not|is|where|has)\((?:[^()]|\([^()]*\))*\)")
_CLASS = re.compile(r"\.((?:\\.|[\w-])+)")
_VAR = re.compile(r"var\(\s*(--[\w-]+)")
_THEME = re.compile(r":root\[data-fr-theme(?:=\"?(\w+)\"?)?\]|\[data-fr-theme(?:=\"?(\w+)\"?)?\]")
_OLD = re.compile(r"^-(?:ms|moz|o|khtml)-|^-webkit-(?:mask|box|flex|user-select|transition|transform|animation)")
_ATTRIBUTE = re.compile(r"\[class[*^]=\"? ?([\w-]+)")
_URL = re.compile(r"url\(\s*(\"[^\"]*\"|'[^']*'|[^)\"']*)\s*\)")


@dataclass(frozen=True)
class Rule:
    """A selector list and its declarations, as (name, value) pairs."""

    selectors: tuple[str, ...]
    declarations: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Group:
    """A conditional group (`@media …`, `@supports …`) and what it holds."""

    prelude: str
    rules: "tuple[Node, ...]"


@dataclass(frozen=True)
class Face:
    """A `@font-face`, `@page` or other rule without selector."""

    prelude: str
    declarations: tuple[tuple[str, str], ...]


Node = Rule | Group | Face


def parse(css: str) -> list[Node]:
    """Return the rules of a sheet; comments, `@charset` and rules for browsers long gone are left out."""
    return list(_read(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)))


def _read(rules: Iterable[tinycss2.ast.Node]) -> Iterator[Node]:
    for rule in rules:
        if rule.type == "error":
            raise ValueError(f"Feuille de style illisible, ligne {rule.source_line} : {rule.message}")
        if rule.type == "qualified-rule":
            yield Rule(tuple(_split(_tidy(tinycss2.serialize(rule.prelude)))), _declarations(rule.content))
        elif rule.type == "at-rule" and rule.content is not None and not rule.at_keyword.startswith("-moz"):
            prelude = f"@{rule.at_keyword} {_tidy(tinycss2.serialize(rule.prelude))}".strip()
            if rule.at_keyword in {"media", "supports"}:
                inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
                yield Group(_modern(prelude), tuple(_read(inner)))
            else:
                yield Face(prelude, _declarations(rule.content))


def _declarations(content: list[tinycss2.ast.Node]) -> tuple[tuple[str, str], ...]:
    pairs = []
    for item in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if item.type != "declaration":
            raise ValueError(f"Déclaration illisible, ligne {item.source_line}")
        value = " ".join(tinycss2.serialize(item.value).split()) if "url(" not in (raw := tinycss2.serialize(item.value)) else raw.strip()
        if not _OLD.match(item.name) and not re.match(r"-(?:ms|moz)-|-webkit-(?:box|flex|inline)", value):
            pairs.append((item.name, value + ("!important" if item.important else "")))
    return tuple(pairs)


def _modern(prelude: str) -> str:
    queries = [part for part in _split(prelude.partition(" ")[2]) if "-ms-high-contrast" not in part]
    return f"{prelude.partition(' ')[0]} {','.join(dict.fromkeys(queries))}"


def _tidy(text: str) -> str:
    return re.sub(r"\s*([,>~])\s*", r"\1", " ".join(text.split()))


def _split(text: str) -> list[str]:
    parts, depth, start = [], 0, 0
    for index, char in enumerate(text):
        depth += (char in "([") - (char in ")]")
        if char == "," and depth == 0:
            parts.append(text[start:index].strip())
            start = index + 1
    return [*parts, text[start:].strip()]


def purge(nodes: Iterable[Node], tokens: frozenset[str]) -> list[Node]:
    """Return the rules that can match a page made of these class tokens; one that ends with `-` or `__` stands for
    all it begins (a template completes it).
    """
    prefixes = tuple(token for token in tokens if token.endswith(("-", "__")))

    def is_used(name: str) -> bool:
        return name in tokens or name.startswith(prefixes)

    def can_match(selector: str) -> bool:
        plain = _FUNCTIONS.sub("", selector)
        return all(is_used(name.replace("\\", "")) for name in _CLASS.findall(plain)) and all(
            any(token.startswith(start) for token in tokens) for start in _ATTRIBUTE.findall(plain)
        )

    return list(_filter(nodes, can_match))


def _filter(nodes: Iterable[Node], can_match: Callable[[str], bool]) -> Iterator[Node]:
    for node in nodes:
        if isinstance(node, Rule):
            if kept := tuple(filter(can_match, node.selectors)):
                yield replace(node, selectors=kept)
        elif isinstance(node, Group):
            if inner := tuple(_filter(node.rules, can_match)):
                yield replace(node, rules=inner)
        else:
            yield node


def follow_system(nodes: Iterable[Node], *, is_scheme: bool = False) -> Iterator[Node]:
    """Yield the rules with each `:root[data-fr-theme=dark]` made a media query: no script chooses the theme."""
    for node in nodes:
        if isinstance(node, Group):
            inside = is_scheme or "prefers-color-scheme" in node.prelude
            if inner := tuple(follow_system(node.rules, is_scheme=inside)):
                yield replace(node, rules=inner)
        elif isinstance(node, Rule):
            light = tuple(s for s in node.selectors if _scheme(s) is None)
            dark = tuple(_THEME.sub(":root:root", s) for s in node.selectors if _scheme(s) == "dark")
            if light:
                yield replace(node, selectors=light)
            if dark and not is_scheme:
                yield Group(f"@media {SOMBRE}", (replace(node, selectors=dark),))
        else:
            yield node


def _scheme(selector: str) -> str | None:
    found = _THEME.search(selector)
    return (found[1] or found[2] or "other") if found else None


def prune_properties(nodes: list[Node]) -> list[Node]:
    """Return the rules without the custom properties that nothing reads, nor the rules this leaves empty."""
    while True:
        used = set(_VAR.findall(" ".join(value for _, value in _all_declarations(nodes))))
        pruned = list(_without_unused(nodes, used))
        if pruned == nodes:
            return nodes
        nodes = pruned


def _without_unused(nodes: Iterable[Node], used: set[str]) -> Iterator[Node]:
    for node in nodes:
        if isinstance(node, Group):
            if inner := tuple(_without_unused(node.rules, used)):
                yield replace(node, rules=inner)
        elif kept := tuple((n, v) for n, v in node.declarations if not n.startswith("--") or n in used):
            yield replace(node, declarations=kept)


def _all_declarations(nodes: Iterable[Node]) -> Iterator[tuple[str, str]]:
    for node in nodes:
        if isinstance(node, Group):
            yield from _all_declarations(node.rules)
        else:
            yield from node.declarations


def keep_faces(nodes: Iterable[Node], family: str, weights: frozenset[str]) -> list[Node]:
    """Return the rules with the upright faces of one family in these weights only, in woff2."""
    return [_only_woff2(node) if isinstance(node, Face) else node for node in nodes if not _is_other_face(node, family, weights)]


def _is_other_face(node: Node, family: str, weights: frozenset[str]) -> bool:
    if not isinstance(node, Face) or node.prelude != "@font-face":
        return False
    says = dict(node.declarations)
    return family not in says["font-family"] or says.get("font-style") == "italic" or says["font-weight"] not in weights


def _only_woff2(face: Face) -> Face:
    return replace(face, declarations=tuple((n, _woff2(v) if n == "src" else v) for n, v in face.declarations))


def _woff2(sources: str) -> str:
    return next(part for part in _split(sources) if "woff2" in part)


def rewrite_urls(nodes: Iterable[Node], address: Callable[[str], str]) -> Iterator[Node]:
    """Yield the rules with every file they name replaced by `address(name)`; data: URLs stay."""

    def one(found: re.Match[str]) -> str:
        target = found[1].strip("\"'")
        return found[0] if target.startswith("data:") else f"url({address(target)})"

    for node in nodes:
        if isinstance(node, Group):
            yield replace(node, rules=tuple(rewrite_urls(node.rules, address)))
        else:
            yield replace(node, declarations=tuple((n, _URL.sub(one, v) if "url(" in v else v) for n, v in node.declarations))


def write(nodes: Iterable[Node]) -> str:
    """Return the sheet, minified; neighbours under the same condition, or saying the same thing, are joined."""
    out: list[str] = []
    for node in _joined(nodes):
        if isinstance(node, Group):
            out.append(f"{node.prelude}{{{write(node.rules)}}}")
        else:
            head = ",".join(node.selectors) if isinstance(node, Rule) else node.prelude
            out.append(f"{head}{{{';'.join(f'{n}:{v}' for n, v in _last(node.declarations))}}}")
    return "".join(out)


def _joined(nodes: Iterable[Node]) -> list[Node]:
    out: list[Node] = []
    for node in nodes:
        last = out[-1] if out else None
        if isinstance(node, Group) and isinstance(last, Group) and node.prelude == last.prelude:
            out[-1] = replace(last, rules=(*last.rules, *node.rules))
        elif isinstance(node, Rule) and isinstance(last, Rule) and node.selectors == last.selectors:
            out[-1] = replace(last, declarations=(*last.declarations, *node.declarations))
        else:
            out.append(node)
    return out


def _last(declarations: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    return list(dict.fromkeys(declarations))
