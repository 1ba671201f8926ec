import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { writeNpz } from '../../../src/data/numpy/writeNpz.ts';
import { float32, int64, tensor } from '../../../src/graph/tensor.ts';
import type { NotebookVariable } from '../../../src/notebook/variables.ts';
import type { Arguments, Asked } from '../../host/support/carried.ts';
import { sample } from '../../host/support/files.ts';

const [INSTANCES, STEPS] = [6, 131];
const HOSTILE = '$(trash)<img src=x>\u202e';

/** What Python holds here: series of the sample as they were recorded, other ones each time. */
export class HeldInPython {
  #cases: readonly { readonly label: string; readonly rows: readonly (readonly number[])[] }[] = [];

  /** @param first of the cases of the sample that X_test begins with */
  constructor(public first = 0) {}

  answer(asked: Asked, args: Arguments): object {
    if (asked === 'find') return { variables: this.variables() };
    if (asked === 'export') return { file: sample('models/xcm.onnx'), turned: false, digest: 'weights' };
    const content = writeNpz(this.#arrays(args));
    const file = `${args.file}.npz`;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    return { file, digest: `${this.first}`, done: [] };
  }

  variables(): NotebookVariable[] {
    const numpy = { type: 'numpy.ndarray' };
    const file = { kind: 'path', type: 'file', shape: [], dtype: '' } as const;
    return [
      { ...numpy, name: 'X_train', kind: 'series', shape: [240, 30, STEPS], dtype: 'float32' },
      { ...numpy, name: 'y_train', kind: 'vector', shape: [240], dtype: '<U6' },
      { ...numpy, name: 'X_test', kind: 'series', shape: [INSTANCES, 30, STEPS], dtype: 'float32' },
      { ...numpy, name: 'weights', kind: 'vector', shape: [INSTANCES], dtype: 'float64' },
      { ...numpy, name: 'y_test', kind: 'vector', shape: [INSTANCES], dtype: '<U6' },
      { ...numpy, name: 'len_test', kind: 'vector', shape: [INSTANCES], dtype: 'int64' },
      { ...numpy, name: 'mask_test', kind: 'mask', shape: [INSTANCES, STEPS], dtype: 'bool' },
      { name: 'net', kind: 'model', type: `torch.nn.Module: XCM${HOSTILE}`, shape: [], dtype: '' },
      { ...file, name: 'model_file', path: sample('models/xcm.onnx') },
      { ...file, name: 'other_file', path: sample(`models/${HOSTILE}.onnx`) },
    ];
  }

  #arrays({ labels, lengths, mask }: Arguments): Parameters<typeof writeNpz>[0] {
    const cases = this.#read().slice(this.first, this.first + INSTANCES);
    const x = new Float32Array(INSTANCES * 30 * STEPS);
    for (const [n, { rows }] of cases.entries())
      for (const [t, row] of rows.entries())
        for (const [f, value] of row.entries()) x[(n * 30 + f) * STEPS + t] = value;
    const real = cases.flatMap(({ rows }) =>
      Array.from({ length: STEPS }, (_, t) => Number(t < rows.length)),
    );
    return {
      x: float32([INSTANCES, 30, STEPS], x),
      ...(labels === 'y_test' && { y: cases.map(({ label }) => label) }),
      ...(lengths && {
        lengths: int64(
          [INSTANCES],
          cases.map(({ rows }) => rows.length),
        ),
      }),
      ...(mask && { mask: tensor('bool', [INSTANCES, STEPS], Uint8Array.from(real)) }),
    };
  }

  #read() {
    if (this.#cases.length > 0) return this.#cases;
    const cases = new Map<string, { label: string; rows: number[][] }>();
    for (const line of readFileSync(sample('data/test.csv'), 'utf8').trim().split('\n').slice(1)) {
      const [name, , label, ...values] = line.split(',');
      const held = cases.get(name!) ?? { label: label!, rows: [] };
      held.rows.push(values.map(Number));
      cases.set(name!, held);
    }
    this.#cases = [...cases.values()];
    return this.#cases;
  }
}
