"""The plugins of this site. `python -m plugins` is the one entry to build, publish and serve."""
