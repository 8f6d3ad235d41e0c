"""IMS Common Cartridge, twice: ``moodle`` writes 1.1 as Moodle's importer can take it, ``standard`` writes 1.3 by the book.

What both share (the order of items, topics, web links) is in ``parts``.
"""
