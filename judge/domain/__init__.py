"""What is judged and what comes of it: frozen values, standard library only."""
