"""The content as it was imported: documents, what they link to, the words they explain, and each delivery with its report."""

from django.db import models


class Livraison(models.Model):
    """One import of DILA's content: where it came from, its date, its licence, and what it changed. The last one dates the pages."""

    source = models.CharField(max_length=200)
    licence = models.CharField(max_length=80)
    contenu_on = models.DateField(null=True)
    empreinte = models.CharField(max_length=64)
    importee_at = models.DateTimeField()
    rapport = models.JSONField()

    class Meta:
        db_table = "fiches_livraison"
        indexes = [models.Index(fields=["empreinte"], name="fiches_livraison_empreinte")]

    def __str__(self) -> str:
        return f"{self.source} ({self.contenu_on})"


class Fiche(models.Model):
    """One document of one audience: a fiche, a theme, a service… The same `ident` stands under several audiences.

    `arbre` is the document itself, `[name, {attributes}, *children]`, a text being a string; `empreinte` is the SHA-256 of its
    canonical JSON. `theme` and `dossier` are idents of the same audience; `url` is the address of a service, when it is one.
    """

    ident = models.CharField(max_length=12)
    audience = models.CharField(max_length=16)
    genre = models.CharField(max_length=24)
    titre = models.TextField()
    sujet = models.TextField(blank=True)
    description = models.TextField(blank=True)
    theme = models.CharField(max_length=12, blank=True)
    dossier = models.CharField(max_length=16, blank=True)
    url = models.TextField(blank=True)
    numero = models.TextField(blank=True)
    maj_on = models.DateField(null=True)
    arbre = models.JSONField()
    empreinte = models.CharField(max_length=64)

    class Meta:
        db_table = "fiches_fiche"
        constraints = [models.UniqueConstraint(fields=["ident", "audience"], name="fiches_fiche_ident")]
        indexes = [
            models.Index(fields=["audience", "genre"], name="fiches_fiche_genre"),
            models.Index(fields=["audience", "theme"], name="fiches_fiche_theme"),
            models.Index(fields=["audience", "dossier"], name="fiches_fiche_dossier"),
        ]

    def __str__(self) -> str:
        return f"{self.audience}/{self.ident}"


class Lien(models.Model):
    """A link from one document to another, with the words that make it: `sorte` says where it stands (texte, service, dossier…)."""

    origine = models.CharField(max_length=12)
    audience = models.CharField(max_length=16)
    cible = models.CharField(max_length=16)
    audience_cible = models.CharField(max_length=16)
    sorte = models.CharField(max_length=16)
    texte = models.TextField(blank=True)

    class Meta:
        db_table = "fiches_lien"
        indexes = [
            models.Index(fields=["cible", "audience_cible"], name="fiches_lien_cible"),
            models.Index(fields=["origine", "audience"], name="fiches_lien_origine"),
        ]

    def __str__(self) -> str:
        return f"{self.audience}/{self.origine} → {self.audience_cible}/{self.cible}"


class Definition(models.Model):
    """A word explained: a term of the glossary (`sorte` definition) or an abbreviation (sigle, acronyme) with its full form."""

    ident = models.CharField(max_length=12, primary_key=True)
    sorte = models.CharField(max_length=12)
    titre = models.TextField()
    texte = models.TextField()

    class Meta:
        db_table = "fiches_definition"

    def __str__(self) -> str:
        return self.titre


class Redirection(models.Model):
    """Where a document that is no longer there was taken up: an address that was once published goes on answering."""

    ident = models.CharField(max_length=12)
    audience = models.CharField(max_length=16)
    cible = models.CharField(max_length=16)

    class Meta:
        db_table = "fiches_redirection"
        constraints = [models.UniqueConstraint(fields=["ident", "audience"], name="fiches_redirection_ident")]

    def __str__(self) -> str:
        return f"{self.audience}/{self.ident} → {self.cible}"
