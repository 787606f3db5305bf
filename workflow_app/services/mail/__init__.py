"""Mail: an outbox filled in the transaction of what it tells of, emptied later by whoever comes first."""
