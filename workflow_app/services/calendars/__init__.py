"""Calendar feeds: an agreement's deadlines and meetings as events that keep their identity when they move."""
