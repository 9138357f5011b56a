"""Nutgraf: POST an article, get its summary and highlights.

Data flows one way, article -> ranking -> summary -> web, and imports point the other: each folder's docstring states
its rule, and a test keeps it. This package itself imports nothing, so that `nutgraf --help` is quick.
"""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("nutgraf")
except PackageNotFoundError:  # a checkout that was never installed
    __version__ = "0+unknown"
