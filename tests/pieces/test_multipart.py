"""Bodies that no browser sends: each is read as a form or refused with a 4xx, and nothing of it stays."""

from pathlib import Path

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.test import RequestFactory
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from psl.pieces.regles import Regles
from psl.pieces.televersement import files, streamed_upload
from psl.socle.errors import Refus

REGLES = Regles(2_000)


def _take(request: HttpRequest) -> HttpResponse:
    for fichier in files(request):
        b"".join(fichier.chunks())
    return HttpResponse()


take = streamed_upload(_take, avant=lambda request: REGLES)


def post(corps: bytes, type_: str) -> int:
    """Return the status that a body gets, as the middlewares turn refusals into one."""
    request = RequestFactory().generic("POST", "/", corps, content_type=type_)
    request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]  # as the test client of Django does
    try:
        return int(take(request).status_code)
    except Refus as refus:
        return refus.statut
    except (SuspiciousOperation, BadRequest, MultiPartParserError):
        return 400
    finally:
        request.close()


MORCEAUX = st.sampled_from(
    [
        b"--B\r\n", b"--B--\r\n", b"--B", b"--C\r\n", b"\r\n", b"\r\n\r\n", b"\n", b"\0",
        b'Content-Disposition: form-data; name="fichier"; filename="a.pdf"\r\n',
        b'Content-Disposition: form-data; name="fichier"; filename=""\r\n',
        b"Content-Disposition: form-data; name=fichier; filename*=utf-8''%00%FF..%2F\r\n",
        b'Content-Disposition: form-data; name="\0"\r\n', b"Content-Disposition: attachment\r\n", b"Content-Disposition\r\n",
        b"Content-Type: multipart/mixed; boundary=C\r\n", b"Content-Type: text/plain; charset=nulle-part\r\n",
        b"Content-Transfer-Encoding: base64\r\n", b"Content-Transfer-Encoding: 7bit\r\n", b"Content-Length: -1\r\n",
        b"%PDF-1.7\n", b"=" * 70, b"A" * 3_000, b"X-Long: " + b"x" * 5_000 + b"\r\n",
    ]
)  # fmt: skip
CORPS = st.lists(st.one_of(MORCEAUX, st.binary(max_size=40)), max_size=14).map(b"".join)
TYPES = st.one_of(
    st.just("multipart/form-data; boundary=B"),
    st.sampled_from(
        [
            "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=" + "b" * 300,
            'multipart/form-data; boundary="B', "multipart/form-data; boundary=é", "multipart/form-data; boundary=B; boundary=C",
            "multipart/mixed; boundary=B", "multipart/form-data; boundary=B; charset=nulle-part",
        ]
    ),
)  # fmt: skip
ENTETE = b'--B\r\nContent-Disposition: form-data; name="fichier"; filename="a.pdf"\r\n'


@hypothesis_settings(max_examples=600, deadline=None)
@given(CORPS, TYPES)
@example(ENTETE + b"\r\n%PDF", "multipart/form-data; boundary=B")
@example(ENTETE + b"X: " + b"x" * 200_000 + b"\r\n\r\n%PDF\r\n--B--\r\n", "multipart/form-data; boundary=B")
@example(ENTETE + b"Content-Transfer-Encoding: base64\r\n\r\n!!!=\r\n--B--\r\n", "multipart/form-data; boundary=B")
@example((ENTETE + b"\r\n1\r\n") * 30 + b"--B--\r\n", "multipart/form-data; boundary=B")
@example(b'--B\r\nContent-Disposition: form-data; name="x"\r\n\r\n1\r\n' * 2_100 + b"--B--\r\n", "multipart/form-data; boundary=B")
@example(
    ENTETE + b"Content-Type: multipart/mixed; boundary=C\r\n\r\n--C\r\n" + ENTETE + b"\r\n%PDF\r\n--C--\r\n--B--\r\n",
    "multipart/form-data; boundary=B",
)
def test_any_body_is_read_or_refused(corps: bytes, type_: str) -> None:
    statut = post(corps, type_)
    assert statut == 200 or 400 <= statut < 500
    dossier = Path(settings.ETAT) / "tampons"
    assert not dossier.exists() or list(dossier.iterdir()) == []


def test_a_right_body_is_read() -> None:
    assert post(ENTETE + b"\r\n%PDF-1.7\r\n--B--\r\n", "multipart/form-data; boundary=B") == 200


def test_a_body_cut_before_its_end_or_too_long_is_refused() -> None:
    assert post(ENTETE + b"\r\n" + b"x" * 2_001 + b"\r\n--B--\r\n", "multipart/form-data; boundary=B") == 413
    assert post(ENTETE + b"\r\n" + b"x" * 200_000 + b"\r\n--B--\r\n", "multipart/form-data; boundary=B") == 413
