"""What can be done, as functions of a session and plain arguments. Never sees a request."""
