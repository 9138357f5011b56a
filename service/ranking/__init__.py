"""SENTENCES -> SCORES. Pure: arrays in, arrays out; no text, no Flask. Only `classics` takes words and imports sumy."""
