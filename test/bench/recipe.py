"""The PyTorch side of recipe.ts: python recipe.py FOLDER; every line read trains by FOLDER/setting.json, twice."""

import json
import math
import pathlib
import sys
import warnings

import numpy as np
import torch

warnings.filterwarnings("ignore")
sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "fixtures/architectures"))
import modules  # noqa: E402

RATE = 1e-3
torch.set_num_threads(1)
folder = pathlib.Path(sys.argv[1])


def share(model, x, y):
    model.eval()
    with torch.no_grad():
        return (model(x).argmax(1) == y).float().mean().item()


def trained(model, data, batches):
    """Share of right answers on the test series with the weights that answered most of `held`, and the last loss."""
    optimiser = torch.optim.Adam(model.parameters(), lr=RATE)
    total, step, best, kept = sum(map(len, batches)), 0, -1, None
    x, y = data["train"]
    for epoch in batches:
        model.train()
        loss_sum = 0
        for rows in epoch:
            optimiser.param_groups[0]["lr"] = RATE / 2 * (1 + math.cos(math.pi * step / total))
            loss = torch.nn.functional.cross_entropy(model(x[rows]), y[rows])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            loss_sum += loss.item() * len(rows)
            step += 1
        right = share(model, *data["held"])
        if right >= best:
            best, kept = right, {key: value.clone() for key, value in model.state_dict().items()}
    model.load_state_dict(kept)
    return share(model, *data["test"]), loss_sum / len(x)


for _ in sys.stdin:
    setting = json.loads((folder / "setting.json").read_text())
    modules.F, modules.T, modules.C = setting["features"], setting["steps"], setting["classes"]
    modules.W, modules.WINDOW = setting["filters"], round(0.2 * modules.T)
    data = {
        part: (torch.tensor(np.fromfile(folder / f"{part}.f32", np.float32).reshape(-1, modules.F, modules.T)), torch.tensor(labels))
        for part, labels in setting["labels"].items()
    }
    batches = setting["batches"]
    paired, loss = trained(modules.loaded(setting["name"], folder / "start.onnx"), data, batches)
    torch.manual_seed(setting["seed"])
    own = [torch.tensor_split(torch.randperm(len(data["train"][0])), len(epoch)) for epoch in batches]
    own = [[rows.tolist() for rows in epoch] for epoch in own]
    print(json.dumps({"paired": paired, "loss": loss, "own": trained(modules.MODELS[setting["name"]](), data, own)[0]}), flush=True)
