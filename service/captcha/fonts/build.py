"""Subset the captcha's fonts to its alphabet; run by hand when the alphabet changes.

Needs fonttools (``pip install fonttools``), and the Debian and Python packages named below. The
licences allow subsetting and renaming, and some reserve the original name, so every subset is
renamed. A font whose package is not there keeps its old file.

    pip install --target FOLDER font-lato font-caladea …
    python -m service.captcha.fonts.build FOLDER
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
# Paths in the folder of the Python packages, which are named like font-lato.
PACKAGED = {
    "book.ttf": "font_caladea/files/Caladea-Bold.ttf",
    "book-slanted.ttf": "font_caladea/files/Caladea-BoldItalic.ttf",
    "round.ttf": "font_fredoka_one/files/FredokaOne-Regular.ttf",
    "grotesk.otf": "font_hanken_grotesk/files/HankenGrotesk-SemiBold.otf",
    "grotesk-slanted.otf": "font_hanken_grotesk/files/HankenGrotesk-BoldItalic.otf",
    "handwriting.ttf": "font_intuitive/files/Intuitive.ttf",
    "summer.ttf": "font_lato/files/Lato-Black.ttf",
    "summer-slanted.ttf": "font_lato/files/Lato-BoldItalic.ttf",
    "geometric.ttf": "font_manrope/files/Manrope-ExtraBold.ttf",
    "display.ttf": "font_rhd/files/RedHatDisplay-Black.ttf",
    "display-slanted.ttf": "font_rhd/files/RedHatDisplay-BoldItalic.ttf",
    "screen.ttf": "font_roboto/files/Roboto-Black.ttf",
    "screen-slanted.ttf": "font_roboto/files/Roboto-BoldItalic.ttf",
    "office.ttf": "font_source_sans_pro/files/SourceSansPro-Bold.ttf",
    "office-slanted.ttf": "font_source_sans_pro/files/SourceSansPro-BoldIt.ttf",
    "print.ttf": "font_source_serif_pro/files/SourceSerifPro-Black.ttf",
    "print-slanted.ttf": "font_source_serif_pro/files/SourceSerifPro-BoldIt.ttf",
}
COPYRIGHT, FAMILY, STYLE, FULL_NAME, POSTSCRIPT_NAME = 0, 1, 2, 4, 6


def main() -> None:
    """Write every font next to this file whose package is there."""
    packages = Path(*sys.argv[1:])
    sources = {name: DEBIAN / path for name, path in SOURCES.items()}
    sources |= {name: packages / path for name, path in PACKAGED.items()}
    for name, source in sources.items():
        if not source.exists():
            sys.stdout.write(f"{name}: kept, {source} is not there\n")
            continue
        cut(source, HERE / name)
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
