"""The decorator of the views that take files, and its upload handlers."""

from collections.abc import Callable, Sequence
from functools import partial, wraps
from typing import Any, cast

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponseBase
from django.http.multipartparser import MultiPartParser, MultiPartParserError
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from psl.pieces import refus
from psl.pieces.regles import Regles
from psl.pieces.televersement.flux import MORCEAU, Flux
from psl.pieces.televersement.tampon import FichierTeleverse
from psl.pieces.televersement.veille import watch

FICHIERS_PAR_ENVOI = 5
CHAMPS_MAX = 100_000  # bytes of a form beside its files

type Vue = Callable[..., HttpResponseBase]
type Avant = Callable[..., Regles | None]


def streamed_upload(vue: Vue | None = None, *, avant: Avant | None = None) -> Any:
    """Let a view receive files as a stream: each of `request.FILES` is a FichierTeleverse, whose `chunks()` go to `operations.receive`.

    `avant(request, *args, **kwargs)`, if given, runs before any byte of the body is read: it refuses strangers, and may return the
    rules whose size is then enforced while reading. A file over the limit is refused by its own `chunks()`, so that the page can say
    it at the piece. Django's CSRF check reads the body: the view is exempted outside and protected inside, once the handlers are there.
    Refuses: fichier-trop-gros (a body that cannot be right is not read), envoi-trop-lent, envoi-interrompu.
    """
    if vue is None:
        return partial(streamed_upload, avant=avant)
    protegee = csrf_protect(cast("Any", vue))

    @csrf_exempt
    @wraps(vue)
    def recevoir(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.method in {"GET", "HEAD"}:
            return vue(request, *args, **kwargs)
        if request.method == "POST":
            regles = avant(request, *args, **kwargs) if avant else None
            _install(request, regles.taille_max if regles else settings.TAILLE_FICHIER_MAX)
        return protegee(request, *args, **kwargs)

    return recevoir


def files(request: HttpRequest, champ: str = "fichier") -> list[FichierTeleverse]:
    """Return the files that were sent in a field of the form.

    Refuses: fichier-absent.
    """
    envoyes = [fichier for fichier in request.FILES.getlist(champ) if isinstance(fichier, FichierTeleverse)]
    if not envoyes:
        raise refus.none_chosen()
    return envoyes


def _install(request: HttpRequest, limite: int) -> None:
    if int(request.META.get("CONTENT_LENGTH") or 0) > limite * FICHIERS_PAR_ENVOI + CHAMPS_MAX:
        raise refus.body_too_big(limite)
    request.upload_handlers = [LectureGardee(request, limite=limite)]


class LectureGardee(FileUploadHandler):
    """Parses the body from a guarded stream, instead of the server's own."""

    def __init__(self, request: HttpRequest, *, limite: int) -> None:
        super().__init__(request)
        self._limite = limite

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803 -- Django's name
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> tuple[Any, Any]:
        handler = EcritureChiffree(self.request, limite=self._limite)
        with watch(META.get("REMOTE_ADDR", ""), int(META.get("SERVER_PORT") or 0)) as suivi:
            flux = Flux(input_data.read, content_length, suivi)
            try:
                champs, fichiers = MultiPartParser(META, cast("Any", flux), [handler], encoding).parse()
            except BaseException as error:
                handler.close()
                if isinstance(error, MultiPartParserError):
                    raise refus.broken_off() from error
                raise
        handler.close(sauf=[fichier for _, recus in fichiers.lists() for fichier in recus])
        return champs, fichiers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


class EcritureChiffree(FileUploadHandler):
    """Writes each file of the body to an encrypted temporary file. `file` is the name by which Django's parser closes it on a failure."""

    chunk_size = MORCEAU

    def __init__(self, request: HttpRequest | None, *, limite: int) -> None:
        super().__init__(request)
        self._limite = limite
        self.file: FichierTeleverse | None = None
        self._ouverts: list[FichierTeleverse] = []

    def close(self, sauf: Sequence[object] = ()) -> None:
        """Let go of what was received of a body that is refused, or of a part that never ended."""
        for fichier in self._ouverts:
            if not any(fichier is garde for garde in sauf):
                fichier.close()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.file = FichierTeleverse(self.file_name or "", self._limite)
        self._ouverts.append(self.file)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if self.file is not None:
            self.file.keep(raw_data)
        return None

    def file_complete(self, file_size: int) -> FichierTeleverse | None:
        return self.file
