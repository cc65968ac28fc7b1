"""What people are shown in a terminal: pure functions from results to what rich can draw."""
