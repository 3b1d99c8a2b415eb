"""How Flask reads and writes JSON."""

from typing import Any

from flask.json.provider import DefaultJSONProvider

from service.domain import json_text


class JsonReader(DefaultJSONProvider):
    """Flask's own, for which no text that is sent to us is a defect of ours."""

    sort_keys = False

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """Return what a JSON text says.

        :raises ValueError: it is no JSON.
        """
        return json_text.parse(s)
