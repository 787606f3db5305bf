"""Mail: an outbox filled in the transaction of what it tells of, and emptied afterwards by whoever comes first."""
