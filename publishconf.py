"""What differs in production. The privacy rules are the same: they come from pelicanconf.py."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from pelicanconf import *  # noqa: F403
from pelicanconf import PLUGINS, PRIVACY, ROOT
from plugins import precompress

SITEURL = PRIVACY["site"]
RELATIVE_URLS = False
OUTPUT_PATH = str(ROOT / "public")
PLUGINS = [*PLUGINS, precompress]
