# Makes the embedded fonts: tabular digits frozen in, hinting and unused features removed, own family name.
# usage: freeze.py INPUT OUTPUT FAMILY STYLE WEIGHT
import sys
from fontTools.ttLib import TTFont
from fontTools import subset

source, target, family, style, weight = sys.argv[1:6]
font = TTFont(source, recalcTimestamp=False)

# Digits point at their tabular forms, where the face keeps them apart.
glyphs = set(font.getGlyphOrder())
for table in font["cmap"].tables:
    for code in range(ord("0"), ord("9") + 1):
        if code in table.cmap and table.cmap[code] + ".tf" in glyphs:
            table.cmap[code] += ".tf"

options = subset.Options()
options.hinting = False
options.layout_features = ["ccmp", "locl", "kern", "mark", "mkmk"]
options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 14, 16, 17]
options.notdef_outline = True
options.glyph_names = False
options.drop_tables += ["DSIG"]
wanted = [
    (0x0020, 0x024F), (0x0259, 0x0259), (0x02B0, 0x02FF), (0x0300, 0x036F), (0x0370, 0x03FF),
    (0x0400, 0x04FF), (0x1E00, 0x1EFF), (0x2000, 0x206F), (0x2070, 0x209F), (0x20A0, 0x20BF),
    (0x2100, 0x214F), (0x2150, 0x215F), (0x2190, 0x21FF), (0x2200, 0x22FF), (0x2300, 0x2335),
    (0x25A0, 0x25FF), (0x2600, 0x2606), (0x26A0, 0x26A0), (0x2713, 0x2718), (0xFFFD, 0xFFFD),
]
tool = subset.Subsetter(options)
tool.populate(unicodes=[c for low, high in wanted for c in range(low, high + 1)])
tool.subset(font)

# A changed font gets its own name: no clash with an installed original, no claim on a trademark.
full = family if style == "Regular" else family + " " + style
names = {1: full, 2: "Regular", 3: full + "; made from " + str(font["name"].getDebugName(3)), 4: full,
         6: full.replace(" ", "-"), 16: family, 17: style}
for record in list(font["name"].names):
    if record.nameID in names:
        record.string = names[record.nameID]
for name_id in (16, 17):
    font["name"].setName(names[name_id], name_id, 3, 1, 0x409)
font["OS/2"].usWeightClass = int(weight)
font.flavor = None
font.save(target)
