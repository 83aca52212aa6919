"""A third face: decide in a notebook, over the dataframes that are already there."""
