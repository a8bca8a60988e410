"""erdkreis demo: fill in one invented circle to look around in."""

import argparse
import os

from erdkreis.cli.django import start_django


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--if-empty", action="store_true", help="keep what is there; only print the links"
    )
    parser.add_argument(
        "--language",
        choices=("de", "en"),
        default="de" if os.environ.get("LANG", "").startswith("de") else "en",
        help="language of the invented texts",
    )


def run(args: argparse.Namespace) -> int:
    start_django()

    from django.utils import translation  # noqa: PLC0415 - needs Django to be started

    from erdkreis.circles.models import Circle  # noqa: PLC0415 - needs Django to be started
    from erdkreis.cli import demo_circle  # noqa: PLC0415 - needs Django to be started

    circle = Circle.objects.filter(is_invented=True).first()
    if circle is None and not (args.if_empty and Circle.objects.exists()):
        circle = demo_circle.make(args.language)
    with translation.override(args.language):
        for line in demo_circle.links(circle) if circle else []:
            print(line)
    return 0
