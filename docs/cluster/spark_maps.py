"""spark-submit --py-files answers.py spark_maps.py explainer.onnx series.parquet maps

Maps of every instance on Spark, one session for each task. Needs pyspark, pandas, pyarrow, numpy, onnxruntime.
Not run on Spark itself, which could not be had: a stand-in for pyspark hands the rows over.
"""

import os
import sys

import pandas as pd
from answers import Explainer
from pyspark import SparkFiles
from pyspark.sql import SparkSession

explainer, series, out = sys.argv[1:4]

COLUMNS = (
    "id string, label string, logits array<float>, probabilities array<float>, predicted long, explained long, "
    "map array<float>, zones array<long>, shares array<float>"
)


def answer(frames):
    explain = Explainer(SparkFiles.get(os.path.basename(explainer)))
    for frame in frames:
        yield pd.DataFrame({name: list(values) for name, values in explain(frame).items()})


spark = SparkSession.builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", 64).getOrCreate()
spark.sparkContext.addFile(explainer)
spark.read.parquet(series).mapInPandas(answer, COLUMNS).write.parquet(out)
