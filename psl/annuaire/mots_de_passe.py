"""How agents' passwords are hashed."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """Argon2id with 46 MiB, one pass, one lane (OWASP Password Storage): Django's 100 MiB would let twenty log-ins take 2 GB."""

    memory_cost = 47_104
    time_cost = 1
    parallelism = 1
