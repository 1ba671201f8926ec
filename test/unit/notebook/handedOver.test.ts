import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine, type LocalEngine } from '../../../src/engine/service.ts';
import { FIND_VARIABLES, type NotebookVariable } from '../../../src/notebook/variables.ts';
import { WRITE_VARIABLE, type WrittenVariable } from '../../../src/notebook/writeVariable.ts';
import { inKernel, pythonWith } from '../../fixtures/notebook/notebookPython.ts';

type Written = WrittenVariable & { readonly reason?: string };

const arrays = `
import numpy as np
X = np.arange(60, dtype="f4").reshape(5, 3, 4)
class Sub(np.ndarray):
    def __getitem__(self, at):
        raise RuntimeError("mine")
sub, long = X.view(Sub), X.astype(np.longdouble)
y_some = np.array(["a", None, "b", float("nan"), "a"], dtype=object)
y_nan = np.array([0, 1, np.nan, 1, 0])
y_dates = np.zeros(5, "M8[D]")
`;

const python = pythonWith('numpy');
const pandas = pythonWith('numpy', 'pandas');
const torch = pythonWith('numpy', 'torch');
describe('variables as a notebook holds them', function () {
  this.timeout(120_000);
  let folder: string;
  let engine: LocalEngine;
  let files = 0;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'attribution-handed-'));
    engine = createEngine();
  });
  after(async () => {
    rmSync(folder, { recursive: true, force: true });
    await engine.dispose();
  });

  const write = (series: string, more: object = {}) =>
    [WRITE_VARIABLE, { series, file: join(folder, `${series}${files++}`), limit: 1e6, ...more }] as const;
  const read = async ({ file, reason }: Written) => {
    assert.equal(reason, undefined);
    return await engine.data({ data: file });
  };

  if (python)
    it('are of a class derived from an array, of long numbers, or with labels that lack', async () => {
      const { answers } = inKernel(python, arrays, [
        [FIND_VARIABLES, {}],
        write('sub'),
        write('long'),
        write('X', { labels: 'y_some' }),
        write('X', { labels: 'y_nan' }),
        write('X', { labels: 'y_dates' }),
      ]);
      const [found, ...written] = answers as [{ variables: NotebookVariable[] }, ...Written[]];
      assert.deepEqual(
        found.variables.filter(({ kind }) => kind === 'series').map(({ name }) => name),
        ['X', 'sub', 'long'],
      );
      const [sub, long, some, nan, dates] = written;
      for (const each of [sub!, long!]) assert.equal((await read(each)).instances.length, 5);
      const labels = async (each: Written) => (await read(each)).instances.map(({ label }) => label ?? null);
      assert.deepEqual(await labels(some!), ['a', null, 'b', null, 'a']);
      assert.deepEqual(await labels(nan!), ['0', '1', null, '1', '0']);
      assert.match(dates!.reason!, /^y_dates holds datetime64\[D\], no labels/);
    });

  if (pandas)
    it('are tables with levels in their index or their columns', async () => {
      const tables = `
import pandas as pd
part = pd.DataFrame({"v": [1.5, 2.5, 3.5], "w": [0.5, 1.5, 2.5]})
together = pd.concat([part, part * 2, part * 3], keys=[7, 8, 9])
wide = pd.DataFrame([[1.5, 2, 3, 4]] * 6, columns=pd.MultiIndex.from_product([["a", "b"], [0, 1]]))
one_each = pd.Series([part.to_numpy(), part.to_numpy()[:2]], index=["p", "q"])
`;
      const { answers } = inKernel(pandas, tables, [
        [FIND_VARIABLES, {}],
        write('together'),
        write('wide'),
        write('one_each'),
      ]);
      const [{ variables }, ...written] = answers as [{ variables: NotebookVariable[] }, ...Written[]];
      assert.equal(variables.find(({ name }) => name === 'one_each')?.kind, 'series');
      const [together, wide, series] = written;
      const steps = await read(together!);
      assert.deepEqual(
        [steps.features, steps.instances.map(({ id }) => id)],
        [
          ['v', 'w'],
          ['7', '8', '9'],
        ],
      );
      assert.deepEqual(together!.done, ['its index is called instance, step']);
      assert.deepEqual((await read(wide!)).features, ['a_0', 'a_1', 'b_0', 'b_1']);
      assert.deepEqual(wide!.done, ['the levels of its columns are joined by _']);
      assert.equal((await read(series!)).instances.length, 2);
    });

  if (torch)
    it('are tensors that NumPy does not take as they stand', async () => {
      const tensors = `
import torch
base = torch.arange(60.0).reshape(5, 3, 4)
class Own(torch.Tensor):
    pass
own, negative = base.as_subclass(Own), torch._neg_view(base)
small, whole = base.to(torch.float8_e4m3fn), torch.quantize_per_tensor(base, 1.0, 0, torch.quint8)
`;
      const names = ['own', 'negative', 'small', 'whole'];
      const { answers } = inKernel(torch, tensors, [
        [FIND_VARIABLES, {}],
        ...names.map((name) => write(name)),
      ]);
      const [{ variables }, ...written] = answers as [{ variables: NotebookVariable[] }, ...Written[]];
      assert.deepEqual(
        variables.map(({ name, kind }) => [name, kind]),
        ['base', ...names].map((name) => [name, 'series']),
      );
      for (const each of written) assert.equal((await read(each)).instances.length, 5);
    });
});
