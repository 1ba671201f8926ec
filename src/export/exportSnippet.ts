/** Where a model was trained. */
export type Framework = 'torch-export' | 'torch-inputs' | 'torch-settings' | 'pytorch' | 'tsai' | 'keras';

interface ExportSnippet {
  readonly framework: Framework;
  /** As the framework calls itself. */
  readonly label: string;
  /** What the code expects to find, in a few words. */
  readonly needs: string;
  /** Endings of the model files the framework writes, which hold no graph that can be read. */
  readonly endings: readonly string[];
  /** Python, complete: pasted where the model was trained it writes the model, and all but the first two attribution.json. */
  readonly code: string;
}

/** Keeps what somebody wrote into attribution.json by hand; its comments are the one thing json cannot read. */
const saveProject = `
def save_project(folder, layout, features, classes, preprocess):
    path = Path(folder) / "attribution.json"
    project = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    project.update(model="model.onnx", input=layout, classes=np.asarray(classes).tolist(), preprocess=preprocess)
    project.setdefault("data", {})["features"] = np.asarray(features).tolist()
    path.write_text(json.dumps(project, indent=2), encoding="utf-8")
`;

const numbers = `
def numbers(values):
    return np.asarray(values, dtype=float).ravel().tolist()
`;

/** The module that torch.compile and the parallel ones wrap, so that layers have their own paths; told by the type, since `module` may be anybody's. */
const wrappedBy =
  'm for m in model.modules() if not type(m).__name__.endswith(("OptimizedModule", "DataParallel"))';
const asWeights = '.to(next(net.parameters(), torch.empty(0)))';

const torchExport = `
def export_onnx(model, features, steps, path):
    was_training = model.training
    model.eval()  # dropout off, batch norm with its running statistics
    net = next(${wrappedBy})
    x = torch.randn(2, features, steps)${asWeights}  # [N, F, T]
    torch.onnx.export(
        net, (x,), str(path),
        input_names=["x"], output_names=["logits"],
        dynamic_axes={"x": {0: "batch"}, "logits": {0: "batch"}},
        opset_version=17,
        dynamo=False,  # torch before 2.5 does not know this argument: leave it out there
    )
    model.train(was_training)
`;

const head =
  '# PyTorch to .pt2 for Attribution Lens: torch 2.6 or newer, nothing else; model is left in evaluation mode.';

const torchThreeLines = `${head}
#   model   the trained torch.nn.Module; of a compiled or parallel one what it wraps is saved
#   X       some series as it takes them, [N, F, T], two at least
import torch

net = next(${wrappedBy}).eval()
x = torch.as_tensor(X[:2])${asWeights}
torch.export.save(torch.export.export(net, (x,), dynamic_shapes=({0: torch.export.Dim("batch")},)), "model.pt2")
`;

const torchInputs = `${head}
#   model    the trained torch.nn.Module; of a compiled or parallel one what it wraps is saved
#   inputs   what it is called with, two instances at least: a tuple in the order of its arguments, or a dict of their
#            names; arrays or tensors, lists and dicts of them where it takes such: (X, mask), {"x": X}, ([X, lengths],)
import torch
from torch.utils._pytree import tree_map

net = next(${wrappedBy}).eval()
weight = next(net.parameters(), torch.empty(0))

def two(values):
    some = torch.as_tensor(values[:2]).to(weight.device)
    return some.to(weight.dtype) if some.is_floating_point() else some  # masks and lengths stay what they are

some = tree_map(two, inputs)
args, named = ((), some) if isinstance(some, dict) else (tuple(some), {})
batch = torch.export.Dim("batch")
free = tree_map(lambda _: {0: batch}, named or args)
torch.export.save(torch.export.export(net, args, named, dynamic_shapes=free), "model.pt2")
`;

const torchProgram = `# PyTorch to .pt2 for Attribution Lens: needs torch 2.6 or newer and numpy; run it where the model is.
#   model      the trained torch.nn.Module; takes x [N, F, T], gives logits [N, classes]
#   features   names of the F features, in the order of the input; classes: in the order of the outputs
#   steps      T, the length that series are padded to
#   mean, std  [F] each: the numbers the training data were standardised with
import json
from pathlib import Path

import numpy as np
import torch

net = next(${wrappedBy}).eval()
x = torch.zeros(2, len(features), steps)${asWeights}
program = torch.export.export(net, (x,), dynamic_shapes=({0: torch.export.Dim("batch")},))
torch.export.save(program, "model.pt2")

${numbers}

${saveProject.replace('model.onnx', 'model.pt2')}

save_project(".", "NFT", features, classes, [
    {"standardize": {"mean": numbers(mean), "std": numbers(std)}},
    {"pad": {"to": steps, "value": 0, "side": "end"}},  # in the order of your own preprocessing
])
`;

const pytorch = `# PyTorch to ONNX for Attribution Lens: needs torch, numpy and onnx; run it where the model is.
#   model      the trained torch.nn.Module; takes x [N, F, T], gives logits [N, classes]
#              (a softmax or sigmoid at its very end may stay: the logits before it are read)
#   features   names of the F features, in the order of the input; classes: in the order of the outputs
#   steps      T, the length that series are padded to
#   mean, std  [F] each: the numbers the training data were standardised with
import json
from pathlib import Path

import numpy as np
import torch

${torchExport}

${numbers}

${saveProject}

export_onnx(model, len(features), steps, "model.onnx")
save_project(".", "NFT", features, classes, [
    {"standardize": {"mean": numbers(mean), "std": numbers(std)}},
    {"pad": {"to": steps, "value": 0, "side": "end"}},  # in the order of your own preprocessing
])
`;

const tsai = `# tsai to ONNX for Attribution Lens: needs tsai and onnx; run it where the learner is.
#   learn      the trained learner (or: from fastai.learner import load_learner; learn = load_learner("export.pkl"))
#   X          the array [N, F, T] it was trained on, already padded
#   features   names of the F features, in the order of X
import json
from pathlib import Path

import numpy as np
import torch
from tsai.data.preprocessing import TSStandardize

${torchExport}

${numbers}

${saveProject}

def standardize_step(learn, features):
    """What TSStandardize learnt, one number per feature; None where the learner does not standardise."""
    found = [t for t in learn.dls.train.after_batch.fs if isinstance(t, TSStandardize)]
    if not found:
        return None
    if found[0].by_sample or found[0].by_step:
        raise ValueError("attribution.json holds one mean and std per feature; save prepared arrays as .npz instead.")
    mean, std = (torch.as_tensor(v).float().cpu().flatten().expand(features) for v in (found[0].mean, found[0].std))
    return {"standardize": {"mean": numbers(mean), "std": numbers(std)}}

_, F, T = X.shape
export_onnx(learn.model, F, T, "model.onnx")  # its output are logits: the loss has the softmax
step = standardize_step(learn, F)
# tsai standardises whole batches, so after X was padded. If you did it before padding, put your own step first.
pad = {"pad": {"to": T, "value": 0, "side": "end"}}
save_project(".", "NFT", features, learn.dls.vocab, [pad, step] if step else [pad])
`;

const keras = `# Keras to ONNX for Attribution Lens: needs keras, numpy, onnx and tf2onnx; run it where the model is.
#   model      the trained keras.Model (or: model = keras.models.load_model("model.keras")); takes x [N, T, F]
#              (a softmax or sigmoid at its very end may stay: the logits before it are read)
#   features   names of the F features, in the order of the input; classes: in the order of the outputs
#   steps      T, the length that series are padded to
#   mean, std  [F] each: the numbers the training data were standardised with
import json
from pathlib import Path

import keras
import numpy as np

def export_onnx(model, features, steps, path):
    """Both ways export inference (training=False): dropout off, batch norm with its moving statistics."""
    version = tuple(int(part) for part in keras.__version__.split(".")[:2])
    if version >= (3, 8):
        # None: any batch. Older versions with the torch backend make it 1, which is fine.
        signature = [keras.InputSpec(shape=(None, steps, features), dtype="float32")]
        opset = {"opset_version": 17} if version >= (3, 12) else {}
        model.export(path, format="onnx", input_signature=signature, **opset)
    else:
        import tensorflow as tf
        import tf2onnx

        run = tf.function(lambda x: model(x, training=False))
        signature = [tf.TensorSpec((None, steps, features), tf.float32, name="x")]
        tf2onnx.convert.from_function(run, input_signature=signature, opset=17, output_path=path)

${numbers}

${saveProject}

export_onnx(model, len(features), steps, "model.onnx")
save_project(".", "NTF", features, classes, [
    {"standardize": {"mean": numbers(mean), "std": numbers(std)}},
    {"pad": {"to": steps, "value": 0, "side": "end"}},  # in the order of your own preprocessing
])
`;

/** Code that exports a trained model: inference mode, logits, free batch, and, but for the first two, standardisation written down. */
export const EXPORT_SNIPPETS: readonly ExportSnippet[] = [
  {
    framework: 'torch-export',
    label: 'PyTorch (.pt2, three lines)',
    needs: 'model, X',
    endings: ['.pt', '.pth', '.ckpt', '.safetensors'],
    code: torchThreeLines,
  },
  {
    framework: 'torch-inputs',
    label: 'PyTorch (.pt2) with several inputs',
    needs: 'model, inputs',
    endings: ['.pt', '.pth', '.ckpt', '.safetensors'],
    code: torchInputs,
  },
  {
    framework: 'torch-settings',
    label: 'PyTorch (.pt2 and attribution.json)',
    needs: 'model, features, classes, steps, mean, std',
    endings: ['.pt', '.pth', '.ckpt', '.safetensors'],
    code: spaced(torchProgram),
  },
  {
    framework: 'pytorch',
    label: 'PyTorch (ONNX)',
    needs: 'model, features, classes, steps, mean, std',
    endings: ['.pt', '.pth', '.ckpt', '.safetensors'],
    code: spaced(pytorch),
  },
  {
    framework: 'tsai',
    label: 'tsai',
    needs: 'learn, X, features',
    endings: ['.pkl'],
    code: spaced(tsai),
  },
  {
    framework: 'keras',
    label: 'Keras',
    needs: 'model, features, classes, steps, mean, std',
    endings: ['.keras', '.h5', '.hdf5', '.pb', '.tflite'],
    code: spaced(keras),
  },
];

/** The snippet of a framework; @throws RangeError for a name that is none. */
export function exportSnippet(framework: Framework): ExportSnippet {
  const found = EXPORT_SNIPPETS.find((snippet) => snippet.framework === framework);
  if (!found) throw new RangeError(`there is no export snippet for ${framework}`);
  return found;
}

/** The framework that writes such files; undefined where the ending does not say. */
export function frameworkOf(path: string): Framework | undefined {
  const name = path.toLowerCase();
  return EXPORT_SNIPPETS.find(({ endings }) => endings.some((ending) => name.endsWith(ending)))?.framework;
}

/** Parts are put together with any number of empty lines between them; Python likes two at most. */
function spaced(code: string): string {
  return code.replace(/\n{4,}/g, '\n\n\n');
}
