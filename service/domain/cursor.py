"""A cursor: where a page of a list ends, as "score~id"; comments may come and go meanwhile."""

import re

# Python reads more as numbers than Redis does: `1_0`, `nan`, digits of other scripts.
NUMBER = re.compile(r"-?[0-9]*\.?[0-9]+(e[-+]?[0-9]{1,2})?")
# The last id that was given, with its score; "" for the first page.
CURSOR = rf"^({NUMBER.pattern}~[0-9a-z]{{26}})?$"
