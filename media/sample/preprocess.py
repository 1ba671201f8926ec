"""From a recording (or a file of many) to what the model takes: standardise, then pad.

    python preprocess.py data/test.csv out.npz

IN   a CSV: one row per time step, one column per feature; a `case` column where the file holds many recordings.
OUT  an .npz: x [N, F, T] float32, lengths [N], mask [N, T] (1 = real step), feature_names, instance_ids,
     and y [N] (index into CLASSES) where the file has labels.
"""

import csv
import json
import sys
from pathlib import Path

import numpy as np

CLASSES = ["walk", "run", "stairs"]
STEPS = 131  # T: the length the model was trained with

# Mean and standard deviation of each feature, in the model's order, over the real steps of the training set.
SCALER = json.loads((Path(__file__).parent / "models" / "scaler.json").read_text())


def read(path):
    """{case: (values [L, F], label or None)}, in the order of the file."""
    rows_of = {}
    with open(path, newline="", encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            rows_of.setdefault(row.get("case", Path(path).stem), []).append(row)
    return {
        case: (np.array([[float(row[name]) for name in SCALER["features"]] for row in rows]), rows[0].get("label"))
        for case, rows in rows_of.items()
    }


def standardize(values):
    return (values - SCALER["mean"]) / SCALER["std"]


def pad(values):
    """Zeros at the end. After standardising, so zero is the mean of every feature; before, it would be far outside."""
    if len(values) > STEPS:
        raise SystemExit(f"A recording has {len(values)} steps, the model takes at most {STEPS}.")
    return np.pad(values, ((0, STEPS - len(values)), (0, 0)), constant_values=0.0)


def main(source, target):
    recordings = read(source)
    series = [values for values, _ in recordings.values()]
    lengths = np.array([len(values) for values in series])
    x = np.stack([pad(standardize(values)) for values in series])  # [N, T, F]
    arrays = {
        "x": x.transpose(0, 2, 1).astype(np.float32),  # transpose, not reshape: [N, F, T]
        "lengths": lengths,
        "mask": (np.arange(STEPS) < lengths[:, None]).astype(np.uint8),
        "feature_names": np.array(SCALER["features"]),
        "instance_ids": np.array(list(recordings)),
    }
    labels = [label for _, label in recordings.values()]
    if all(label is not None for label in labels):
        arrays["y"] = np.array([CLASSES.index(label) for label in labels])
    np.savez(target, **arrays)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    main(sys.argv[1], sys.argv[2])
