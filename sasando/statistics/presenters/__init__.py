"""What the pages of this room show, ready to print; no more of it than the reader may see."""

from sasando.statistics.presenters import board, drawings, findings, tables, words, year

__all__ = ["board", "drawings", "findings", "tables", "words", "year"]
