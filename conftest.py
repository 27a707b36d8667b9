"""Settings of the whole run: one BLAS thread for each worker, and warnings as errors inside the lessons' kernels."""

import os
from pathlib import Path

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ["IPYTHONDIR"] = str(Path(__file__).parent / "tests" / "notebooks" / "kernel")
os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
