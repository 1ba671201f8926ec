"""python compare_maps.py here.npz series.parquet maps

How far maps that a cluster computed lie from those of this machine: here.npz is what `explain MODEL DATA --case all --out
here.npz` writes of the data that series.parquet was made of, also where the cluster had them many times over. Ends with
code 1 where one differs by more than 1e-5 of its maximum, or an answer is another. Needs numpy and pyarrow.
"""

import glob
import os
import sys

import numpy as np
import pyarrow.parquet as pq

here, series, folder = sys.argv[1:4]
wanted = np.load(here)
ids = pq.read_table(series, columns=["id"])["id"].to_pylist()
place = {one: row for row, one in enumerate(ids)}
maps = wanted["map"].reshape(len(ids), -1)
top = np.abs(maps).max(axis=1)
count, worst, answers, others = 0, 0.0, 0.0, 0
for path in sorted(glob.glob(os.path.join(folder, "*.parquet"))):
    file = pq.ParquetFile(path)
    for group in range(file.num_row_groups):
        part = file.read_row_group(group, columns=["id", "map", "probabilities", "predicted"])
        at = [place.get(one, place.get(one.rsplit("#", 1)[0])) for one in part["id"].to_pylist()]
        apart = np.abs(np.stack(part["map"].to_numpy()) - maps[at]).max(axis=1)
        worst = max(worst, (apart / np.maximum(top[at], 1e-30)).max())
        apart = np.abs(np.stack(part["probabilities"].to_numpy()) - wanted["probabilities"][at])
        answers = max(answers, apart.max())
        others += int((part["predicted"].to_numpy() != wanted["predicted"][at]).sum())
        count += len(at)
print(f"{count} maps, {worst:.1e} of their maximum apart at most, p {answers:.1e}, {others} other answers")
sys.exit(count == 0 or worst > 1e-5 or others > 0)
