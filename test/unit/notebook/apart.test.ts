import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXPORT_MODEL, type ExportedModel } from '../../../src/notebook/exportModel.ts';
import { inKernel, pythonWith } from '../../fixtures/notebook/notebookPython.ts';

/** Hooks that write into what people hold, each in another way; `state` is all that they could have written. */
const models = (folder: string) => `
import abc, collections, dataclasses, enum, functools, os, random, sys, weakref, torch
import numpy as np
sys.path.insert(0, ${JSON.stringify(folder)})
open(${JSON.stringify(join(folder, 'ownfile.py'))}, "w").write("SEEN = []\\ndef record(o):\\n    SEEN.append(o)\\n")
import ownfile
class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.conv, self.head = torch.nn.Conv1d(2, 3, 3, padding=1), torch.nn.Linear(3, 2)
    def forward(self, x):
        return self.head(torch.relu(self.conv(x)).mean(-1))
acts, count = [], 0
class Called:
    def __call__(self, module, given, out):
        acts.append(out)
class Base(abc.ABC):
    calls = 0
    @abc.abstractmethod
    def put(self, out): ...
    def hook(self, module, given, out):
        type(self).calls += 1
        self.put(out)
class Puts(Base):
    __slots__ = ("held",)
    @classmethod
    def make(cls):
        return cls()
    def put(self, out):
        super().put(out)
        Base.calls += 1
        acts.append(out)
class Kind(enum.Enum):
    MEAN = 1
@dataclasses.dataclass
class Recorder:
    kind: Kind
    seen = collections.defaultdict(list)
    @functools.cached_property
    def held(self):
        acts.append(0)
        return self.seen
    @property
    def store(self):
        return self.held
    @staticmethod
    def note(out):
        acts.append(out)
    def hook(self, module, given, out):
        if self.kind is Kind.MEAN:
            self.store["mean"].append(out.mean())
        self.note(out)
class Keeps(Net):
    kept = []
    def __init__(self):
        super().__init__()
        self.conv.register_forward_hook(self.keep)
    def keep(self, module, given, out):
        self.kept.append(out)
        super().__getattr__("head")
@torch.no_grad()
def graded(module, given, out):
    acts.append(out.norm())
@functools.lru_cache
def cached(module, given, out):
    acts.append(out)
def counter():
    n = 0
    def add(module, given, out):
        nonlocal n
        n += 1
    return add, lambda: n
add, number = counter()
def noted(module, given, out):
    noted.n += 1
noted.n = 0
class Thing: pass
thing = Thing()
ref = weakref.ref(thing)
def weakly(module, given, out):
    ref().out = out
def printing(module, given, out):
    print("seen", random.random(), np.random.rand(), torch.rand(1))
def scaled(module, given, out):
    ownfile.record(out)
    return out * 2
def hooked(*hooks):
    net = Net()
    for hook in hooks:
        net.conv.register_forward_hook(hook)
    return net
net0 = hooked(Called(), Puts.make().hook, Recorder(Kind.MEAN).hook, graded, cached, add, noted, weakly, printing)
net1, net2 = hooked(scaled), Keeps()
nets = [net0, net1, net2]
looking, net3 = hooked(lambda m, i, o: globals()["acts"].append(o)), Net()
def imports(module, given, out):
    import ownfile
    ownfile.record(out)
net3.conv.register_forward_hook(imports)
nets.append(net3)
def written(*given):
    acts.append(given)
net0.register_state_dict_post_hook(written)
net0.register_forward_hook(lambda m, i, o: o + 1)
net0.conv.bias.grad = torch.ones(3)
X = np.random.default_rng(1).normal(size=(3, 2, 12)).astype("f4")
def state():
    dice = random.getstate(), np.random.get_state()[1].tolist(), torch.get_rng_state().tolist(), len(torch.cuda._lazy_seed_tracker.get_calls())
    modes = [(m.training, list(m._forward_hooks.values())) for net in nets for m in net.modules()]
    held = [count, len(acts), Base.calls, Puts.calls, len(Recorder.seen), len(Keeps.kept), number(), noted.n, vars(thing), len(ownfile.SEEN)]
    return dice, modes, held, cached.cache_info(), net0.conv.bias.grad.tolist()
before = state()
`;

const torch = pythonWith('numpy', 'torch');
if (torch)
  describe('hooks that write in other ways than plain functions do', function () {
    this.timeout(120_000);
    const folder = mkdtempSync(join(tmpdir(), 'attribution-apart-'));
    const at = (name: string) => join(folder, name);
    after(() => rmSync(folder, { recursive: true, force: true }));

    it('write into copies, draw and print unseen, or are refused by name', () => {
      const nets = ['net0', 'net1', 'net2', 'net3'];
      const names = [...nets, 'looking'];
      const programs = names.map((model) => {
        return [EXPORT_MODEL, { series: 'X', data: at('X.npz'), model, file: at(model) }] as const;
      });
      const setup = `${models(folder)}np.savez(${JSON.stringify(at('X.npz'))}, x=X)\n`;
      const { answers, printed } = inKernel(torch, setup, programs, {
        after: `
print([one == other for one, other in zip(before, state())], before[2] == state()[2] or (before[2], state()[2]))
paths = [${JSON.stringify(folder)} + "/net%d.pt2" % i for i in range(len(nets))]
taken = [torch.export.load(path).module()(torch.tensor(X)) if os.path.exists(path) else None for path in paths]
print([own is not None and torch.allclose(net.eval()(torch.tensor(X)), own, atol=1e-6) for net, own in zip(nets, taken)])
`,
      });
      const exported = answers as (ExportedModel & { readonly reason?: string })[];
      assert.deepEqual(
        nets.map((_, i) => exported[i]!.reason),
        nets.map(() => undefined),
      );
      const [held, same] = printed.split('\n').filter((line) => !line.startsWith('seen'));
      assert.equal(held, '[True, True, True, True, True] True');
      assert.equal(same, `[${nets.map(() => 'True').join(', ')}]`);
      const [looking] = exported.slice(nets.length);
      assert.match(
        looking!.reason!,
        /^<lambda> uses globals\(\), of which no copy .*: leave it out for the export/,
      );
    });
  });
