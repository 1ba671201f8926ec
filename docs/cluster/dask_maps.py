"""python dask_maps.py explainer.onnx series.parquet maps

Maps of every instance with Dask, a task for each row group. Needs dask, numpy, onnxruntime, pyarrow, and answers.py
beside it.
"""

import os
import sys
from functools import lru_cache

import dask
import pyarrow as pa
import pyarrow.parquet as pq
from answers import Explainer

explainer, series, out = (os.path.abspath(path) for path in sys.argv[1:4])
os.makedirs(out, exist_ok=True)


@lru_cache(maxsize=1)
def opened(path):
    """One session for each worker process."""
    return Explainer(path)


@dask.delayed
def answer(group):
    batch = pq.ParquetFile(series).read_row_group(group).to_pydict()
    answers = opened(explainer)(batch)
    columns = {name: list(values) for name, values in answers.items()}
    pq.write_table(pa.table(columns), os.path.join(out, f"{group:06}.parquet"), row_group_size=1000)
    return len(batch["id"])


if __name__ == "__main__":
    groups = pq.ParquetFile(series).metadata.num_row_groups
    print(sum(dask.compute(*map(answer, range(groups)), scheduler="processes")), "instances")
