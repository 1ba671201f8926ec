import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine, type LocalEngine } from '../../../src/engine/service.ts';
import { EXPORT_MODEL, type ExportedModel } from '../../../src/notebook/exportModel.ts';
import { FIND_VARIABLES, type NotebookVariable } from '../../../src/notebook/variables.ts';
import { WRITE_VARIABLE, type WrittenVariable } from '../../../src/notebook/writeVariable.ts';
import { inKernel, pythonWith } from '../../fixtures/notebook/notebookPython.ts';

const arrays = `
import numpy as np
X_test = np.arange(8 * 3 * 20, dtype=np.float32).reshape(8, 3, 20)
y_test = np.arange(8) % 2
len_test = [20 - n for n in range(8)]
ragged = [np.full((n, 3), float(n)) for n in (5, 7, 9, 4)]
turned = [np.full((3, n), float(n)) for n in (5, 7, 9, 4)]
words = np.array([["a", "b"], ["c", "d"]])
odd = [np.zeros((2, 3)), np.zeros((4, 5))]
globals()["../x"] = X_test
before = set(globals()) | {"before"}
`;

const python = pythonWith('numpy');
if (python) {
  describe('variables taken from Python', function () {
    this.timeout(120_000);
    let folder: string;
    let engine: LocalEngine;
    before(() => {
      folder = mkdtempSync(join(tmpdir(), 'attribution-notebook-'));
      engine = createEngine();
    });
    after(async () => {
      rmSync(folder, { recursive: true, force: true });
      await engine.dispose();
    });

    const write = (series: string, more: object = {}) =>
      [WRITE_VARIABLE, { series, file: join(folder, series), limit: 1e6, ...more }] as const;

    it('are described without their values, and leave nothing behind', () => {
      const { answers, printed } = inKernel(python, arrays, [[FIND_VARIABLES, {}]], {
        after: 'print(set(globals()) - before)',
      });
      const { variables } = answers[0] as { variables: NotebookVariable[] };
      assert.deepEqual(
        variables.map(({ name, kind, shape }) => [name, kind, ...shape].join(' ')),
        [
          ...['X_test series 8 3 20', 'y_test vector 8', 'len_test vector 8', 'ragged series 4'],
          ...['turned series 4', 'words series 2 2', 'odd series 2'],
        ],
      );
      assert.equal(printed.trim(), 'set()');
    });

    it('may be called as functions of Python are, and none of them is called', () => {
      const hostile = `
import builtins
def never(*given, **named):
    raise SystemExit("called")
mine, ours = globals(), [n for n in dir(builtins) if not n.startswith("_") and n.islower()]
for n in [*ours, "__import__", "get_ipython", "json", "sys", "np", "user", "args"]:
    mine[n] = never
`;
      const { answers } = inKernel(python, arrays + hostile, [
        [FIND_VARIABLES, {}],
        write('X_test', { labels: 'y_test' }),
      ]);
      const [found, written] = answers as [{ variables: NotebookVariable[] }, WrittenVariable];
      assert.ok(found.variables.some(({ name }) => name === 'X_test'));
      assert.ok(existsSync(written.file));
    });

    it('are written as files that are read back as they were', async () => {
      const { answers } = inKernel(python, arrays, [
        write('X_test', { labels: 'y_test', lengths: 'len_test' }),
        write('ragged'),
        write('turned'),
      ]);
      const [whole, ragged, turned] = answers as WrittenVariable[];
      const read = await engine.data({ data: whole!.file });
      assert.deepEqual([read.instances.length, read.features.length, read.instances[1]!.length], [8, 3, 20]);
      assert.match(JSON.stringify(read.facts), /lengths in the file/);
      assert.deepEqual(
        read.instances.map(({ label }) => label),
        ['0', '1', '0', '1', '0', '1', '0', '1'],
      );
      for (const each of [ragged!, turned!]) {
        assert.deepEqual(each.done, ['padded with zeros at the end to 9 steps']);
        const { instances, features } = await engine.data({ data: each.file });
        assert.deepEqual([instances.length, features.length], [4, 3]);
      }
      assert.equal(ragged!.digest, turned!.digest);
      assert.deepEqual(readdirSync(folder).sort(), ['X_test.npz', 'ragged.npz', 'turned.npz']);
    });

    it('are not written again while they are the same', () => {
      const [first] = inKernel(python, arrays, [write('X_test')]).answers as WrittenVariable[];
      const { digest, file } = first!;
      rmSync(file);
      const again = [write('X_test', { known: digest })];
      const answers = inKernel(python, arrays, again).answers as WrittenVariable[];
      assert.equal(answers[0]!.digest, digest);
      assert.ok(existsSync(file), 'a file that is gone is written anew');
    });

    it('are refused with what Python says', () => {
      const { answers } = inKernel(python, arrays, [
        write('gone'),
        write('words'),
        write('odd'),
        write('X_test', { labels: 'before' }),
        write('X_test', { limit: 100 }),
      ]);
      const reasons = (answers as { reason: string }[]).map(({ reason }) => reason);
      assert.match(reasons[0]!, /no variable gone/);
      assert.match(reasons[1]!, /holds <U1, not numbers/);
      assert.match(reasons[2]!, /agree neither/);
      assert.ok(reasons[3] && reasons[4]);
    });
  });
}

const torch = pythonWith('numpy', 'torch');
if (torch) {
  describe('a PyTorch model taken from Python', function () {
    this.timeout(120_000);
    const model = `
import torch
torch.manual_seed(1)
class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = torch.nn.Conv1d(3, 4, 5, padding=2)
        self.norm = torch.nn.BatchNorm1d(4)
        self.head = torch.nn.Linear(4, 2)
    def forward(self, x):
        return self.head(torch.relu(self.norm(self.conv(x))).mean(-1))
class Keeps(Net):
    def forward(self, x):
        self.kept = {"last": self.conv(x)}
        return self.head(torch.relu(self.norm(self.kept["last"])).mean(-1))
net = Net()
X_nft = torch.randn(4, 3, 20)
X_ntf = X_nft.transpose(1, 2)
`;
    it('gives the logits that it gives there, and stays in training', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'attribution-notebook-'));
      const engine = createEngine();
      try {
        const file = (name: string) => join(folder, name);
        const programs = ['X_nft', 'X_ntf'].flatMap((series) => [
          [WRITE_VARIABLE, { series, file: file(series), limit: 1e6 }] as const,
          [
            EXPORT_MODEL,
            { series, data: `${file(series)}.npz`, model: 'net', file: file(`net_${series}`) },
          ] as const,
        ]);
        const { answers, printed } = inKernel(torch, model, programs, {
          after: 'print(net.training, __import__("json").dumps(net.eval()(X_nft).tolist()))',
        });
        const [training, ...rest] = printed.split(' ');
        assert.equal(training, 'True');
        const wanted = JSON.parse(rest.join(' ')) as number[][];
        const [, asItIs, , turned] = answers as ExportedModel[];
        assert.deepEqual([asItIs!.turned, turned!.turned], [false, true]);
        for (const [series, exported] of [
          ['X_nft', asItIs!],
          ['X_ntf', turned!],
        ] as const) {
          const { prediction } = await engine.explain({
            model: exported.file,
            data: `${file(series)}.npz`,
            instance: 2,
          });
          for (const [at, logit] of prediction.logits.entries()) {
            assert.ok(Math.abs(logit - wanted[2]![at]!) < 1e-5, `${series} ${logit} ${wanted[2]![at]}`);
          }
        }
      } finally {
        await engine.dispose();
        rmSync(folder, { recursive: true, force: true });
      }
    });

    it('is what torch.compile wraps, and another one with the same weights in another forward', () => {
      const folder = mkdtempSync(join(tmpdir(), 'attribution-notebook-'));
      const changed = `${model}
class Changed(Net):
    def forward(self, x):
        return self.head(torch.relu(self.norm(self.conv(x))).amax(-1))
changed = Changed()
changed.load_state_dict(net.state_dict())
wrapped = torch.compile(torch.nn.DataParallel(net))
keeps = Keeps()
keeps.load_state_dict(net.state_dict())
keeps.train()(X_nft).sum().backward()
keeps.load_state_dict(net.state_dict())
last = keeps.kept["last"]
old_norm = Net()
old_norm.conv = torch.nn.utils.spectral_norm(old_norm.conv)
old_norm(X_nft)
`;
      const data = join(folder, 'X');
      const write = (name: string, file: string) =>
        [
          EXPORT_MODEL,
          { series: 'X_nft', data: `${data}.npz`, model: name, file: join(folder, file) },
        ] as const;
      try {
        const { answers, printed } = inKernel(
          torch,
          changed,
          [
            [WRITE_VARIABLE, { series: 'X_nft', file: data, limit: 1e6 }],
            write('net', 'first'),
            write('wrapped', 'again'),
            write('changed', 'changed'),
            write('keeps', 'keeps'),
            write('old_norm', 'old_norm'),
          ],
          { after: 'print(keeps.kept["last"] is last and last.grad_fn is not None, keeps.training)' },
        );
        const [, first, again, other, keeps, norm] = answers as ExportedModel[];
        assert.equal(keeps!.digest, first!.digest, 'what it keeps of a call is no part of what it does');
        assert.ok(norm!.digest);
        assert.equal(printed.trim(), 'True True');
        assert.equal(first!.digest, again!.digest);
        assert.notEqual(first!.digest, other!.digest);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });
  });
}
const jupyter = pythonWith('numpy', 'ipykernel', 'jupyter_client');
if (jupyter) {
  it('a kernel of Jupyter describes its variables, and has none of ours afterwards', function () {
    this.timeout(120_000);
    const { answers, printed } = inKernel(jupyter, arrays, [[FIND_VARIABLES, {}]], {
      after: 'print(set(globals()) - before)',
      jupyter: true,
    });
    const { variables } = answers[0] as { variables: NotebookVariable[] };
    assert.deepEqual(
      variables.slice(0, 3).map(({ name }) => name),
      ['X_test', 'y_test', 'len_test'],
    );
    assert.equal(printed.trim(), 'set()');
  });
}

for (const [backend, below, series] of [
  ['torch', 'PyTorch', 'X'],
  ['tensorflow', 'TensorFlow', 'tf.constant(X)'],
] as const) {
  const keras = pythonWith('numpy', 'keras', backend);
  if (!keras) continue;
  it(`a Keras model taken from Python is saved as one, with ${below} below it`, async function () {
    this.timeout(120_000);
    const folder = mkdtempSync(join(tmpdir(), 'attribution-notebook-'));
    const engine = createEngine();
    const model = `
import os
os.environ["KERAS_BACKEND"] = "${backend}"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras, numpy as np
keras.utils.set_random_seed(3)
convolution = keras.layers.Conv1D(4, 5, padding="same", activation="relu")
pooling, head = keras.layers.GlobalAveragePooling1D(), keras.layers.Dense(2, activation="softmax")
net = keras.Sequential([keras.layers.Input((20, 3)), convolution, pooling, head])
X = np.random.default_rng(0).normal(size=(5, 20, 3)).astype("float32")
${backend === 'tensorflow' ? 'import tensorflow as tf' : ''}
X_held = ${series}
`;
    try {
      const [data, file] = [join(folder, 'X'), join(folder, 'net')];
      const { answers, printed } = inKernel(
        keras,
        model,
        [
          [WRITE_VARIABLE, { series: 'X_held', file: data, limit: 1e6 }],
          [EXPORT_MODEL, { series: 'X_held', data: `${data}.npz`, model: 'net', file }],
        ],
        { after: 'print(np.asarray(net.predict(X, verbose=0)).tolist())' },
      );
      const wanted = (JSON.parse(printed) as number[][])[2]!;
      const request = { model: (answers[1] as ExportedModel).file, data: `${data}.npz`, instance: 2 };
      const { prediction } = await engine.explain(request);
      for (const [at, p] of prediction.probabilities!.entries()) assert.ok(Math.abs(p - wanted[at]!) < 1e-5);
    } finally {
      await engine.dispose();
      rmSync(folder, { recursive: true, force: true });
    }
  });
}
