import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readOnnx } from '../../../src/formats/onnx/readOnnx.ts';
import { writeOnnx } from '../../../src/formats/onnx/writeOnnx.ts';
import { isOneAnswer } from '../../../src/padding/oneAnswer.ts';
import { engineIn } from './engineIn.ts';

const truth = fileURLToPath(new URL('../../fixtures/truth/037_C_mixed_RES_freq', import.meta.url));

describe('A model that answers the same whatever it is shown', function () {
  this.timeout(30_000);
  const { engine, put } = engineIn('one-answer');
  const data = join(truth, 'test_30.npz');
  const project = join(truth, 'attribution.json');
  const SAME = /^The model gives the same answer, with the same outputs, to all (30|3) series/;
  let model: string;
  before(() => {
    const graph = readOnnx(readFileSync(join(truth, 'model.onnx')));
    const head = graph.nodes.findLast(({ op }) => op === 'Gemm' || op === 'MatMul')!;
    const weights = graph.constants.get(head.inputs[1]!)!;
    const zero = { ...weights, data: weights.data.slice().fill(0 as never) };
    const constants = new Map([...graph.constants, [head.inputs[1]!, zero]]);
    model = put('const.onnx', writeOnnx({ ...graph, constants }));
  });

  it('is refused by a repair in one sentence', async () => {
    await assert.rejects(
      engine.repair({ model, data, project, arm: 'masked' }),
      ({ message }: Error) => SAME.test(message) && /nothing to repair\.$/.test(message),
    );
  });

  it('is warned of by audit and evaluation', async () => {
    const request = { model, data, project, instances: [0, 1, 2] };
    const audit = await engine.audit(request);
    const { findings = [] } = await engine.evaluate({ ...request, draws: 1 });
    for (const found of [audit.preprocessing, findings]) {
      const [said, ...more] = found.filter(({ code }) => code === 'one-answer');
      assert.match(said!.sentence, SAME);
      assert.deepEqual([said!.severity, more], ['warning', []]);
    }
    assert.doesNotMatch(JSON.stringify(audit), /NaN/);
  });

  it('is told from one that was shown the same, or answers apart', () => {
    const [a, b] = [{ x: Float32Array.of(1, 2) }, { x: Float32Array.of(1, 3) }];
    const answers = (...logits: number[]) => ({ logits: Float32Array.from(logits), classes: 2 });
    assert.equal(isOneAnswer([a, b], answers(0.3, -1, 0.3, -1)), true);
    assert.equal(isOneAnswer([a, b], answers(0.3, -1, 0.3001, -1)), false);
    assert.equal(isOneAnswer([a, { x: a.x.slice() }], answers(0.3, -1, 0.3, -1)), false);
    assert.equal(isOneAnswer([a], answers(0.3, -1)), false);
  });
});
