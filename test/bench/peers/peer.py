"""The peer of `npm run bench -- peers`: the same model in PyTorch, and the maps as Captum makes them.

Reads one request a line on standard input, answers one line each. Captum itself where it is installed; else its
algorithms in plain PyTorch, written after its source (captum.attr: _core/layer/grad_cam.py, integrated_gradients.py,
noise_tunnel.py, occlusion.py, feature_ablation.py).
"""

import base64
import json
import os
import resource
import sys
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as fn

try:
    import captum
    from captum import attr
except ImportError:
    captum = attr = None

torch.set_num_threads(int(os.environ.get("ATTRIBUTION_BENCH_THREADS", "2")))


def array(tensor):
    kind = {"float32": "<f4", "int64": "<i8"}[tensor["dtype"]]
    return np.frombuffer(base64.b64decode(tensor["data"]), kind).reshape(tensor["dims"]).copy()


class Same(nn.Module):
    """A convolution with the paddings of its ONNX node, before the norm that the exporter folded into it."""

    def __init__(self, node, weights, bias):
        super().__init__()
        rank = weights.ndim - 2
        self.one = rank == 1
        kernel = weights.shape[2:]
        if node.get("auto_pad") == "SAME_UPPER":
            total = [k - 1 for k in kernel]
            self.pads = [p for t in reversed(total) for p in (t // 2, t - t // 2)]
        else:
            begin, end = node.get("pads", [0] * 2 * rank)[:rank], node.get("pads", [0] * 2 * rank)[rank:]
            self.pads = [p for b, e in zip(reversed(begin), reversed(end)) for p in (b, e)]
        symmetric = self.pads[0::2] == self.pads[1::2]
        inside = list(reversed(self.pads[0::2])) if symmetric else 0
        make = nn.Conv1d if rank == 1 else nn.Conv2d
        self.conv = make(weights.shape[1], weights.shape[0], kernel, padding=inside, bias=bias is not None)
        self.conv.weight.data = torch.tensor(weights)
        if bias is not None:
            self.conv.bias.data = torch.tensor(bias)
        self.outside = None if symmetric else self.pads

    def forward(self, x):
        return self.conv(x if self.outside is None else fn.pad(x, self.outside))


class Norm(nn.Module):
    def __init__(self, scale, shift, mean, variance, epsilon):
        super().__init__()
        self.values = [torch.tensor(v) for v in (mean, variance, scale, shift)]
        self.epsilon = epsilon

    def forward(self, x):
        mean, variance, scale, shift = self.values
        return fn.batch_norm(x, mean, variance, scale, shift, False, 0.1, self.epsilon)


class Model(nn.Module):
    """The nodes of the graph in order, every operator as PyTorch has it."""

    def __init__(self, graph):
        super().__init__()
        self.nodes = graph["nodes"]
        self.constants = {name: array(value) for name, value in graph["constants"].items()}
        self.input, self.output = graph["input"], graph["output"]
        self.parts = nn.ModuleDict()
        for node in self.nodes:
            values = [self.constants.get(name) for name in node["inputs"]]
            if node["op"] == "Conv":
                part = Same(node["attributes"], values[1], values[2] if len(values) > 2 else None)
            elif node["op"] == "BatchNormalization":
                part = Norm(*values[1:], node["attributes"]["epsilon"])
            elif node["op"] == "Gemm":
                part = nn.Linear(values[1].shape[1], values[1].shape[0])
                part.weight.data, part.bias.data = torch.tensor(values[1]), torch.tensor(values[2])
            elif node["op"] == "Relu":
                part = nn.ReLU()
            elif node["op"] == "MaxPool":
                part = nn.MaxPool1d(node["attributes"]["kernel_shape"][0], 1, node["attributes"]["pads"][0])
            else:
                part = nn.Identity()
            self.parts[self.key(node)] = part

    @staticmethod
    def key(node):
        return node["outputs"][0].replace(".", "_")

    def layer(self, tensor):
        return self.parts[tensor.replace(".", "_")]

    def forward(self, x):
        known = {self.input: x}
        for node in self.nodes:
            inputs = [known[name] for name in node["inputs"] if name in known]
            known[node["outputs"][0]] = self.run(node, inputs)
        return known[self.output]

    def run(self, node, inputs):
        op, attributes = node["op"], node["attributes"]
        if op in ("Unsqueeze", "Squeeze"):
            axes = self.constants[node["inputs"][1]].tolist()
            return (torch.unsqueeze if op == "Unsqueeze" else torch.squeeze)(inputs[0], axes[0])
        if op == "Concat":
            return torch.cat(inputs, attributes["axis"])
        if op == "Add":
            return inputs[0] + inputs[1]
        if op == "ReduceMean":
            return inputs[0].mean(attributes["axes"])
        return self.parts[self.key(node)](inputs[0])


class Peer:
    def __init__(self, model):
        self.model = model.eval()

    def chosen(self, x):
        with torch.no_grad():
            return self.model(x).argmax(1)

    def forward(self, x, _):
        with torch.no_grad():
            return self.model(x)

    def gradcam(self, x, options):
        layer = self.model.layer(options["layer"])
        target = self.chosen(x)
        if attr:
            return attr.LayerGradCam(self.model, layer).attribute(x, target)
        kept = []
        hook = layer.register_forward_hook(lambda _m, _i, output: kept.append(output))
        x = x.clone().requires_grad_()
        score = self.model(x).gather(1, target[:, None])[:, 0]
        hook.remove()
        gradient = torch.autograd.grad(torch.unbind(score), kept[0])[0]
        weights = gradient.mean(dim=tuple(range(2, gradient.ndim)), keepdim=True)
        return (weights * kept[0]).sum(1, keepdim=True).detach()

    def gradients(self, x, target):
        x = x.detach().requires_grad_()
        score = self.model(x).gather(1, target[:, None])[:, 0]
        return torch.autograd.grad(torch.unbind(score), x)[0]

    def integrated_gradients(self, x, options):
        steps, batch = options["samples"], options.get("batch")
        target = self.chosen(x)
        if attr:
            return attr.IntegratedGradients(self.model).attribute(
                x, None, target, n_steps=steps, internal_batch_size=batch
            )
        nodes, weights = np.polynomial.legendre.leggauss(steps)
        baseline = torch.zeros_like(x)
        path = torch.cat([baseline + (1 + a) / 2 * (x - baseline) for a in nodes], 0).requires_grad_()
        each = target.repeat(steps)
        parts = [slice(i, i + (batch or len(path))) for i in range(0, len(path), batch or len(path))]
        gradients = torch.cat([self.gradients(path[part], each[part]) for part in parts])
        scaled = gradients.view(steps, -1) * torch.tensor(weights / 2, dtype=torch.float32).view(steps, 1)
        return scaled.view(steps, *x.shape).sum(0) * (x - baseline)

    def smoothgrad(self, x, options):
        samples, deviation = options["samples"], options["deviation"]
        target = self.chosen(x)
        if attr:
            return attr.NoiseTunnel(attr.Saliency(self.model)).attribute(
                x, "smoothgrad", samples, options.get("batch"), deviation, target=target, abs=False
            )
        each = options.get("batch") or samples
        total = torch.zeros_like(x)
        for _ in range(0, samples, each):
            with torch.no_grad():
                noisy = x.repeat_interleave(each, 0)
                noisy = noisy + torch.normal(0, deviation, noisy.shape)
            gradients = self.gradients(noisy, target.repeat_interleave(each))
            total += gradients.view(-1, each, *x.shape[1:]).sum(1)
        return total / samples

    def perturbed(self, x, masks, options):
        """masks [M, F, T]: what is replaced by 0. Captum's own loop: `perturbations` masks beside each other a run."""
        target, together = self.chosen(x), options.get("batch") or 1
        with torch.no_grad():
            first = self.model(x).gather(1, target[:, None])[:, 0]
            total, weights = torch.zeros_like(x), torch.zeros_like(x)
            for at in range(0, len(masks), together):
                mask = masks[at : at + together]
                count = len(mask)
                changed = (x[None] * (1 - mask[:, None])).reshape(-1, *x.shape[1:])
                answers = self.model(changed).gather(1, target.repeat(count)[:, None])[:, 0]
                drop = first[None] - answers.view(count, -1)
                total += (drop[:, :, None, None] * mask[:, None]).sum(0)
                weights += mask.sum(0)[None]
            return total / weights

    def occlusion(self, x, options):
        if attr:
            return attr.Occlusion(self.model).attribute(
                x, (1, 10), (1, 5), target=self.chosen(x), perturbations_per_eval=options.get("batch") or 1
            )
        features, steps = x.shape[1:]
        starts = range(0, int(np.ceil((steps - 10) / 5)) * 5 + 1, 5)
        masks = torch.zeros(features * len(starts), features, steps)
        for i in range(len(masks)):
            row, start = divmod(i, len(starts))
            masks[i, row, start * 5 : start * 5 + 10] = 1
        return self.perturbed(x, masks, options)

    def feature_ablation(self, x, options):
        features = x.shape[1]
        if attr:
            groups = torch.arange(features)[None, :, None].expand(1, features, x.shape[2])
            return attr.FeatureAblation(self.model).attribute(
                x, target=self.chosen(x), feature_mask=groups, perturbations_per_eval=options.get("batch") or 1
            )
        masks = torch.eye(features)[:, :, None].expand(features, features, x.shape[2])
        return self.perturbed(x, masks, options)

    def answers(self, series, target, batch):
        """Logits of the targets of many series, `batch` at a time."""
        with torch.no_grad():
            parts = [self.model(part) for part in torch.split(series, batch)]
            return torch.cat(parts).gather(1, target[:, None])[:, 0]

    def activation(self, x, layer):
        kept = []
        hook = layer.register_forward_hook(lambda _m, _i, output: kept.append(output))
        with torch.no_grad():
            target = self.model(x).argmax(1)
        hook.remove()
        return kept[0], target

    def score_cam(self, x, options):
        """As pytorch-grad-cam's ScoreCAM, instance by instance; softmax over the channels' scores (Wang et al. 2020)."""
        activation, target = self.activation(x, self.model.layer(options["layer"]))
        maps = []
        for one, channels, cls in zip(x, activation, target):
            least, most = channels.amin(1, keepdim=True), channels.amax(1, keepdim=True)
            kept = torch.where(most > least, (channels - least) / (most - least).clamp(min=1e-30), 0)
            scores = self.answers(one[None] * kept[:, None, :], cls.repeat(len(kept)), options["batch"])
            maps.append((torch.softmax(scores, 0)[:, None] * channels).sum(0))
        return torch.stack(maps)

    def ablation_cam(self, x, options):
        """As pytorch-grad-cam's AblationCAM: the whole model with one channel of the layer off, in batches."""
        layer = self.model.layer(options["layer"])
        activation, target = self.activation(x, layer)
        first = self.answers(x, target, len(x))
        maps = []
        for one, channels, cls, y in zip(x, activation, target, first):
            off = 1 - torch.eye(len(channels))
            scores = []
            for part in torch.split(off, options["batch"]):
                hook = layer.register_forward_hook(lambda _m, _i, output, part=part: output * part[:, :, None])
                series = one[None].expand(len(part), -1, -1)
                scores.append(self.answers(series, cls.repeat(len(part)), len(part)))
                hook.remove()
            maps.append((((y - torch.cat(scores)) / y.abs())[:, None] * channels).sum(0))
        return torch.stack(maps)

    def deletion(self, x, options):
        """Cells by |x|, the highest set to zero first (deletion) or put back first (insertion), at these shares."""
        shares = [0, 0.01, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 1]
        size = x[0].numel()
        nearest = lambda cells: int(cells + 0.5)
        counts = [nearest(s * size) if s <= 0.5 else size - nearest((1 - s) * size) for s in shares]
        flat = x.reshape(len(x), -1)
        order = flat.abs().argsort(1, descending=True)
        place = torch.empty_like(order).scatter_(1, order, torch.arange(size).expand_as(order))
        limit = torch.tensor(counts)[None, :, None]
        gone = place[:, None] < limit
        series = torch.cat([flat[:, None] * ~gone, flat[:, None] * gone], 1)
        count = series.shape[1]
        target = self.chosen(x).repeat_interleave(count)
        return self.answers(series.reshape(-1, *x.shape[1:]), target, options["batch"]).reshape(len(x), count)


def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def main():
    versions = {"torch": torch.__version__, "captum": captum and captum.__version__}
    print(json.dumps(versions), flush=True)
    peer, inputs = None, {}
    for line in sys.stdin:
        request = json.loads(line)
        if "graph" in request:
            peer = Peer(Model(request["graph"]))
            print("{}", flush=True)
            continue
        if "x" in request:
            inputs = torch.tensor(array(request["x"]))
            print("{}", flush=True)
            continue
        method = getattr(peer, request["method"])
        before, start = cpu(), time.perf_counter()
        result = method(inputs, request["options"])
        wall = time.perf_counter() - start
        answer = {"wall": wall * 1000, "cpu": (cpu() - before) * 1000}
        if request.get("result"):
            values = result.detach().numpy().astype("<f4")
            answer["result"] = base64.b64encode(np.ascontiguousarray(values).tobytes()).decode()
        print(json.dumps(answer), flush=True)


main()
