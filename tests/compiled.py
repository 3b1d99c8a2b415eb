"""Routes and templates of the applications in a test run, compiled once instead of for each."""

from typing import Any

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule


class Templates(BytecodeCache):
    """Compiled templates in memory; a bucket with another source than before is compiled anew."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket with what is known of it."""
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._kept[bucket.key] = bucket.bytecode_to_string()


def remember() -> None:
    """Let all applications of this process share what they compile.

    Compiling its routes is nine tenths of the time in which an application is made. The function
    that builds a route's addresses depends on nothing but the route's parts and defaults.
    """
    compile_, known = Rule._compile_builder, {}

    def remembered(rule: Rule, append_unknown: bool = True) -> Any:
        if rule.defaults:
            return compile_(rule, append_unknown)
        parts = (tuple(rule._trace), append_unknown)
        if parts not in known:
            known[parts] = compile_(rule, append_unknown)
        return known[parts]

    Rule._compile_builder = remembered
    Flask.jinja_options = {"bytecode_cache": Templates()}
