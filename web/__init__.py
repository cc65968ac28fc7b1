"""The Flask side, from a later milestone on: the pages where problems are read and solved."""
