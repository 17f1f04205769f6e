"""What was published, byte for byte: content-addressed snapshots, the facts of their capture, and the records read from them."""
