"""Subset the captcha's fonts to its alphabet; run by hand when the alphabet changes.

Needs fonttools (``pip install fonttools``) and the Debian packages named below. The licences
allow subsetting and renaming, and some reserve the original name, so every subset is renamed.

    python -m service.captcha.fonts.build
"""

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from service.captcha.code import ALPHABET

HERE = Path(__file__).parent
DEBIAN = Path("/usr/share/fonts")
SOURCES = {
    "sans.ttf": "truetype/dejavu/DejaVuSans-Bold.ttf",  # fonts-dejavu-core
    "serif.ttf": "truetype/dejavu/DejaVuSerif-Bold.ttf",  # fonts-dejavu-core
    "primer.ttf": "truetype/andika/Andika-Bold.ttf",  # fonts-sil-andika
    "typewriter.otf": "opentype/courier-prime/Courier Prime Bold.otf",  # fonts-courier-prime
    "slab.otf": "opentype/roboto/slab/RobotoSlab-Bold.otf",  # fonts-roboto-slab
}
COPYRIGHT, FAMILY, STYLE, FULL_NAME, POSTSCRIPT_NAME = 0, 1, 2, 4, 6


def main() -> None:
    """Write every font next to this file."""
    for name, source in SOURCES.items():
        cut(DEBIAN / source, HERE / name)
        sys.stdout.write(f"{name}: {(HERE / name).stat().st_size} bytes\n")


def cut(source: Path, target: Path) -> None:
    """Keep the alphabet and the copyright line of one font, under our own name."""
    font = TTFont(source)
    options = Options(hinting=False, layout_features=[], name_IDs=[COPYRIGHT], notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(text=ALPHABET)
    subsetter.subset(font)
    rename(font, f"Folkmoot Captcha {target.stem.title()}")
    font.save(target)


def rename(font: TTFont, name: str) -> None:
    """Rename a font in every place where it stores a name."""
    if "CFF " in font:
        rename_outlines(font["CFF "].cff, name)
    words = {FAMILY: name, STYLE: "Bold", FULL_NAME: name, POSTSCRIPT_NAME: name.replace(" ", "-")}
    for identity, word in words.items():
        font["name"].setName(word, identity, 3, 1, 0x409)


def rename_outlines(cff: object, name: str) -> None:
    """Rename the outlines of an OpenType font, which repeat the old name."""
    cff.fontNames = [name.replace(" ", "-")]  # type: ignore[attr-defined]
    top = cff.topDictIndex[0]  # type: ignore[attr-defined]
    top.FullName = top.FamilyName = name


if __name__ == "__main__":
    main()
