import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { isSupported, supportedOperators } from '../../../../src/formats/tfjs/graphModel/operators.ts';
import { readTfjs } from '../../../../src/formats/tfjs/readTfjs.ts';
import type { Runtime } from '../../../../src/graph/runtime.ts';
import { numbers } from '../../../../src/graph/tensor.ts';
import { Refusal } from '../../../../src/refusal.ts';
import { pickRuntime } from '../../../../src/runtime/pick.ts';
import { numbersIn, type OperatorCase, operatorCases, tensorIn } from '../../../fixtures/tfjs/fixtures.ts';

const cases = operatorCases();

function graphOf({ model, shard }: OperatorCase) {
  return readTfjs(new TextEncoder().encode(JSON.stringify(model)), () => Buffer.from(shard, 'base64'));
}

describe('TensorFlow operators, against the answers of TensorFlow', () => {
  let runtime: Runtime;
  before(async () => {
    runtime = (await pickRuntime('auto')).runtime;
  });

  for (const one of cases) {
    it(one.name, () => assertAnswers(one));
  }

  async function assertAnswers(one: OperatorCase): Promise<void> {
    const graph = graphOf(one);
    const session = await runtime.load(graph, { optimize: false });
    try {
      const feeds = Object.entries(one.inputs).map(([name, input]) => [name, tensorIn(input)] as const);
      const results = await session.run(Object.fromEntries(feeds));
      assert.deepEqual(Object.keys(results).sort(), Object.keys(one.outputs).sort());
      for (const [name, expected] of Object.entries(one.outputs)) {
        assert.deepEqual(results[name]!.dims, expected.shape);
        assertClose(numbers(results[name]!), numbersIn(expected));
      }
    } finally {
      await session.dispose();
    }
  }

  it('give the same where the second axis is free, or say that they cannot', async () => {
    const refusedNames: string[] = [];
    for (const one of cases.filter(({ inputs }) => inputs.x0!.shape.length >= 3)) {
      try {
        await assertAnswers({ ...one, model: withFreeAxis(one.model) });
      } catch (error) {
        if (!(error instanceof Refusal) || error.code !== 'unsupported-model')
          throw new Error(one.name, { cause: error });
        refusedNames.push(one.name);
      }
    }
    const free = [
      'Conv2DBackpropInput',
      'Conv1DTranspose',
      'SpaceToBatchND',
      'BatchToSpaceND',
      'Resize',
      'Split',
    ];
    assert.deepEqual(
      refusedNames.filter((name) => !free.some((op) => name.startsWith(op))),
      [],
    );
  });

  it('covers every operator that is supported', () => {
    const seen = new Set(cases.flatMap(({ model }) => model.modelTopology.node.map(({ op }) => op)));
    assert.deepEqual(
      supportedOperators().filter((op) => !seen.has(op)),
      [],
    );
    assert.ok(isSupported('Conv2D') && !isSupported('While'));
  });

  it('are listed in the documents', () => {
    const document = readFileSync(new URL('../../../../docs/formats.md', import.meta.url), 'utf8');
    const [, count, list] = /Operators of graph models \((\d+)\)<\/summary>\n\n(.+)\n/.exec(document)!;
    const all = [...supportedOperators(), 'Const', 'NoOp', 'Placeholder', 'PlaceholderWithDefault'];
    assert.equal(list, all.sort((a, b) => a.localeCompare(b)).join(', '));
    assert.equal(Number(count), all.length);
  });

  it('has cases that TensorFlow.js itself runs with the same answer, but for a few it does not know', () => {
    const run = cases.filter(({ tfjs }) => typeof tfjs === 'number');
    assert.ok(run.length > 180, `${run.length}`);
    for (const { name, tfjs } of run) assert.ok((tfjs as number) < 1e-5, `${name}: ${tfjs}`);
  });
});

/** Within 1e-5 of the largest value; NaN and ∞ at the same places. */
function assertClose(got: readonly number[], expected: readonly number[]): void {
  const largest = Math.max(1e-6, ...expected.filter(Number.isFinite).map(Math.abs));
  got.forEach((value, i) => {
    const wanted = expected[i]!;
    if (Object.is(value, wanted) || value === wanted) return;
    assert.ok(Math.abs(value - wanted) <= 1e-5 * largest, `element ${i}: ${value} instead of ${wanted}`);
  });
}

/** The shapes of the inputs without the length of their second axis; the signature is left out. */
function withFreeAxis(model: OperatorCase['model']): OperatorCase['model'] {
  const copy = structuredClone(model) as {
    signature: { inputs?: unknown };
    modelTopology: { node: { op: string; attr: Record<string, { shape?: { dim?: { size: string }[] } }> }[] };
  };
  copy.signature.inputs = undefined;
  for (const { op, attr } of copy.modelTopology.node) {
    const dim = op === 'Placeholder' ? attr.shape?.shape?.dim?.[1] : undefined;
    if (dim) dim.size = '-1';
  }
  return copy as unknown as OperatorCase['model'];
}
