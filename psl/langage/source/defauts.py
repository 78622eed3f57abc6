"""What is wrong in a definition, said to the partner who wrote it: file, line, what, and what to write instead."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Defaut:
    """One fault. Lines count from 1."""

    fichier: str
    ligne: int
    message: str
    remede: str

    def __str__(self) -> str:
        return f"{self.fichier}:{self.ligne} : {self.message} {self.remede}"


class DefinitionInvalide(Exception):  # noqa: N818 - named with the domain's words
    """A definition that cannot be compiled, with all its faults."""

    def __init__(self, defauts: list[Defaut]) -> None:
        self.defauts = sorted(defauts)
        super().__init__("\n".join(str(defaut) for defaut in self.defauts))
