"""The fixed points that every seeded value is derived from."""

import struct
import uuid
import zlib
from datetime import datetime, timedelta, timezone

from django.conf import settings

START = datetime(2024, 1, 8, 9, 30, 15, 123456, tzinfo=timezone.utc)
NAMESPACE = uuid.UUID("5a0b1c2d-3e4f-5061-8273-94a5b6c7d8e9")


def moment(days, seconds=0):
    return START + timedelta(days=days, seconds=seconds)


def day(days):
    return moment(days).date()


def make_uuid(name):
    return uuid.uuid5(NAMESPACE, name)


def slugify(name):
    return "-".join(name.lower().split())


def write_file(name, content):
    """Put a file under MEDIA_ROOT and return the name a file field stores."""
    path = settings.MEDIA_ROOT / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return name


def png(red, green, blue, side=8):
    """A square of one colour."""

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    rows = (b"\0" + bytes([red, green, blue]) * side) * side
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )
