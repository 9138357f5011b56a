"""Raw text to an `Article`: blocks with roles, sentences, words, all with their places in the text.

Rule: pure functions of the text. No Flask, no numpy, no clock, no environment.
"""
