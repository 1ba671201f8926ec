import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Runtime } from '../../../src/graph/runtime.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import type { Held } from '../../zoo/assess.ts';
import { holds, type Row, rowOf, table } from '../../zoo/table.ts';
import { zoo, zooNumbers } from '../../zoo/zoo.ts';

/** Its head counts positive values: a step function, through which no gradient flows in PyTorch either. */
const NO_GRADIENT = ['minirocket'];
/** tf2onnx writes Keras' GRU and SimpleRNN as a Loop; the .keras file itself is read with their own operators. */
const LOOPS = ['keras_bigru', 'keras_rnn'];
/** State, statistics over time, or attention: masking the layers does not keep padding out of them. */
const CANNOT_MASK = [
  ...[
    'lstm_fcn',
    'gru',
    'bilstm',
    'rnn',
    'stacked_lstm',
    'tst',
    'encoder',
    'encoder_steps_first',
    'patchtst',
    'tsit',
    'mha',
    'norms',
    'steps_first',
  ],
  ...['keras_lstm', 'keras_bigru', 'keras_rnn', 'keras_attention', 'keras_norms'],
];

/** Writes through a view, which only the functional dialect shows. */
const REFUSED = ['in_place.aten'];

describe('architectures as their exporters write them', function () {
  this.timeout(60_000);
  const reference = zooNumbers();
  const rows: Row[] = [];
  let runtime: Runtime;
  before(async () => {
    runtime = await openOnnxRuntimeNode();
  });

  for (const exported of zoo()) {
    const { architecture, exporter } = exported;
    it(`${architecture}, ${exporter}${exported.file ? '' : ': cannot be exported'}`, async () => {
      const row = await rowOf(exported, reference, runtime);
      rows.push(row);
      if (exported.file === undefined) {
        assert.ok(exported.refused);
        return;
      }
      if (REFUSED.includes(`${architecture}.${exporter}`)) {
        assert.match(row.refused ?? '', /writes into .* shares its memory/);
        return;
      }
      assert.equal(row.refused, undefined);
      const found = row.found!;
      assert.equal(found.layout, architecture.startsWith('keras') ? 'NTF' : 'NFT');
      assert.equal(found.classes, 3);
      assert.ok(holds(found.logits), shown(found.logits));
      const without = NO_GRADIENT.includes(architecture)
        ? 'no-gradient-path'
        : LOOPS.includes(architecture)
          ? 'unsupported-operator'
          : undefined;
      const expect = (one: Held, what: string) => {
        if (without === undefined) assert.ok(holds(one), `${what}: ${shown(one)}`);
        else assert.equal('code' in one && one.code, without, what);
      };
      expect(found.inputGradient, 'input gradient');
      for (const layer of found.layers) {
        assert.notEqual(layer.listed, 'not drawable', layer.name);
        expect(layer.gradcam, `Grad-CAM at ${layer.name}`);
        expect(layer.hirescam, `HiResCAM at ${layer.name}`);
        assert.ok(layer.zones === 'exact' || layer.zones === 'wider', `zones at ${layer.name}`);
      }
      if (CANNOT_MASK.includes(architecture)) {
        assert.ok(holds(found.masked) || ('code' in found.masked && found.masked.code === 'cannot-mask'));
      } else {
        assert.ok(holds(found.masked), shown(found.masked));
      }
    });
  }

  it('docs/architectures.md says so (npm run architectures writes it anew)', () => {
    const page = readFileSync(
      fileURLToPath(new URL('../../../docs/architectures.md', import.meta.url)),
      'utf8',
    );
    const [, written] = /<!-- table -->\n\n([\s\S]*?)\n\n<!-- \/table -->/.exec(page)!;
    assert.equal(written, table(rows));
  });
});

function shown(one: Held): string {
  return 'off' in one ? `off by ${one.off}` : one.refused;
}
