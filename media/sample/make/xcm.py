"""XCM (Fauvel et al. 2021, "XCM: An Explainable Convolutional Neural Network for Multivariate Time Series
Classification"), its training, its ONNX export and its maps by torch autograd. Shared by the scripts that make models."""

import numpy as np
import onnx
import onnxruntime
import torch
from torch import nn


class Unsqueeze(nn.Module):
    def forward(self, x):
        return x.unsqueeze(1)


class Squeeze(nn.Module):
    def forward(self, x):
        return x.squeeze(1)


class Concat(nn.Module):
    def forward(self, time_map, feature_maps):
        return torch.cat([time_map, feature_maps], dim=1)


class MeanOverTime(nn.Module):
    def forward(self, x):
        return x.mean(dim=2)


def reach(convolution):
    """How far from their own place the filters look: mean over filters of the w²-weighted mean squared distance from
    the kernel's middle, in half windows. Free of the weights' scale, which batch-norm takes away again."""
    window = convolution.kernel_size[-1]
    distance = (torch.arange(window) - (window - 1) // 2) / (window / 2)
    power = (convolution.weight**2).flatten(1, -2).sum(1)
    return ((power * distance**2).sum(1) / power.sum(1)).mean()


class XCM(nn.Module):
    """[N, F, T] → logits [N, C]. A 2-D branch keeps the features apart, a 1-D branch mixes them."""

    def __init__(self, features, classes, window, filters):
        super().__init__()
        self.conv2dblock = nn.Sequential(
            Unsqueeze(), nn.Conv2d(1, filters, (1, window), padding="same"), nn.BatchNorm2d(filters), nn.ReLU()
        )
        self.conv2d1x1block = nn.Sequential(nn.Conv2d(filters, 1, 1), nn.ReLU(), Squeeze())
        self.conv1dblock = nn.Sequential(
            nn.Conv1d(features, filters, window, padding="same"), nn.BatchNorm1d(filters), nn.ReLU()
        )
        self.conv1d1x1block = nn.Sequential(nn.Conv1d(filters, 1, 1), nn.ReLU())
        self.concat = Concat()
        self.conv1d = nn.Sequential(
            nn.Conv1d(features + 1, filters, window, padding="same"), nn.BatchNorm1d(filters), nn.ReLU()
        )
        self.head = nn.Sequential(MeanOverTime(), nn.Linear(filters, classes))
        self.convolutions = [self.conv2dblock[1], self.conv1dblock[0], self.conv1d[0]]

    def forward(self, x):
        feature_maps = self.conv2d1x1block(self.conv2dblock(x))
        time_map = self.conv1d1x1block(self.conv1dblock(x))
        return self.head(self.conv1d(self.concat(time_map, feature_maps)))


# Layer name → (module whose output is read, ONNX tensor with the same values).
LAYERS = {
    "conv2dblock": ("conv2dblock.3", "/conv2dblock/conv2dblock.3/Relu_output_0"),
    "conv2d1x1block": ("conv2d1x1block.1", "/conv2d1x1block/conv2d1x1block.1/Relu_output_0"),
    "conv1dblock": ("conv1dblock.2", "/conv1dblock/conv1dblock.2/Relu_output_0"),
    "conv1d1x1block": ("conv1d1x1block.1", "/conv1d1x1block/conv1d1x1block.1/Relu_output_0"),
    "concat": ("concat", "/concat/Concat_output_0"),
    "conv1d": ("conv1d.2", "/conv1d/conv1d.2/Relu_output_0"),
}


def fit_standardization(series):
    """Mean and population sd per feature over the real steps only. series: list of [F, L]."""
    steps = np.concatenate(series, axis=1)
    return steps.mean(axis=1), steps.std(axis=1)


def standardize_then_pad(series, mean, std, steps):
    """list of [F, L] raw → float32 [N, F, T], zeros at the end."""
    x = np.zeros((len(series), len(mean), steps), np.float32)
    for row, values in zip(x, series):
        row[:, : values.shape[1]] = (values - mean[:, None]) / std[:, None]
    return x


def train(model, x, y, epochs, batch=32, rate=4e-3, decay=1e-3, blind=0.0, sparse=0.0, narrow=0.0):
    """AdamW on the cross-entropy, with three habits that make the maps good to read and cost no accuracy here.

    blind   share of the batches in which the last block sees the feature maps only, and of those in which it sees the
            time map only: each branch has to know the answer. The last quarter of the epochs sees both
    sparse  weight of the mean of the first 2-D block and of both maps in the loss: dark where there is nothing to say
    narrow  weight of the filters' reach: a map lights up at the event and not half a window beside it
    """
    generator = torch.Generator().manual_seed(0)
    x, y = torch.from_numpy(x), torch.from_numpy(y)
    optimizer = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=decay)
    batches = (len(x) + batch - 1) // batch
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=rate, total_steps=epochs * batches)
    model.train()
    for epoch in range(epochs):
        total, hide = 0.0, blind if epoch < 0.75 * epochs else 0.0
        for pick in torch.randperm(len(x), generator=generator).split(batch):
            block = model.conv2dblock(x[pick])
            feature_maps = model.conv2d1x1block(block)
            time_map = model.conv1d1x1block(model.conv1dblock(x[pick]))
            chance = torch.rand((), generator=generator)
            time_shown, features_shown = float(chance >= hide), float(chance < 1 - hide)
            logits = model.head(model.conv1d(model.concat(time_map * time_shown, feature_maps * features_shown)))
            loss = nn.functional.cross_entropy(logits, y[pick])
            light = block.mean() + feature_maps.mean() + time_map.mean()
            (loss + sparse * light + narrow * sum(map(reach, model.convolutions))).backward()
            optimizer.step()
            optimizer.zero_grad()
            schedule.step()
            total += loss.item() * len(pick)
        print(f"epoch {epoch + 1}/{epochs} loss {total / len(x):.4f}", flush=True)
    model.eval()


@torch.no_grad()
def logits_of(model, x):
    return torch.cat([model(part) for part in torch.from_numpy(x).split(64)]).numpy()


def export(model, path, features, steps):
    """ONNX by the TorchScript exporter: opset 17, dynamic batch, fixed T; the exporter folds batch-norm into the convolutions."""
    torch.onnx.export(
        model, (torch.zeros(2, features, steps),), str(path), dynamo=False, opset_version=17,
        input_names=["x"], output_names=["logits"], dynamic_axes={"x": {0: "batch"}, "logits": {0: "batch"}},
    )
    onnx.checker.check_model(onnx.load(str(path)), full_check=True)


def check_export(model, path, x):
    """The ONNX file must give torch's logits and hold every layer of LAYERS. Returns max |torch − onnxruntime| of the logits."""
    graph = onnx.load(str(path))
    for _, name in LAYERS.values():
        graph.graph.output.append(onnx.ValueInfoProto(name=name))
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    session = onnxruntime.InferenceSession(graph.SerializeToString(), options, providers=["CPUExecutionProvider"])
    names = ["logits"] + [name for _, name in LAYERS.values()]
    found = dict(zip(names, session.run(names, {"x": x})))
    with torch.no_grad():
        kept = activations(model, torch.from_numpy(x))
    for layer, (_, name) in LAYERS.items():
        difference = np.abs(found[name] - kept[layer].numpy()).max()
        assert difference < 1e-4, f"{layer}: torch and ONNX differ by {difference}"
    difference = float(np.abs(found["logits"] - kept["logits"].numpy()).max())
    assert difference < 1e-4, f"logits: torch and ONNX differ by {difference}"
    return difference


def activations(model, x):
    kept, hooks = {}, []
    for layer, (module, _) in LAYERS.items():
        hook = lambda _module, _input, output, layer=layer: kept.__setitem__(layer, output)
        hooks.append(model.get_submodule(module).register_forward_hook(hook))
    kept["logits"] = model(x)
    for hook in hooks:
        hook.remove()
    return kept


def maps(model, x, lengths):
    """{layer: {method: [N, C, P...]}} of every class logit, by autograd, signed (no ReLU), padding included.

    gradcam            Σ_k mean_p(g_k) · A_k          (Selvaraju 2017)
    gradcam_maskalpha  the mean over real steps only
    hirescam           Σ_k g_k · A_k                  (Draelos 2020)
    with A the layer's output and g = d logit / dA.
    """
    kept = activations(model, torch.from_numpy(x))
    logits = kept.pop("logits")
    found = {layer: {"gradcam": [], "gradcam_maskalpha": [], "hirescam": []} for layer in kept}
    for target in range(logits.shape[1]):
        gradients = torch.autograd.grad(logits[:, target].sum(), list(kept.values()), retain_graph=True)
        for (layer, activation), gradient in zip(kept.items(), gradients):
            places = tuple(range(2, activation.ndim))
            real = (torch.arange(activation.shape[-1])[None] < torch.as_tensor(lengths)[:, None]).float()
            real = real.reshape(len(x), *([1] * (activation.ndim - 2)), -1).expand(activation.shape[0], 1, *activation.shape[2:])
            alpha = gradient.mean(dim=places, keepdim=True)
            masked = (gradient * real).sum(dim=places, keepdim=True) / real.sum(dim=places, keepdim=True)
            found[layer]["gradcam"].append((alpha * activation).sum(1))
            found[layer]["gradcam_maskalpha"].append((masked * activation).sum(1))
            found[layer]["hirescam"].append((gradient * activation).sum(1))
    return {
        layer: {method: torch.stack(parts, 1).detach().numpy() for method, parts in methods.items()}
        for layer, methods in found.items()
    }


def rounded(values, digits=7):
    """Nested lists of short numbers: float32 has about 7 significant digits."""
    if np.ndim(values) == 0:
        return float(f"{float(values):.{digits}g}")
    return [rounded(value, digits) for value in values]
