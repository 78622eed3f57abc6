"""The build: small, complete, without a foreign address, done once."""

import gzip
import json
import re
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from psl.portails.theme import assets, css

RACINE = Path(assets.PSL).parent


def sheet(folder: Path, name: str = "psl.css") -> str:
    return (folder / json.loads((folder / "manifest.json").read_text())["fichiers"][name]).read_text()


def test_a_second_build_finds_nothing_to_do(tmp_path: Path) -> None:
    assert [assets.build(tmp_path, "neutre"), assets.build(tmp_path, "neutre")] == [True, False]
    next(tmp_path.glob("psl.*.css")).unlink()
    assert assets.build(tmp_path, "neutre") is True


def test_another_theme_is_another_build(tmp_path: Path) -> None:
    assets.build(tmp_path, "etat")
    assert assets.build(tmp_path, "neutre") is True
    assert [path.name for path in tmp_path.glob("*.woff2")] == []  # nothing of the other theme is left
    with pytest.raises(ImproperlyConfigured):
        assets.build(tmp_path, "bleu")


def test_the_sheet_stays_small(construits: Path) -> None:
    sizes = [len(gzip.compress(sheet(construits, name).encode(), 9)) for name in assets.SHEETS]
    assert [size for size in sizes if not 5_000 < size < 18_000] == []
    assert sizes[0] < 15_500


def test_e9_no_address_leads_elsewhere(construits: Path, tmp_path: Path) -> None:
    assets.build(tmp_path, "neutre")
    for folder in (construits, tmp_path):
        targets = re.findall(r"url\(['\"]?([^)'\"]{0,40})", sheet(folder))
        assert [target for target in targets if not target.startswith("data:") and not (folder / target).is_file()] == []
        scripts = "".join(path.read_text() for path in folder.glob("*.js"))
        assert re.findall(r"https?://", scripts + sheet(folder).replace("http://www.w3.org/", "")) == []


def test_names_tell_the_content_and_files_are_compressed(construits: Path) -> None:
    for name in json.loads((construits / "manifest.json").read_text())["fichiers"].values():
        assert re.fullmatch(r"[\w.-]+\.[0-9a-f]{12}\.[a-z0-9]+", name)
        if not name.endswith("woff2"):
            assert gzip.decompress((construits / f"{name}.gz").read_bytes()) == (construits / name).read_bytes()
            assert (construits / f"{name}.br").is_file()


def test_only_the_fonts_used_are_taken(construits: Path) -> None:
    assert sorted(path.name.split(".")[0] for path in construits.glob("*.woff2")) == [
        "Marianne-Bold",
        "Marianne-Medium",
        "Marianne-Regular",
    ]


def test_the_dark_theme_follows_the_system(construits: Path) -> None:
    assert "data-fr-theme" not in sheet(construits)
    assert "prefers-color-scheme:dark" in sheet(construits)


def test_the_neutral_theme_has_no_mark_of_the_state(tmp_path: Path) -> None:
    assets.build(tmp_path, "neutre")
    text = sheet(tmp_path).lower()
    assert [word for word in ("marianne", "#000091", "#6a6af4", "fr-logo:") if word in text] == []


def test_neither_font_nor_state_drawing_is_in_the_repository() -> None:
    ours = [path for path in (RACINE / "psl").rglob("*") if path.suffix in {".woff", ".woff2", ".ttf", ".otf", ".ico", ".png"}]
    assert ours == []


def test_each_rule_used_by_a_template_survives(construits: Path) -> None:
    whole = css.parse((assets.dist() / "dsfr.main.min.css").read_text())
    tokens = frozenset(assets.scan(assets.PSL))
    known = set(re.findall(r"\.(fr-[\w-]+)", css.write(whole)))
    kept = set(re.findall(r"\.(fr-[\w-]+)", "".join(sheet(construits, name) for name in assets.SHEETS)))
    assert {name for name in tokens & known if name not in kept} == set()


def test_a_template_can_name_what_it_completes() -> None:
    rules = css.parse(".fr-alert--info{a:b}.fr-alert--error{a:b}.fr-badge{a:b}.x:not(.fr-tag){a:b}a[class*=fr-icon-]{a:b}")
    kept = css.write(css.purge(rules, frozenset({"fr-alert--", "x"})))
    assert kept == ".fr-alert--info{a:b}.fr-alert--error{a:b}.x:not(.fr-tag){a:b}"


def test_unread_properties_go_with_what_only_they_read() -> None:
    rules = css.parse(":root{--a:1px;--b:var(--c);--c:2px}p{margin:var(--a)}")
    assert css.write(css.prune_properties(rules)) == ":root{--a:1px}p{margin:var(--a)}"


def test_dark_rules_keep_their_place_and_their_weight() -> None:
    rules = css.parse(
        ':root{--a:1}:root[data-fr-theme=dark]{--a:2}:root[data-fr-theme=dark] .b,.c{d:e}@media print{[data-fr-theme="dark"] a{f:g}}'
    )
    assert css.write(css.follow_system(rules)) == (
        ":root{--a:1}@media (prefers-color-scheme:dark){:root:root{--a:2}}.c{d:e}"
        "@media (prefers-color-scheme:dark){:root:root .b{d:e}}@media print{@media (prefers-color-scheme:dark){:root:root a{f:g}}}"
    )


def test_a_broken_sheet_is_refused() -> None:
    with pytest.raises(ValueError, match="illisible"):
        css.parse("p{color}")


def test_scripts_lose_their_comments_only() -> None:
    assert assets.minify_script("// one\n  let a = 'http://x';\n\n/* two\nthree */\nb();\n") == "let a = 'http://x';\nb();"


def test_an_asset_is_found_by_its_name(construits: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (construits / assets.address("psl.css").removeprefix("/static/")).is_file()
    monkeypatch.setattr("django.conf.settings.ASSETS", tmp_path / "vide")
    with pytest.raises(ImproperlyConfigured, match="bin/psl assets"):
        assets.address("psl.css")
