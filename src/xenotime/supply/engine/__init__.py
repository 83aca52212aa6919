"""The day loop: compiled kernels over flat arrays, many draws side by side."""
