"""The settings of the tests: the demonstration's, in a state folder of this process, told before the settings are read."""

import atexit
import os
import shutil
import tempfile

NULLE_PART = "essai?host=/nulle-part"  # no base before a test asks for one: tests.harnais.bases points the connections

ETAT_DU_PROCESSUS = tempfile.mkdtemp(prefix="psl-etat-")
atexit.register(shutil.rmtree, ETAT_DU_PROCESSUS, ignore_errors=True)

for cle in [cle for cle in os.environ if cle.startswith(("PSL_", "DATABASE_URL"))]:
    del os.environ[cle]
os.environ |= {
    "PSL_ETAT": ETAT_DU_PROCESSUS,
    "PSL_LOG": "CRITICAL",
    "DATABASE_URL": f"postgresql://psl_application@/{NULLE_PART}",
    "DATABASE_URL_PURGE": f"postgresql://psl_purge@/{NULLE_PART}",
    "PSL_SQL_AGE": "0",
    "PSL_ESPACES_INSECABLES": "non",  # what is asserted is written with plain spaces; tests/theme/test_espaces.py shows them set
    "DJANGO_ALLOW_ASYNC_UNSAFE": "1",  # playwright keeps a loop in the thread where a story also reads the base
}

from psl.settings import *  # noqa: E402, F403
