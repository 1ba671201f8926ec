"""Makes the sample: invented recordings, a trained XCM as ONNX, attribution.json, ground truth, and what PyTorch itself
answers (test/fixtures/sample_reference.json), against which the extension is tested. Run: python make_sample.py"""

import json
from pathlib import Path

import numpy as np
import torch

from movement import CLASSES, FEATURES, SHORTEST, STEPS, recording, units
from xcm import LAYERS, XCM, check_export, export, fit_standardization, logits_of, maps, rounded
from xcm import standardize_then_pad, train

SEED, WINDOW, FILTERS = 3, 26, 16  # window: 20 % of the 131 steps
TRAIN, HELD_OUT, SHIPPED = 1500, 600, 60
ORDER = [1, 0, 2]  # classes of the cases in turn: 0003 is a run, 0007 a walk, 0011 stairs
# Lengths of a few shipped cases: a short one to begin with, one that fills the model's input, the shortest possible.
LENGTHS = {3: 74, 7: 48, 11: 103, 13: STEPS, 20: SHORTEST}
SINGLES = [3, 7, 11, 13, 20, 24, 40]
KNOCKS = {17: 14}  # case → step of a knock against a sensor: a mistake to look at
REFERENCE = [7, 13]  # besides the first wrong one

sample = Path(__file__).resolve().parents[1]
repository = sample.parents[1]


def draw(random, count, offset, scale, lengths=None, knocks=None):
    labels = np.array([ORDER[i % 3] for i in range(count)])
    drawn = random.integers(SHORTEST, STEPS + 1, count)
    for case, length in (lengths or {}).items():
        drawn[case] = length
    made = [
        recording(random, CLASSES[label], int(length), offset, scale, (knocks or {}).get(case))
        for case, (label, length) in enumerate(zip(labels, drawn))
    ]
    return [values for values, _ in made], labels, [cells for _, cells in made]


def short(value):
    return f"{value:.5g}"


def write_csv(path, header, rows):
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join([",".join(header), *(",".join(row) for row in rows)]) + "\n")


def write_json(path, value, **how):
    path.write_text(json.dumps(value, **how) + "\n")


def main():
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    random = np.random.default_rng(11)
    offset, scale = units(random)
    series, labels, _ = draw(random, TRAIN, offset, scale)
    # What attribution.json holds, so that every number below can be had from the files alone.
    mean, std = (np.array(rounded(values, 7)) for values in fit_standardization(series))
    x_train, labels_train = standardize_then_pad(series, mean, std, STEPS), labels
    model = XCM(len(FEATURES), len(CLASSES), WINDOW, FILTERS)
    train(model, x_train, labels_train, epochs=10, blind=0.4, sparse=4.0, narrow=60.0)

    held_out, true, _ = draw(random, HELD_OUT, offset, scale)
    accuracy = (logits_of(model, standardize_then_pad(held_out, mean, std, STEPS)).argmax(1) == true).mean()

    series, labels, cells = draw(random, SHIPPED, offset, scale, LENGTHS, KNOCKS)
    names = [f"{CLASSES[label]}_{case:04d}" for case, label in enumerate(labels)]
    x, lengths = standardize_then_pad(series, mean, std, STEPS), [values.shape[1] for values in series]
    logits = logits_of(model, x)
    wrong = [case for case in range(SHIPPED) if logits[case].argmax() != labels[case]]
    (sample / "models").mkdir(exist_ok=True)
    export(model, sample / "models" / "xcm.onnx", len(FEATURES), STEPS)
    error = check_export(model, sample / "models" / "xcm.onnx", x)
    scaler = {"features": FEATURES, "mean": mean.tolist(), "std": std.tolist()}
    write_json(sample / "models" / "scaler.json", scaler, indent=1)
    print(f"test accuracy {accuracy:.3f} of {HELD_OUT}, shipped {1 - len(wrong) / SHIPPED:.3f} of {SHIPPED}")
    print("wrong:", [(names[case], CLASSES[logits[case].argmax()]) for case in wrong])
    print(f"max |torch − onnxruntime| of the logits {error:.1e}")
    assert accuracy >= 0.95 and wrong and len(wrong) <= 3
    report_hits(model, x, labels, logits, cells, lengths)

    steps = [
        [names[case], str(t), CLASSES[labels[case]], *map(short, step)]
        for case in range(SHIPPED)
        for t, step in enumerate(series[case].T)
    ]
    write_csv(sample / "data" / "test.csv", ["case", "t", "label", *FEATURES], steps)
    for old in (sample / "data").glob("*_????.csv"):
        old.unlink()
    for case in sorted({*SINGLES, *wrong[:2]}):
        rows = [[str(t), CLASSES[labels[case]], *map(short, step)] for t, step in enumerate(series[case].T)]
        write_csv(sample / "data" / f"{names[case]}.csv", ["t", "label", *FEATURES], rows)
    truth = [
        {"case": names[case], "length": series[case].shape[1], "label": CLASSES[labels[case]], "salient": cells[case]}
        | ({"knock": {"feature": "left_ankle_acc_x", "from": KNOCKS[case], "to": KNOCKS[case] + 8}} if case in KNOCKS else {})
        for case in range(SHIPPED)
    ]
    about = (
        "Where the event that makes the class was put, and a knock against a sensor: "
        "steps are 0-based, `from` inclusive, `to` exclusive."
    )
    write_json(sample / "ground_truth.json", {"about": about, "cases": truth}, indent=1)
    write_json(
        sample / "attribution.json",
        {
            "model": "models/xcm.onnx",
            "classes": CLASSES,
            "layer": "conv2dblock",
            "data": {"files": "data/*.csv", "time": "t", "label": "label", "features": FEATURES},
            "preprocess": [
                {"standardize": {"mean": mean.tolist(), "std": std.tolist()}},
                {"pad": {"to": STEPS, "value": 0, "side": "end"}},
            ],
            "mask": "auto",
        },
        indent=2,
    )
    make_wide(x_train, labels_train, x, labels, lengths)
    write_reference(model, x, series, labels, names, logits, sorted({*REFERENCE, wrong[0]}), accuracy)


def make_wide(x_train, labels_train, x, labels, lengths):
    """The same task as it is often done: a kernel as long as the padded series, trained plainly. Its maps lie on the padding."""
    torch.manual_seed(1)
    model = XCM(len(FEATURES), len(CLASSES), window=STEPS, filters=8)
    train(model, x_train, labels_train, epochs=8, rate=3e-3)
    path = sample / "models" / "xcm_wide.onnx"
    export(model, path, len(FEATURES), STEPS)
    check_export(model, path, x)
    print(f"xcm_wide: shipped {(logits_of(model, x).argmax(1) == labels).mean():.3f}")
    last = np.maximum(maps(model, x, lengths)["conv1d"]["gradcam"][7, labels[7]], 0)
    print(f"xcm_wide: share of walk_0007's conv1d map on padding {last[lengths[7] :].sum() / last.sum():.2f}")


def report_hits(model, x, labels, logits, cells, lengths):
    """How often the brightest cell of a right answer's map lies at the event."""
    for layer, methods in maps(model, x, lengths).items():
        for method in ("gradcam", "hirescam"):
            hits = []
            for case in np.flatnonzero(logits.argmax(1) == labels):
                brightest = np.unravel_index(methods[method][case, labels[case]].argmax(), methods[method].shape[2:])
                near = [c for c in cells[case] if c["from"] <= brightest[-1] < c["to"]]
                rows = [FEATURES.index(c["feature"]) for c in near]
                hits.append(bool(near) and (len(brightest) == 1 or brightest[0] in rows))
            print(f"{layer:15s} {method:9s} brightest cell at the event: {np.mean(hits):.2f}")


def write_reference(model, x, series, labels, names, logits, cases, accuracy):
    found = maps(model, x[cases], [series[case].shape[1] for case in cases])
    instances = []
    for row, case in enumerate(cases):
        ranked = np.argsort(-logits[case])
        per_layer = {}
        for layer, methods in found.items():
            # Maps of 2-D layers are large: only the predicted class.
            targets = ranked[:1] if next(iter(methods.values())).ndim == 4 else ranked[:2]
            per_layer[layer] = {
                method: {CLASSES[target]: rounded(values[row, target], 6) for target in targets}
                for method, values in methods.items()
            }
        instances.append({"case": names[case], "length": series[case].shape[1], "maps": per_layer})
    write_json(
        repository / "test" / "fixtures" / "sample_reference.json",
        {
            "about": "PyTorch's answers for media/sample. maps[layer][method][class]: no ReLU, as the layer has them, padding included.",
            "classes": CLASSES,
            "testAccuracy": round(float(accuracy), 4),
            "layers": {layer: {"tensor": tensor} for layer, (_, tensor) in LAYERS.items()},
            "logits": {name: rounded(values) for name, values in zip(names, logits)},
            "labels": {name: CLASSES[label] for name, label in zip(names, labels)},
            "instances": instances,
        },
        separators=(",", ":"),
    )


if __name__ == "__main__":
    main()
