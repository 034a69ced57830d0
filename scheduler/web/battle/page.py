"""Makes the pages: from the writers' files, our scripts and the library that is in vendor/.

In a file there is everything within, and its own policy allows these very scripts by their digest
and nothing else: no connection can be opened. On the public server scripts and style are files of
ours. The pages of a room (``room``) have the same library and scoring.
"""

import gzip
import json
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from markupsafe import Markup

from scheduler.domain.quizzes.battle import Battle, fewest
from scheduler.web.battle.words import WORDS
from scheduler.web.desk.french import typography
from scheduler.web.templating import STATIC, make_pages

VENDOR = Path(__file__).parents[1] / "vendor" / "zxcvbn-ts"
#: What judges a password, in the order in which it runs.
JUDGE = ("core.js", "language-common.js", "language-fr.js", "guess.js")
#: What one screen runs, in that order.
SCRIPTS = (*JUDGE, "show.js", "battle.js")
#: Everything that runs on any page of the battle.
FILES: Mapping[str, Path] = {
    **{name: VENDOR / name for name in JUDGE[:3]},
    **{
        name: STATIC / "battle" / name
        for name in ("guess.js", "show.js", "battle.js", "room.js", "phone.js", "screen.js")
    },
}
#: They ask to stay with every copy of the library, so the page that is given away has them too.
LICENCES: Mapping[str, tuple[str, ...]] = {
    "core.js": (
        "LICENSE.txt",
        "LICENSE-dictionary-compression.txt",
        "LICENSE-fastest-levenshtein.md",
    ),
    "language-common.js": ("LICENSE.txt",),
    "language-fr.js": ("LICENSE.txt", "NOTICE.md"),
}
STYLE = STATIC / "battle" / "battle.css"
#: On the public server, in place of the other pages' ``default-src 'none'`` alone.
POLICY = {"script-src": "'self'", "form-action": "'none'"}
_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.M)
_FIELD = re.compile(r"\{\{ ?(\w+) ?\}\}")


def served(battles: Sequence[Battle], values: Mapping[str, str], base: str, *, drawn: bool) -> str:
    """For the public server, whose files of this page begin with ``base``. ``drawn``: the host is
    ours (``Host.is_ours``), and shown."""
    scripts = [f"{base}/{name}" for name in SCRIPTS]
    return _page(battles, values, drawn=drawn, scripts=scripts, base=base)


def alone(battles: Sequence[Battle], values: Mapping[str, str], *, drawn: bool) -> str:
    """With everything within."""
    inline = [script(name) for name in SCRIPTS]
    style = STYLE.read_text(encoding="utf-8")
    allowed = " ".join(map(_digest, inline))
    policy = (
        f"default-src 'none'; script-src {allowed}; style-src {_digest(style)}; "
        "form-action 'none'; base-uri 'none'"
    )
    # Our own files, and the library's.
    within = [Markup(one) for one in inline]  # noqa: S704
    own = Markup(style)  # noqa: S704
    return _page(battles, values, drawn=drawn, inline=within, style=own, policy=policy)


@cache
def script(name: str) -> str:
    """As it is served, with its licences; the library's maps aren't here."""
    texts = [(VENDOR / one).read_text(encoding="utf-8") for one in LICENCES.get(name, ())]
    head = "".join(f"/*!\n{text.strip()}\n*/\n" for text in texts)
    return head + _MAP.sub("", FILES[name].read_text(encoding="utf-8"))


@cache
def packed(name: str) -> bytes:
    """The same, for browsers that take gzip: thirty telephones on one Wi-Fi load it at once."""
    return gzip.compress(script(name).encode(), mtime=0)


def _page(
    battles: Sequence[Battle],
    values: Mapping[str, str],
    *,
    drawn: bool,
    scripts: Sequence[str] = (),
    base: str = "",
    inline: Sequence[Markup] = (),
    style: Markup | None = None,
    policy: str = "",
) -> str:
    spoken, data = data_of(battles, values)
    return (
        make_pages()
        .get_template("battle.html")
        .render(
            battles=spoken,
            words={language: labels_of(language) for language in WORDS},
            data=as_json(data),
            drawn=drawn,
            scripts=scripts,
            base=base,
            inline=inline,
            style=style,
            policy=policy,
        )
    )


def data_of(
    battles: Sequence[Battle], values: Mapping[str, str]
) -> tuple[list[Battle], dict[str, Any]]:
    """The texts with their fields filled, and what the scripts read; as many rounds in each."""
    rounds = fewest(battles)
    cut = [replace(one, rounds=one.rounds[:rounds]) for one in battles]
    spoken = [_spoken(one, values) for one in cut]
    told = {one.language: {**asdict(one), "words": labels_of(one.language)} for one in spoken}
    own = list(dict.fromkeys(word for one in spoken for word in _words(one, values)))
    return spoken, {"languages": told, "own": own}


def _spoken(battle: Battle, values: Mapping[str, str]) -> Battle:
    """With its fields filled."""

    def said(text: str) -> str:
        filled = _FIELD.sub(lambda field: values.get(field[1], field[0]), text)
        return typography(filled) if battle.language == "fr" else filled

    return replace(
        battle,
        title=said(battle.title),
        intro=said(battle.intro),
        warning=said(battle.warning),
        person=said(battle.person),
        rounds=[*map(said, battle.rounds)],
        taunts=[(most, [*map(said, some)]) for most, some in battle.taunts],
        credit=said(battle.credit),
    )


def labels_of(language: str) -> Mapping[str, str]:
    said = WORDS[language]
    return {key: typography(text) for key, text in said.items()} if language == "fr" else said


def _words(battle: Battle, values: Mapping[str, str]) -> list[str]:
    """The writers' own words, and those of the names of the organisation and of the host."""
    named = f"{values.get('hote', '')} {values.get('organisation', '')}"
    return [*battle.own_words, *(one for one in re.findall(r"\w{3,}", named) if one)]


def as_json(value: Any) -> Markup:
    """For an element of script type application/json, whose end it can't hold."""
    text = json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")
    return Markup(text)  # noqa: S704 - it has no "<"


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
