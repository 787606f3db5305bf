"""What the house does by itself every day, whoever wakes it: the server's own clock, cron, or both."""
