"""ZestGuide (Couairon et al., ICCV 2023): the method, on diffusers' models. No Qt in here.

``request``, ``binding``, ``checkpoints``, ``families``, ``headers``, ``hub``, ``tokens`` and ``vocabulary`` are free of
torch and may be imported anywhere; everything else belongs to the worker thread.
"""
