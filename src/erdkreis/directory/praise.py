"""Words of general praise: marked, and asked what exactly, compared with what, since when.

Directive (EU) 2024/825 bans such words from traders towards consumers unless they are proven. Here
nobody is refused a word; whoever writes one is asked the three questions.
"""

import re
import tomllib
from functools import cache
from importlib.resources import files


def praise_in(*texts: str) -> list[str]:
    """Return the words of general praise in these texts as they were written, each once.

    Examples
    --------
    >>> praise_in("Unsere klimaneutrale Brotkiste ist umweltfreundlich.", "A green idea")
    ['klimaneutrale', 'umweltfreundlich', 'green']
    """
    found = [match.group() for text in texts for match in _pattern().finditer(text)]
    return list(dict.fromkeys(found))


@cache
def _pattern() -> re.Pattern[str]:
    file = files("erdkreis.directory") / "praise.toml"
    words = tomllib.loads(file.read_text(encoding="utf-8"))
    # A beginning stands for every ending; a whole word only for itself.
    beginnings = "|".join(re.escape(word) + r"\w*" for word in words["beginnings"])
    whole = "|".join(map(re.escape, words["whole"]))
    return re.compile(rf"(?<!\w)(?:{beginnings}|(?:{whole})(?!\w))", re.IGNORECASE)
