"""Words by which an anonymous voice is known within one conversation, and nowhere else."""

import secrets

from django.utils.translation import get_language

# Trees and meadow plants: no rank, no sex, no number that would tell who came first.
WORDS = {
    "maple": "Ahorn", "linden": "Linde", "beech": "Buche", "birch": "Birke", "willow": "Weide",
    "rowan": "Eberesche", "elder": "Holunder", "hazel": "Hasel", "alder": "Erle", "larch": "Lärche",
    "spruce": "Fichte", "pine": "Kiefer", "yew": "Eibe", "oak": "Eiche", "ash": "Esche",
    "elm": "Ulme", "poplar": "Pappel", "cherry": "Kirsche", "quince": "Quitte", "walnut": "Walnuss",
    "chestnut": "Kastanie", "juniper": "Wacholder", "hawthorn": "Weißdorn", "sloe": "Schlehe",
    "clover": "Klee", "thyme": "Thymian", "sage": "Salbei", "mint": "Minze", "yarrow": "Schafgarbe",
    "fern": "Farn", "moss": "Moos", "reed": "Schilf", "flax": "Lein", "barley": "Gerste",
    "rye": "Roggen", "spelt": "Dinkel", "poppy": "Mohn", "mallow": "Malve", "teasel": "Karde",
    "heather": "Heide", "ivy": "Efeu", "vetch": "Wicke", "sorrel": "Ampfer", "burdock": "Klette",
    "campion": "Lichtnelke", "cowslip": "Schlüsselblume", "daisy": "Gänseblümchen",
    "arnica": "Arnika", "gentian": "Enzian", "crocus": "Krokus",
}  # fmt: skip


def draw(taken: set[str]) -> str:
    """Draw a word nobody has here yet; beyond all of them, one with a random ending."""
    free = [word for word in WORDS if word not in taken]
    if free:
        return secrets.choice(free)
    return f"{secrets.choice(list(WORDS))}-{secrets.token_hex(3)}"


def said(pseudonym: str) -> str:
    """Say a word in the language of the page."""
    word, dash, ending = pseudonym.partition("-")
    is_german = (get_language() or "").startswith("de")
    return (WORDS.get(word, word) if is_german else word.capitalize()) + dash + ending
