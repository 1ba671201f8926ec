"""The PyTorch side of `npm run bench -- train`: takes steps of training when told to and says what they cost.

python train.py FOLDER, with FOLDER/<name>.onnx (weights) and x.f32 [32, F, T]. Reads lines `<name> <steps>`, answers a
line of JSON each: the loss of every step, its milliseconds on the clock and of processor time.
"""

import json
import pathlib
import sys
import time
import warnings

import numpy as np
import torch

warnings.filterwarnings("ignore")
sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "fixtures/architectures"))
import modules  # noqa: E402

torch.set_num_threads(2)
folder = pathlib.Path(sys.argv[1])
setting = json.loads((folder / "setting.json").read_text())
modules.F, modules.T, modules.C = setting["features"], setting["steps"], setting["classes"]
modules.WINDOW, modules.KERNELS = round(0.2 * modules.T), (39, 19, 9)
batch = setting["batch"]
x = torch.tensor(np.fromfile(folder / "x.f32", np.float32).reshape(batch, modules.F, modules.T))
y = torch.arange(batch) % modules.C
made = {}
print(json.dumps({"torch": torch.__version__}), flush=True)
for line in sys.stdin:
    name, steps = line.split()
    if name not in made:
        modules.W = setting["filters"][name]
        model = modules.loaded(name, folder / f"{name}.onnx").train()
        made[name] = model, torch.optim.Adam(model.parameters(), lr=1e-3)
    model, optimiser = made[name]
    answer = {"loss": [], "wall": [], "cpu": []}
    for _ in range(int(steps)):
        wall, cpu = time.perf_counter(), time.process_time()
        loss = torch.nn.functional.cross_entropy(model(x), y)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        answer["loss"].append(loss.item())
        answer["wall"].append(1000 * (time.perf_counter() - wall))
        answer["cpu"].append(1000 * (time.process_time() - cpu))
    print(json.dumps(answer), flush=True)
