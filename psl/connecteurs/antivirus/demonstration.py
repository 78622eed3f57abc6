"""An Antivirus that knows one virus: the harmless test file of EICAR, wherever it stands in the stream."""

from collections.abc import Iterable

from psl.pieces.antivirus import Avis, Verdict

# Written in two parts, so that an antivirus does not take this module for the virus.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + rb"ANTIVIRUS-TEST-FILE!$H+H*"


class AntivirusDemonstration:
    """Searches across the borders of chunks; never for a real platform."""

    def scan(self, chunks: Iterable[bytes]) -> Verdict:
        reste = b""
        for chunk in chunks:
            fenetre = reste + chunk
            if EICAR in fenetre:
                return Verdict(Avis.INFECTE, "EICAR")
            reste = fenetre[-(len(EICAR) - 1) :]
        return Verdict(Avis.SAIN)

    def check(self) -> list[str]:
        return []
