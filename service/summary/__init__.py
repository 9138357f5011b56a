"""Scores to a summary: what to choose, how to shorten it, how to render it.

Rule: pure functions of the article, its scores and the options. No Flask, no files, no environment.
"""
