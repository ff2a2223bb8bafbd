"""What the context consists of: one module a service of the host."""
