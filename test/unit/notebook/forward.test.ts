import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXPORT_MODEL, type ExportedModel } from '../../../src/notebook/exportModel.ts';
import { inKernel, pythonWith } from '../../fixtures/notebook/notebookPython.ts';

/** Models whose `forward` writes, each somewhere else; `state` is all that they could have written. */
const models = (folder: string) => `
import collections, copy, functools, logging, os, random, sys, threading, torch
import numpy as np
sys.path.insert(0, ${JSON.stringify(folder)})
open(${JSON.stringify(join(folder, 'own_base.py'))}, "w").write("import torch\\nCOUNT = 0\\ndef note():\\n    global COUNT\\n    COUNT += 1\\nclass Base(torch.nn.Module):\\n    calls = []\\n    def bump(self):\\n        Base.calls.append(1)\\n@torch.jit.script\\ndef scripted(x):\\n    return x * 2\\n")
import own_base
items, table, names, array, tensor = [], {}, set(), np.zeros(3), torch.zeros(3)
queue, counts, slots, number = collections.deque(maxlen=4), collections.Counter(), iter(range(99)), 0
rng, generator, lock, log = np.random.default_rng(1), torch.Generator(), threading.Lock(), logging.getLogger("mine")
factor = torch.tensor(2.0)
class Net(torch.nn.Module):
    seen = []
    def __init__(self):
        super().__init__()
        self.conv, self.head = torch.nn.Conv1d(2, 3, 3, padding=1), torch.nn.Linear(3, 2)
        self.register_buffer("count", torch.zeros(1))
        self.steps = 0
    def tail(self, x):
        return self.head(torch.relu(self.conv(x)).mean(-1))
    def forward(self, x):
        return self.tail(x)
class Containers(Net):
    def forward(self, x):
        global number
        number += 1
        items.append(x); table["x"] = x; names.add(len(names)); queue.append(1); counts["n"] += 1; next(slots)
        array.__iadd__(1); tensor.add_(1); log.debug("x")
        return self.tail(x)
class Itself(Net):
    def forward(self, x):
        self.steps += 1; self.count += 1; Net.seen.append(1); type(self).extra = 1
        return self.tail(x)
class Norm(Net):
    def __init__(self):
        super().__init__()
        self.norm = torch.nn.BatchNorm1d(2)
    def forward(self, x):
        self.norm.train()
        return self.tail(self.norm(x))
class Chance(Net):
    def forward(self, x):
        random.random(); np.random.rand(); torch.rand(1); rng.random(); torch.rand(1, generator=generator)
        return self.tail(x)
def closed():
    calls = 0
    class Closed(Net):
        def forward(self, x):
            nonlocal calls
            calls += 1
            return self.tail(x)
    return Closed, lambda: calls
Closed, calls = closed()
class Copies(Net):
    def __deepcopy__(self, memo):
        items.append("copied")
        made = Copies()
        made.load_state_dict(self.state_dict())
        return made
    def forward(self, x):
        items.append(1)
        return self.tail(x)
class Kept(Net):
    def __deepcopy__(self, memo):
        return self
class Own(own_base.Base):
    def __init__(self):
        super().__init__()
        self.net = Net()
    def forward(self, x):
        import own_base as other
        from own_base import note
        self.bump(); note(); other.COUNT += 1
        return self.net(x)
class Straight(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        items.append(1)
        return x.clone()
class Through(Net):
    def forward(self, x):
        return self.tail(Straight.apply(x))
class Scaled(torch.nn.Module):
    def forward(self, weight):
        items.append(1)
        return weight * 2
class Listed:
    listed = []
    def __init_subclass__(cls, key):
        Listed.listed.append(key)
class Registered(Listed, Net, key="r"):
    def forward(self, x):
        Listed.listed.append(1)
        return self.tail(x)
class Branch(Net):
    def forward(self, x):
        items.append(1)
        return self.tail(torch.cond(x.sum() > 0, lambda a: a * factor, lambda a: a - factor, (x,)))
@torch.compile
def compiled(x):
    items.append(1)
    return x * 2
class Compiled(Net):
    def forward(self, x):
        return self.tail(compiled(x))
class Scripted(Net):
    def forward(self, x):
        return self.tail(own_base.scripted(x))
class Locked(Net):
    def forward(self, x):
        try:
            lock.acquire()
        except Exception:
            pass
        return self.tail(x)
class LocksElsewhere(Net):
    _lock = threading.Lock()
    def fit(self):
        with lock:
            pass
class LocksClass(LocksElsewhere):
    def forward(self, x):
        with self._lock:
            return self.tail(x)
class Evaluates(Net):
    def forward(self, x):
        eval("items.append(1)")
        return self.tail(x)
scaled = Containers()
torch.nn.utils.parametrize.register_parametrization(scaled.conv, "weight", Scaled())
patched = Net()
patched.forward = (lambda self, x: (items.append(1), self.tail(x))[1]).__get__(patched)
weighted = Containers()
weighted.conv = torch.nn.utils.weight_norm(weighted.conv)
weighted.tail(torch.zeros(1, 2, 12))
nets = dict(
    containers=Containers(), itself=Itself(), norm=Norm(), chance=Chance(), closed=Closed(), copies=Copies(), own=Own(),
    through=Through(), registered=Registered(), branch=Branch(), compiled=Compiled(), scripted=Scripted(), scaled=scaled,
    patched=patched, weighted=weighted, wrapped=torch.compile(Containers()), parallel=torch.nn.DataParallel(Containers()),
    elsewhere=LocksElsewhere(), sequential=torch.nn.Sequential(Containers()),
)
refused = dict(
    locked=Locked(), locks_class=LocksClass(), evaluates=Evaluates(), kept=Kept(), script=torch.jit.trace(Net(), torch.zeros(1, 2, 12)),
    lazy=torch.nn.Sequential(torch.nn.LazyConv1d(2, 3)),
)
globals().update({"net_" + name: net for name, net in {**nets, **refused}.items()})
X = np.random.default_rng(1).normal(size=(3, 2, 12)).astype("f4")
def state():
    yield "held in containers", [len(items), sorted(table), len(names), len(queue), dict(counts), slots.__reduce__()[2], number]
    yield "held in arrays", [array.tolist(), tensor.tolist()]
    yield "drawn", [random.getstate(), np.random.get_state()[1].tolist(), np.random.get_state()[2], torch.get_rng_state().tolist(), rng.bit_generator.state, generator.get_state().tolist()]
    yield "held in classes", [len(Net.seen), hasattr(Itself, "extra"), Listed.listed, calls(), own_base.COUNT, own_base.Base.calls]
    for name, net in nets.items():
        yield name, [(path, m.training, getattr(m, "steps", 0), [b.tolist() for b in m.buffers(recurse=False)]) for path, m in net.named_modules()]
before = dict(state())
`;

const torch = pythonWith('numpy', 'torch');
if (torch)
  describe('a forward that writes into variables of the notebook', function () {
    this.timeout(240_000);
    const folder = mkdtempSync(join(tmpdir(), 'attribution-forward-'));
    after(() => rmSync(folder, { recursive: true, force: true }));
    const nets = [
      ...['containers', 'itself', 'norm', 'chance', 'closed', 'copies', 'own', 'through', 'registered'],
      ...['branch', 'compiled', 'scripted', 'scaled', 'patched', 'weighted', 'wrapped', 'parallel'],
      ...['elsewhere', 'sequential'],
    ];
    const refused: Readonly<Record<string, RegExp>> = {
      locked:
        /^Locked\.forward uses lock, of which no copy can be made \(.*lock.*\), so that .* leave it out/,
      locks_class: /^LocksClass\.forward uses LocksElsewhere\._lock, of which no copy/,
      evaluates: /^Evaluates\.forward uses eval\(\), of which no copy/,
      kept: /^net_kept cannot be copied, .* the copy that Kept makes of itself is itself/,
      script: /^net_script is TorchScript, .*: pick the module that it was made from/,
      lazy: /^net_lazy has lazy layers whose sizes are not known yet: call it once/,
    };
    let answers: (ExportedModel & { readonly reason?: string })[];
    let printed: string;
    before(() => {
      const programs = [...nets, ...Object.keys(refused)].map((name) => {
        const file = join(folder, name);
        return [
          EXPORT_MODEL,
          { series: 'X', data: join(folder, 'X.npz'), model: `net_${name}`, file },
        ] as const;
      });
      const setup = `${models(folder)}np.savez(${JSON.stringify(join(folder, 'X.npz'))}, x=X)\n`;
      const seen = inKernel(torch, setup, programs, {
        after: `
left = {name: (one, before[name]) for name, one in state() if one != before[name]}
def same(name):
    made = torch.export.load(os.path.join(${JSON.stringify(folder)}, name + ".pt2")).module()(torch.tensor(X))
    return torch.allclose(nets[name].eval()(torch.tensor(X)), made, atol=1e-5)
print(__import__("json").dumps([repr(left)[:500], len(before), [name for name in nets if not same(name)]]))
`,
      });
      answers = seen.answers as typeof answers;
      printed = seen.printed;
    });

    it('leaves nothing there when the model is exported', () => {
      assert.deepEqual(
        nets.map((name, i) => [name, answers[i]!.reason]),
        nets.map((name) => [name, undefined]),
      );
      const [left, looked, others] = JSON.parse(printed) as [string, number, string[]];
      assert.deepEqual([left, looked, others], ['{}', 4 + nets.length, []]);
    });

    for (const [at, [name, words]] of Object.entries(refused).entries()) {
      it(`is refused by name where it can not be kept apart: ${name}`, () => {
        assert.match(answers[nets.length + at]!.reason ?? '', words);
      });
    }
  });
