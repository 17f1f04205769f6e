"""The transparency log in the C2SP formats: pure functions over bytes, on the kernel, the standard library and cryptography alone."""
