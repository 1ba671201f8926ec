"""python ray_maps.py explainer.onnx series.parquet maps

Maps of every instance on a Ray cluster. Needs ray[data], numpy, onnxruntime, and answers.py beside it.
"""

import os
import sys

import ray

explainer, series, out = (os.path.abspath(path) for path in sys.argv[1:4])
here = os.path.dirname(os.path.abspath(__file__))
ray.init(runtime_env={"working_dir": here}, include_dashboard=False)

# An actor holds a CPU for as long as the job runs, and reading and writing need one, too.
actors = max(1, int(ray.cluster_resources().get("CPU", 2)) - 1)


class RayExplainer:
    def __init__(self, path):
        from answers import Explainer

        self.explain = Explainer(path)

    def __call__(self, batch):
        return self.explain(batch)


(
    ray.data.read_parquet(series)
    .map_batches(RayExplainer, fn_constructor_args=(explainer,), batch_size=64, concurrency=(1, actors))
    .write_parquet(out, row_group_size=1000)
)
