"""Speed, side by side with peers, on one thread."""

import os

COMMAND = "uv run --with jax --with numba --with torch --with micrograd python -m benchmarks --write"
THREADS = 1  # before NumPy, PyTorch, JAX and numba are imported, which read these once
for name in ("OMP", "OPENBLAS", "MKL", "NUMBA", "VECLIB_MAXIMUM"):
    os.environ[f"{name}_NUM_THREADS"] = str(THREADS)
for name in ("CORETYPE", "L2_SIZE"):  # they would make NumPy use a slower kernel
    os.environ.pop(f"OPENBLAS_{name}", None)
os.environ["XLA_FLAGS"] = (
    "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
)
os.environ["JAX_PLATFORMS"] = "cpu"
