"""What a file can do to the process that reads it. Little is imported: every such process does it."""

import os
import time

from dvk_reports.errors import Told


def work(item):
    """What comes of an item, if anything."""
    if item == "dies":
        os._exit(3)
    if item == "aborts":
        os.abort()
    if item == "hangs":
        time.sleep(600)
    if item == "eats":
        return str(len(bytearray(8 * 1024**3)))
    if item == "raises":
        raise Told("tệp có mật khẩu mở")
    return item.upper()


def die(box):
    """An opener that is killed by what it opens."""
    os._exit(3)


def eat(box):
    """An opener that wants more memory than there is for it."""
    return [bytearray(8 * 1024**3)]


def read_unless_it_kills(plan, source):
    """The form in a file, where its name does not say that it kills its reader."""
    from dvk_reports.intake.reading import read_file

    if "giết" in source.file:
        os._exit(3)
    return read_file(plan, source)
