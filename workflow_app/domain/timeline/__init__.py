"""When agreements are in force, side by side, and the days between them: a picture without a clock."""
