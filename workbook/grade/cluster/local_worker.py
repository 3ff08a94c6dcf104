"""Imports what the workers of a local cluster need, before any of them is forked."""

import gc

import distributed.nanny
import distributed.worker  # noqa: F401

# No worker looks for garbage here: it would have to copy the memory for it.
gc.freeze()
