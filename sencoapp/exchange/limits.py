"""How much a pupil file may hold. Beyond these a file is not a school's list of pupils, whatever it says it is."""

MOST_MEGABYTES = 50
MOST_BYTES = MOST_MEGABYTES * 1024 * 1024
MOST_COLUMNS = 500
MOST_ROWS = 50_000
MOST_SEPARATORS_IN_A_LINE = 10_000
MOST_CELLS = 2_000_000
"""Filled cells and the blank ones before them, in the whole table."""
MOST_BLANK_ROWS = 1_000
"""Blank rows one after another after which a table is taken to have ended."""
MOST_HEADING_ROW = 30
"""The headings stand in one of this many first rows."""
MOST_ELEMENTS = 1_500_000
MOST_PUPILS = 20_000
MOST_DEPTH = 60
MOST_UNPACKED_BYTES = 32 * 1024 * 1024
MOST_ELEMENTS_OF_A_WORKBOOK = 3_000_000
MOST_ELEMENTS_BESIDE_SHEETS = 300_000
"""In each part that holds neither cells nor their texts: styles, themes, properties."""
MOST_PARTS_OF_A_WORKBOOK = 2_000
MOST_TEXT = 200
MOST_DESCRIPTION = 10_000
