"""What every job here does with a batch: one run of explainer.onnx. Needs numpy and onnxruntime."""

import numpy as np
import onnxruntime as ort

TYPES = {"tensor(double)": np.float64, "tensor(float)": np.float32, "tensor(int64)": np.int64}


class Explainer:
    """A session and the names of its outputs; make one for each worker, not one for each batch."""

    def __init__(self, path, threads=1):
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        self.session = ort.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        self.inputs = self.session.get_inputs()
        self.outputs = [output.name for output in self.session.get_outputs()]

    def __call__(self, batch):
        """Columns of series.parquet, as lists or arrays; gives the columns that `dataset --maps` reads."""
        rows = len(batch["id"])
        feeds = {}
        for given in self.inputs:
            column = batch.get(given.name, batch["series"])
            values = np.stack([np.asarray(one) for one in column]).astype(TYPES[given.type])
            feeds[given.name] = values.reshape(rows, *given.shape[1:])
        answers = dict(zip(self.outputs, self.session.run(self.outputs, feeds)))
        kept = {name: batch[name] for name in ("id", "label") if name in batch}
        return {**kept, **{name: flat(values) for name, values in answers.items()}}


def flat(values):
    """One number, or one flat list of numbers, for each instance."""
    return values if values.ndim == 1 else values.reshape(len(values), -1)
