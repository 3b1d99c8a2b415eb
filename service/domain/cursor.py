"""Cursors: the end of a page as "score~id", which stays valid while comments come and go."""

import re

# Python accepts more numbers than Redis does: `1_0`, `nan`, digits of other scripts.
NUMBER = re.compile(r"-?[0-9]*\.?[0-9]+(e[-+]?[0-9]{1,2})?")
# The last id on the page, with its score; "" for the first page.
CURSOR = rf"^({NUMBER.pattern}~[0-9a-z]{{26}})?$"
