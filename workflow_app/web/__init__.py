"""The pages and their JSON twins: resources, security, forms, views, and what they look like."""
