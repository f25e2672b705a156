"""What numbers look like: in lists, digests, forms and charts."""
