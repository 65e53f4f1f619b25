"""Asking for pictures: requests, worker thread, queue, history. QtCore and asyncio; torch only in the worker."""
