"""The year as a wheel: where each day, month and span stands on it, and the picture that shows them."""
