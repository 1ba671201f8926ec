import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readNpz } from '../../../src/data/numpy/readNpz.ts';
import { exportSnippet, type Framework } from '../../../src/export/exportSnippet.ts';
import { loadModel } from '../../../src/formats/loadModel.ts';
import { describeClassifier } from '../../../src/graph/classifier.ts';
import type { ValueInfo } from '../../../src/graph/graph.ts';
import { float32, type Tensor } from '../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { pythonWith } from '../../fixtures/notebook/notebookPython.ts';

/** A model made of `Net(…)`, and what stands beside it, in Python. */
interface Situation {
  readonly snippet: Framework;
  readonly model: string;
  /** X or inputs. */
  readonly given: string;
  /** Of the logits, against the model in float64. */
  readonly tolerance: number;
}

const SITUATIONS: Readonly<Record<string, Situation>> = {
  'compiled, parallel and in training mode, data in float64': {
    ...{ snippet: 'torch-export', tolerance: 1e-5 },
    ...{ model: 'torch.compile(torch.nn.DataParallel(Net().train()))', given: 'X = series.double().numpy()' },
  },
  'in half precision': {
    ...{ snippet: 'torch-export', tolerance: 2e-3 },
    ...{ model: 'Net().half()', given: 'X = series' },
  },
  'that takes a list of series and mask, in double precision': {
    ...{ snippet: 'torch-inputs', tolerance: 1e-5 },
    ...{ model: 'Listed().double()', given: 'inputs = ([series.numpy(), numpy.ones((4, 12), bool)],)' },
  },
  'that takes its inputs by name': {
    ...{ snippet: 'torch-inputs', tolerance: 1e-5 },
    ...{
      model: 'torch.compile(Named())',
      given: 'inputs = {"x": series, "mask": numpy.ones((4, 12), "float32")}',
    },
  },
};

const MODELS = `
import copy, numpy, sys, torch
torch.manual_seed(0)
class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.conv, self.norm, self.drop = torch.nn.Conv1d(3, 4, 3, padding=1), torch.nn.BatchNorm1d(4), torch.nn.Dropout(0.5)
        self.norm.running_mean.normal_()
        self.fc = torch.nn.Linear(4, 2)
    def forward(self, x, mask=1):
        return self.fc(self.drop((torch.relu(self.norm(self.conv(x))) * mask).mean(-1)))
class Listed(Net):
    def forward(self, parts):
        return super().forward(parts[0], parts[1][:, None])
class Named(Net):
    def forward(self, *, x, mask):
        return super().forward(x, mask[:, None])
series = torch.randn(4, 3, 12)
answers = {}
`;

describe('the snippets for .pt2, run in PyTorch', function () {
  this.timeout(120_000);
  const python = pythonWith('numpy', 'torch');
  if (!python) {
    console.warn('NOT RUN: the export snippets, because this Python has no torch');
    return;
  }
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'attribution-snippets-'));
    const programs = Object.values(SITUATIONS).map(({ snippet, model, given }, i) => {
      const code = exportSnippet(snippet).code.replaceAll('model.pt2', `${i}.pt2`);
      return `model = ${model}\n${given}\n${code}\nanswers["${i}"] = Net.forward(copy.deepcopy(net).double(), series.double()).detach().numpy()\n`;
    });
    writeFileSync(
      join(folder, 'all.py'),
      `${MODELS}${programs.join('\n')}\nnumpy.savez("answers.npz", series=series, **answers)\n`,
    );
    const { status, stderr } = spawnSync(python, ['all.py'], { cwd: folder, encoding: 'utf8' });
    assert.equal(status, 0, stderr.slice(-3000));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const [i, [name, { tolerance }]] of Object.entries(SITUATIONS).entries()) {
    it(`save a model ${name}, with its own paths and a free batch`, async () => {
      const runtime = await openOnnxRuntimeNode();
      const { graph } = await loadModel(join(folder, `${i}.pt2`));
      const { layers, input } = await describeClassifier(graph, runtime, { layout: 'NFT' });
      assert.deepEqual(
        layers.map((layer) => layer.name),
        ['conv+relu'],
      );
      assert.equal(input.batch, null);
      const arrays = readNpz(readFileSync(join(folder, 'answers.npz')), 'answers.npz');
      const x = float32([4, 3, 12], Array.from(arrays.get('series')!.data, Number));
      const ones = { bool: new Uint8Array(48).fill(1), float32: new Float32Array(48).fill(1) };
      const [series, mask] = graph.inputs as [ValueInfo, ValueInfo?];
      const feeds = {
        [series.name]: x,
        ...(mask && {
          [mask.name]: { dtype: mask.dtype, dims: [4, 12], data: ones[mask.dtype as 'bool'] } as Tensor,
        }),
      };
      const session = await runtime.load(graph);
      const found = (await session.run(feeds))[graph.outputs[0]!.name]!;
      await session.dispose();
      const expected = arrays.get(`${i}`) as Tensor;
      assert.deepEqual(found.dims, [4, 2]);
      const off = Math.max(
        ...[...expected.data].map((value, k) => Math.abs(Number(value) - Number(found.data[k]))),
      );
      assert.ok(off < tolerance, `off by ${off}`);
    });
  }
});
