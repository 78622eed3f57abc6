"""Build what pages load (style sheet, scripts, fonts, icons) and compile the translations; nothing when nothing changed."""

import argparse
import time

from django.conf import settings

from psl.portails.theme import assets, traductions


def configure(parser: argparse.ArgumentParser) -> None:
    """`--theme` builds for another theme than PSL_THEME's."""
    parser.add_argument("--theme", choices=assets.THEMES, default=settings.THEME)


def run(args: argparse.Namespace) -> int:
    """Build, and say what was done in one line."""
    start = time.monotonic()
    is_new = assets.build(settings.ASSETS, args.theme)
    compiled = traductions.compile_catalogues()
    state = "construits" if is_new else "à jour"
    print(f"Assets ({args.theme}) {state}, {compiled} catalogue(s) compilé(s), en {time.monotonic() - start:.1f} s.")
    return 0
