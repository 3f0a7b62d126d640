"""The one clock: it decides what is found, and never what the site says."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo


def today(settings: Mapping[str, Any]) -> date:
    """Return today's date where the company is (Pelican's `TIMEZONE`), or the one that SOURCE_DATE_EPOCH, in seconds,
    stands for."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    seconds = int(epoch) if epoch else time.time()
    return datetime.fromtimestamp(seconds, UTC).astimezone(ZoneInfo(settings.get("TIMEZONE") or "UTC")).date()
