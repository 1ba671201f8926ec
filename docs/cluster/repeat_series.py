"""python repeat_series.py series.parquet 1000 big.parquet

The table so many times over, for a trial of a cluster: `walk_0007#3` is the fourth copy of `walk_0007`. Needs pyarrow.
"""

import sys

import pyarrow as pa
import pyarrow.parquet as pq

series, times, out = sys.argv[1], int(sys.argv[2]), sys.argv[3]
table = pq.read_table(series)
with pq.ParquetWriter(out, table.schema) as writer:
    for copy in range(times):
        ids = pa.array([f"{one}#{copy}" for one in table["id"].to_pylist()])
        writer.write_table(table.set_column(0, table.schema.field("id"), ids), row_group_size=256)
