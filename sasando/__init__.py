"""Sasando: the working system of an Indonesian regency social-services office."""

__version__ = "0.1.0"
