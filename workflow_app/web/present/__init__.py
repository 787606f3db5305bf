"""How what is true is said: from services' answers to page models, in the reader's language.

These functions translate and format, and decide nothing.
"""
