"""What is counted, per page and day: never who, from where, nor with which words."""

from django.db import models


class Avis(models.Model):
    """How many readers said, that day, that a page helped them, or did not."""

    id = models.BigAutoField(primary_key=True)
    page = models.CharField(max_length=120)
    jour_on = models.DateField()
    oui = models.PositiveIntegerField(default=0)
    non = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "mesures_avis"
        constraints = [models.UniqueConstraint(fields=["page", "jour_on"], name="mesures_avis_page_jour")]

    def __str__(self) -> str:
        return f"{self.page} {self.jour_on}"
