"""Every kind of save has words in the history: what a person did, not what it is called in the code."""

import re

from sencoapp import reference
from tests.house.tree import ROOT, modules

SAYS = re.compile(r'action="([a-z_]+)"')


def test_every_save_says_in_words_what_was_done():
    places = [each for each in modules("sencoapp") if each.parent.name in ("services", "storage")]
    actions = {found for each in places for found in SAYS.findall(each.read_text("utf-8"))}
    assert len(actions) > 30, ROOT
    wordless = []
    for each in sorted(actions):
        try:
            reference.say(f"history.action_{each}")
        except KeyError:
            wordless.append(f'action_{each} = "…" is missing in resources/wording/history.toml')
    assert not wordless, "\n".join(wordless)
