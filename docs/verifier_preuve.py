"""Vérifie une preuve sans la plateforme : python3 verifier_preuve.py preuve.json certificats.pem [accuse.pdf …] (docs/preuve.md).

Python et openssl suffisent. Sortie : 0 tout est prouvé, 1 quelque chose est faux, 2 juste mais pas encore tout scellé ou horodaté.
"""

import base64
import hashlib
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path


def sha(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def form(value: object, indent: int | None = None) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=indent, separators=(",", ": " if indent else ":")).encode()


def run(words: str, **files: bytes) -> bytes:
    with tempfile.TemporaryDirectory() as place:
        _ = [(Path(place) / name).write_bytes(content) for name, content in files.items()]
        done = subprocess.run(["openssl", *words.split()], cwd=place, capture_output=True, check=False)
        return b"" if done.returncode else done.stdout


def verify(octets: bytes, certificats: bytes, pdfs: list[bytes]) -> dict[str, bool]:
    nous, *autorites = re.findall(rb"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----\n", certificats, re.DOTALL)
    cle, p = run("x509 -pubkey -noout -in c", c=nous), json.loads(octets)

    def signed(data: bytes, signature: str) -> bool:
        return bool(run("dgst -sha256 -verify k -signature s d", k=cle, s=base64.b64decode(signature), d=data))

    sealed = form({name: value for name, value in p.items() if name != "sceau"}, 1) + b"\n"
    checks = {"forme du fichier": octets == form(p, 1) + b"\n", "sceau": signed(sealed, p["sceau"])}
    for f in p["faits"]:
        nom, node = f"{f['tete'][1]} n° {f['tete'][3]}", sha(b"\x00", sha(form(f["tete"])))
        for side, other in f["chemin"]:
            node = sha(b"\x01", bytes.fromhex(other), node) if side == "gauche" else sha(b"\x01", node, bytes.fromhex(other))
        checks[nom] = f["lot"] is None or node.hex() == json.loads(p["lots"][str(f["lot"])]["tete"])[3]
        checks[f"{nom}, corps"] = f["corps"] is None or sha(bytes.fromhex(f["sel"]), f["corps"].encode()).hex() == f["tete"][7]
    for rang, lot in p["lots"].items():
        tete, jeton, ac = lot["tete"].encode(), base64.b64decode(lot["jeton"] or ""), b"".join(autorites)
        checks[f"lot {rang}, signature"] = signed(tete, lot["signature"])
        checks[f"lot {rang}, horodatage"] = not jeton or bool(run("ts -verify -token_in -in t -data d -CAfile c", t=jeton, d=tete, c=ac))
    dits = {json.loads(f["corps"]).get("sha256") for f in p["faits"] if f["corps"]}
    for d in p["depots"]:
        checks[f"dépôt {d['rang']}"] = d["sha256"] in dits and (d["octets"] is None or sha(d["octets"].encode()).hex() == d["sha256"])
    return checks | {f"PDF {rang}": sha(pdf).hex() in dits for rang, pdf in enumerate(pdfs, 1)}


if __name__ == "__main__":
    preuve, racines, *pdfs = (Path(nom).read_bytes() for nom in sys.argv[1:])
    checks = verify(preuve, racines, pdfs)
    sys.stdout.writelines(f"{'juste' if right else 'FAUX '} {nom}\n" for nom, right in checks.items())
    sys.exit(1 if not all(checks.values()) else 2 if b'"lot": null' in preuve or b'"jeton": null' in preuve else 0)
