import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine } from '../../../src/engine/service.ts';
import { EXPORT_MODEL, type ExportedModel } from '../../../src/notebook/exportModel.ts';
import { WRITE_VARIABLE } from '../../../src/notebook/writeVariable.ts';
import { inKernel, pythonWith } from '../../fixtures/notebook/notebookPython.ts';

const models = `
import threading, torch
torch.manual_seed(1)
class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.conv, self.head = torch.nn.Conv1d(3, 4, 5, padding=2), torch.nn.Linear(4, 2)
    def forward(self, x):
        return self.head(torch.relu(self.conv(x)).mean(-1))
X = torch.randn(4, 3, 20)
first = Net()
def fresh():
    net = Net()
    net.load_state_dict(first.state_dict())
    return net
kept, calls, count = {}, [], 0
def counted(module, given, out):
    global count
    count += 1
def looking(held=kept):
    net = fresh()
    net.conv.register_forward_hook(lambda module, given, out: held.__setitem__("out", out))
    net.conv.register_full_backward_hook(lambda module, given, out: kept.__setitem__("grad", out))
    net.head.register_forward_hook(lambda module, given, out: calls.append(out))
    net.register_forward_pre_hook(counted)
    return net
def counted(module, given):
    global count
    count += 1
class CAM:
    def __init__(self, net):
        self.net = net
        net.conv.register_forward_hook(self.hook)
    def hook(self, module, given, out):
        self.out = out
        out.register_hook(print)
class Reads(Net):
    def __init__(self):
        super().__init__()
        self.conv.register_forward_hook(self.keep)
    def keep(self, module, given, out):
        self.seen = out
    def forward(self, x):
        self.conv(x)
        return self.head(torch.relu(self.seen).mean(-1) * 2)
plain, looks, cam, halved = fresh(), looking(), fresh(), fresh()
halved.conv.register_forward_hook(lambda module, given, out: out / 2)
CAM(cam)
reads = Reads()
reads.load_state_dict(first.state_dict())
locked, writes, breaks = fresh(), fresh(), fresh()
locked.head.lock = threading.Lock()
log = threading.Lock()
def to_log(module, given, out):
    with log:
        pass
writes.conv.register_forward_hook(to_log)
breaks.conv.register_forward_hook(lambda module, given, out: out.gone)
for net in (looks, cam, halved, reads):
    net(X).sum().backward()
before = kept["out"], len(calls), count
`;
const NAMES = ['plain', 'looks', 'cam', 'halved', 'reads', 'locked', 'writes', 'breaks'] as const;

const torch = pythonWith('numpy', 'torch');
if (torch)
  describe('hooks on a PyTorch model of a notebook', function () {
    this.timeout(120_000);
    const folder = mkdtempSync(join(tmpdir(), 'attribution-hooks-'));
    const at = (name: string) => join(folder, name);
    let answers: readonly (ExportedModel & { readonly reason?: string })[];
    let printed: string;
    before(() => {
      const exports = NAMES.map((model) => {
        return [EXPORT_MODEL, { series: 'X', data: at('X.npz'), model, file: at(model) }] as const;
      });
      const programs = [[WRITE_VARIABLE, { series: 'X', file: at('X'), limit: 1e6 }] as const, ...exports];
      const seen = inKernel(torch, models, programs, {
        after: `
print(kept["out"] is before[0], len(calls) == before[1], count == before[2], type(kept["grad"][0]).__name__)
print([len(m._forward_hooks) for m in (looks.conv, looks.head, halved.conv)], torch.initial_seed())
print(__import__("json").dumps([net.eval()(X).tolist()[2] for net in (plain, looks, cam, halved, reads)]))
`,
      });
      [, ...answers] = seen.answers as typeof answers;
      printed = seen.printed;
    });
    after(() => rmSync(folder, { recursive: true, force: true }));

    it('are not called on what people hold, which stays as it was', () => {
      const [held, hooks] = printed.split('\n');
      assert.equal(held, 'True True True Tensor');
      assert.equal(hooks, '[1, 1, 1] 1');
    });

    it('count where the answer hangs on them, and are left out where they only look', async () => {
      const wanted = JSON.parse(printed.split('\n')[2]!) as number[][];
      const engine = createEngine();
      for (const [i, logits] of wanted.entries()) {
        assert.equal(answers[i]!.reason, undefined, NAMES[i]);
        const asked = { model: at(`${NAMES[i]}.pt2`), data: at('X.npz'), instance: 2 };
        const { prediction } = await engine.explain(asked);
        for (const [c, logit] of logits.entries())
          assert.ok(
            Math.abs(prediction.logits[c]! - logit) < 1e-5,
            `${NAMES[i]} ${prediction.logits} ${logits}`,
          );
      }
      await engine.dispose();
      const [plain, looks, cam, halved] = answers;
      assert.deepEqual([looks!.digest, cam!.digest], [plain!.digest, plain!.digest]);
      assert.notEqual(halved!.digest, plain!.digest);
    });

    it('and models that no copy can be made of are refused with what stands in the way', () => {
      const [locked, writes, breaks] = answers.slice(5).map(({ reason }) => reason ?? '');
      assert.match(locked!, /^locked cannot be copied, .*: locked\.head\.lock holds .*lock.* Set it to None/);
      assert.match(
        writes!,
        /^to_log uses log, of which no copy can be made \(.*lock.*\(handle\.remove\(\)\)$/,
      );
      assert.match(
        breaks!,
        /^breaks runs without its hooks only \(.*lambda.* on conv; .*gone.*\): take them off/,
      );
    });
  });
