"""Pure Python for every room: numbers, money, dates, identity numbers, names, spreadsheets, progress. No
Django.
"""
