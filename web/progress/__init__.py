"""How far students are."""
