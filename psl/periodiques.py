"""When: each schedule (cron, UTC) and the operation it runs, in one table. Operations take `now` and can run twice."""

PERIODIQUES: dict[str, str] = {}
