"""Judge many submissions at once, on the machines of a Dask cluster.

Imports `grade.workers` and all below it.
"""
