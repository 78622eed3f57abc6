"""The child process that opens files of strangers: limits first, then one job from the standard input, its result to the output.

In: one line of JSON (`action`, `type`, `rang`, `mention`), then the bytes. Out: one line of JSON (`erreur` or `pages`), then the bytes.
"""

import json
import resource
import sys

MEMOIRE = 1_500_000_000
SECONDES = 25
ERREURS = {"TropDePixels": "demesure", "TropComplexe": "complexe", "Chiffre": "chiffre", "MemoryError": "demesure"}


def limit() -> None:
    """Bound this process: memory, processor, no file written, no dump of its memory."""
    for ressource, valeur in (
        (resource.RLIMIT_AS, MEMOIRE),
        (resource.RLIMIT_CPU, SECONDES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(ressource, (valeur, valeur))


def work(demande: dict[str, object], octets: bytes) -> tuple[int, bytes]:
    """Return the number of pages and the bytes made."""
    action, mention = str(demande["action"]), str(demande.get("mention", ""))
    rang, cote = int(str(demande.get("rang", 1))), int(str(demande.get("cote", 240)))
    if demande["type"] == "application/pdf":
        from psl.pieces.apercus import pdf  # noqa: PLC0415 -- only what the job needs: each import is paid by each file

        made = {
            "image": lambda: pdf.picture(octets, rang, cote),
            "propre": lambda: pdf.sanitized(octets),
            "filigrane": lambda: pdf.marked(octets, mention),
        }
        return pdf.count(octets), made[action]()
    from psl.pieces.apercus import images  # noqa: PLC0415

    made = {
        "image": lambda: images.smaller(octets, cote),
        "propre": lambda: images.clean(octets),
        "filigrane": lambda: images.marked(octets, mention),
    }
    return 1, made[action]()


def main() -> None:
    limit()
    demande = json.loads(sys.stdin.buffer.readline())
    try:
        pages, fait = work(demande, sys.stdin.buffer.read())
    except Exception as error:
        entete: dict[str, object] = {"erreur": ERREURS.get(type(error).__name__, "abime")}
        fait = b""
    else:
        entete = {"pages": pages}
    sys.stdout.buffer.write(json.dumps(entete).encode() + b"\n" + fait)


if __name__ == "__main__":
    main()
