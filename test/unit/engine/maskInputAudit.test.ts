import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { explainerInputs } from '../../../src/engine/explainerInputs.ts';
import { auditJson } from '../../../src/export/auditJson.ts';
import { evaluationJson } from '../../../src/export/evaluationJson.ts';
import { readOnnx } from '../../../src/formats/onnx/readOnnx.ts';
import { writeOnnx } from '../../../src/formats/onnx/writeOnnx.ts';
import type { Graph } from '../../../src/graph/graph.ts';
import { MASK_INPUT } from '../../../src/graph/masking/positionMask.ts';
import { float32, int64 } from '../../../src/graph/tensor.ts';
import type { CarrierFigures } from '../../../src/padding/audit.ts';
import { noiseCsv, TINY_STEPS as STEPS } from '../../fixtures/noiseCsv.ts';
import { engineIn } from './engineIn.ts';

const tiny = (name: string) => fileURLToPath(new URL(`../../fixtures/tiny/${name}`, import.meta.url));

/** The same answers, with a mask that is read and counts for nothing. */
function deaf(graph: Graph): Graph {
  const [output] = graph.outputs;
  const made = (op: string, inputs: string[], to: string) => ({
    ...{ op, domain: '', name: to, inputs, outputs: [to], attributes: {} },
  });
  return {
    ...graph,
    inputs: [...graph.inputs, { name: MASK_INPUT, dtype: 'float32', dims: ['batch', STEPS] }],
    constants: new Map([...graph.constants, ['first', int64([1], [0])], ['nothing', float32([], [0])]]),
    nodes: [
      ...graph.nodes.map((node) => ({
        ...node,
        outputs: node.outputs.map((name) => (name === output!.name ? 'said' : name)),
      })),
      { ...made('Gather', [MASK_INPUT, 'first'], 'heard'), attributes: { axis: { kind: 'int', value: 1 } } },
      made('Mul', ['heard', 'nothing'], 'silence'),
      made('Add', ['said', 'silence'], output!.name),
    ],
  };
}

describe('a model that takes its mask beside the series', function () {
  this.timeout(20_000);
  const { engine, put } = engineIn('mask-audit');
  const asked = (model: string) => ({
    model,
    data: put('noise.csv', noiseCsv({ labelled: true })),
    project: tiny('attribution.json'),
  });

  it('is audited and evaluated as the model that takes the series alone, where the mask counts for nothing', async () => {
    const graph = readOnnx(readFileSync(tiny('tiny.onnx')));
    const model = put('deaf.onnx', writeOnnx(deaf(graph)));
    const figures = async (path: string) => {
      const { lengthEvidence, carrier } = auditJson(await engine.audit(asked(path))) as Record<
        string,
        unknown
      >;
      const few = { most: 4, draws: 1, allWeightsOnly: true, replacements: ['zero'] } as const;
      const { removal, padding } = evaluationJson(
        await engine.evaluate({ ...asked(path), ...few }),
      ) as Record<string, unknown>;
      return JSON.stringify([lengthEvidence, carrier, removal, padding], (_, value) =>
        typeof value === 'number' ? Number(value.toPrecision(4)) : value,
      );
    };
    const [own, other] = [await figures(model), await figures(tiny('tiny.onnx'))];
    assert.ok(own === other, 'the same figures');
  });

  it('is told its mask: whatever the padding holds, the masked model answers the same', async () => {
    const model = put('masked.onnx', (await engine.masked({ model: tiny('tiny.onnx') })).bytes);
    const audit = await engine.audit(asked(model));
    const plain = await engine.audit(asked(tiny('tiny.onnx')));
    const changes = (found: typeof audit) =>
      found.carrier.flatMap((one) =>
        ['reflect', 'plus_1sd', 'noise'].includes(one.intervention)
          ? [(one as CarrierFigures).meanAbsDp.value]
          : [],
      );
    assert.deepEqual(changes(audit), [0, 0, 0]);
    assert.ok(
      changes(plain).every((change) => change > 1e-4),
      String(changes(plain)),
    );
    const truncated = audit.carrier.find(({ intervention }) => intervention === 'truncate')!;
    assert.ok('unavailable' in truncated || truncated.meanAbsDp.value < 1e-5, JSON.stringify(truncated));
    assert.match(JSON.stringify(audit.masked), /takes its padding mask as an input already/);
  });

  it('is told the length in an explainer, unless something else was asked for', async () => {
    const model = put('masked.onnx', (await engine.masked({ model: tiny('tiny.onnx') })).bytes);
    const inputs = async (padding?: 'mask') =>
      [
        ...explainerInputs(
          (await engine.explainer({ model, project: tiny('attribution.json'), padding })).bytes,
        ),
      ].slice(1);
    assert.deepEqual([await inputs(), await inputs('mask')], [['length'], ['mask']]);
  });
});
