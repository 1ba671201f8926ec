import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AuditRequest } from '../../../src/engine/requests.ts';
import { auditJson } from '../../../src/export/auditJson.ts';
import { writeOnnx } from '../../../src/formats/onnx/writeOnnx.ts';
import type { Audit, CarrierResult } from '../../../src/padding/audit.ts';
import { Refusal } from '../../../src/refusal.ts';
import { noiseCsv as csv, TINY_STEPS as STEPS } from '../../fixtures/noiseCsv.ts';
import { writeProject } from '../../fixtures/projectFile.ts';
import { modelCard } from '../../fixtures/reference.ts';
import { referenceFile } from '../../fixtures/referenceFile.ts';
import { attribute, type NodeText, opCase, vector, weights } from '../gradient/opCase.ts';
import { engineIn } from './engineIn.ts';

const tiny = (name: string) => fileURLToPath(new URL(`../../fixtures/tiny/${name}`, import.meta.url));
const project = JSON.parse(readFileSync(tiny('attribution.json'), 'utf8'));
const carrier = (audit: Audit, name: string): CarrierResult =>
  audit.carrier.find(({ intervention }) => intervention === name) ?? assert.fail(name);
const reason = (value: object) =>
  'unavailable' in value ? String(value.unavailable) : assert.fail('it is available');

describe('audit of a file', function () {
  this.timeout(60_000);
  const { engine, folder, put } = engineIn('audit');
  const config = (name: string, change: object) => put(name, JSON.stringify({ ...project, ...change }));
  const ask = (data: string, over: Partial<AuditRequest> = {}): AuditRequest => ({
    model: tiny('tiny.onnx'),
    project: config('plain.json', { data: { case: 'case', time: 't', features: ['a', 'b', 'c', 'd'] } }),
    data,
    ...over,
  });

  it('without labels: length evidence on the model’s own answers, and what labels would add', async () => {
    const audit = await engine.audit(ask(put('bare.csv', csv())));
    assert.deepEqual([audit.accuracy, audit.balancedAccuracy], [null, null]);
    assert.ok(audit.instances.every(({ label }) => label === null));
    assert.ok(new Set(audit.instances.map(({ predicted }) => predicted)).size === 2, 'both classes occur');
    assert.ok(!('unavailable' in audit.lengthEvidence), JSON.stringify(audit.lengthEvidence));
    assert.equal(audit.lengthEvidence.labelled, false);
    assert.match(
      audit.verdicts.lengthEvidence.reason,
      /agreement above chance.*own answers; labels of all instances would show/,
    );
    assert.match(reason(audit.lengthOnlyBaseline), /needs labels of at least two classes/);
    assert.ok(audit.carrier.every((result) => 'unavailable' in result || result.balancedAccuracy === null));
  });

  it('with labels: accuracy, and a baseline on the length', async () => {
    const labelled = config('labelled.json', {
      data: { case: 'case', time: 't', label: 'label', features: ['a', 'b', 'c', 'd'] },
    });
    const audit = await engine.audit(
      ask(put('labelled.csv', csv({ labelled: true })), { project: labelled }),
    );
    assert.ok(audit.accuracy !== null && audit.balancedAccuracy !== null);
    assert.ok(!('unavailable' in audit.lengthOnlyBaseline) && audit.lengthOnlyBaseline.tree.n === 14);
  });

  it('knows labels that are none of the classes, and says so once per name', async () => {
    const data = put(
      'foreign.csv',
      csv({ labelled: true }).replaceAll(/\b(left|right)\b/g, (name) => `${name}_foot`),
    );
    const set = ['data.label="label"'];
    const audit = await engine.audit(ask(data, { set, instances: [5, 6, 7] }));
    assert.deepEqual(audit.unknownLabels?.toSorted(), ['left_foot', 'right_foot']);
    assert.equal(audit.accuracy, null);
  });

  it('of one instance: facts about it, and no verdict that rests on rates', async () => {
    const audit = await engine.audit(ask(put('bare.csv', csv()), { instances: [5] }));
    assert.deepEqual(
      audit.instances.map(({ id, index }) => [id, index]),
      [['i5', 5]],
    );
    assert.equal(audit.verdicts.carrierDependence.answer, 'cannot tell');
    assert.match(audit.verdicts.carrierDependence.reason, /at least 10 instances/);
    assert.equal(audit.verdicts.lengthEvidence.answer, 'cannot tell');
    assert.match(audit.verdicts.lengthEvidence.reason, /at least 10 instances/);
    assert.equal(audit.verdicts.mapArtefact.answer, 'explained');
    for (const result of audit.carrier) {
      assert.ok(!('unavailable' in result), result.intervention);
      assert.ok(Number.isFinite(result.meanAbsDp.value) && result.worst.id === 'i5');
    }
    assert.ok(!('unavailable' in audit.lengthSweep) && audit.lengthSweep.length === 9);
  });

  it('the same seed gives the same audit; another one other noise', async () => {
    const data = put('bare.csv', csv());
    const [one, same, other] = [
      await engine.audit(ask(data, { seed: 7 })),
      await engine.audit(ask(data, { seed: 7 })),
      await engine.audit(ask(data, { seed: 8 })),
    ];
    assert.deepEqual(auditJson(same), auditJson(one));
    assert.notDeepEqual(carrier(other, 'noise'), carrier(one, 'noise'));
    assert.deepEqual(other.maps, one.maps);
  });

  it('padding in front', async () => {
    const front = config('front.json', {
      data: { case: 'case', time: 't', features: ['a', 'b', 'c', 'd'] },
      preprocess: [project.preprocess[0], { pad: { to: STEPS, value: 0, side: 'front' } }],
    });
    const audit = await engine.audit(ask(put('bare.csv', csv()), { project: front }));
    assert.equal(audit.padSide, 'front');
    assert.ok(!('unavailable' in carrier(audit, 'other_side')));
    assert.ok(!('unavailable' in audit.masked));
  });

  it('padding in the middle has no other side; everything else is there', async () => {
    const mask = '111111111000000111111111';
    const audit = await engine.audit(
      ask(put('middle.csv', csv({ length: () => STEPS, mask })), {
        mask: { kind: 'mask-column', column: 'real' },
      }),
    );
    assert.equal(audit.padSide, 'middle');
    assert.deepEqual(audit.instances[0]!.length, 18);
    assert.match(reason(carrier(audit, 'other_side')), /between real steps/);
    assert.equal(audit.carrier.filter((result) => 'unavailable' in result).length, 1);
    assert.match(reason(audit.lengthEvidence), /same length/);
  });

  it('nothing padded: says so before the runs, and asks only what has a meaning', async () => {
    const said: string[] = [];
    const report = (_: number, what: string) => said.push(what);
    const audit = await engine.audit(ask(put('full.csv', csv({ length: () => STEPS }))), { report });
    const first = said.findIndex((what) => what.endsWith('runs)'));
    assert.ok(said.slice(0, first + 1).some((what) => what.startsWith('No instance is padded')));
    const asked = Number(/(\d+) runs/.exec(said.findLast((what) => what.endsWith('runs)'))!)?.[1]);
    assert.ok(asked <= 14 * 4);
    assert.equal(audit.padSide, 'none');
    for (const { answer, reason: why } of [audit.verdicts.mapArtefact, audit.verdicts.carrierDependence]) {
      assert.equal(answer, 'cannot tell');
      assert.match(why, /^No instance is padded/);
    }
    for (const result of audit.carrier) assert.match(reason(result), /nothing to change/);
    assert.deepEqual(
      audit.preprocessing.map(({ code }) => code),
      ['no-padding'],
    );
    assert.match(audit.verdicts.lengthEvidence.reason, /same length/);
    for (const part of [audit.masked, audit.lengthSweep]) assert.match(reason(part), /nothing to change/);
  });

  describe('of a model whose length is written into it', () => {
    const { int, ints } = attribute;
    const conv: NodeText = ['Conv', 'x w1 b1', 'c', { pads: ints([1, 1]) }];
    const save = (name: string, nodes: readonly NodeText[], more = {}) => {
      const constants = {
        w1: weights([4, 4, 3], 1),
        b1: weights([4], 2),
        w: weights([2, 96], 3),
        b: weights([2], 4),
        ...more,
      };
      const { graph } = opCase(name, [2, 4, STEPS], nodes, { constants });
      const outputs = [{ name: 'y', dtype: 'float32', dims: ['batch', 2] }] as const;
      return put(`${name}.onnx`, writeOnnx({ ...graph, outputs }));
    };
    const gemm: NodeText = ['Gemm', 'v w b', 'y', { transB: int(1) }];

    for (const [what, make, sentence] of [
      [
        'weights per step (Flatten, Gemm)',
        () => save('flat', [conv, ['Relu', 'c', 'r'], ['Flatten', 'r', 'v'], gemm]),
        /takes 24 steps only: its weights are tied to that length/,
      ],
      [
        'a Reshape to T',
        () =>
          save(
            'reshape',
            [
              conv,
              ['Relu', 'c', 'r'],
              ['Reshape', 'r to', 'q'],
              ['ReduceMean', 'q', 'v', { axes: ints([2]), keepdims: int(0) }],
              ['Gemm', 'v w2 b', 'y', { transB: int(1) }],
            ],
            { to: vector(-1, 4, STEPS), w2: weights([2, 4], 5) },
          ),
        /Reshape "node2" has the length 24 written into it/,
      ],
    ] as const) {
      it(`${what}: truncating, doubling and the sweep say why not, the rest is there`, async () => {
        const audit = await engine.audit(ask(put('bare.csv', csv()), { model: make() }));
        for (const name of ['truncate', 'double_T']) assert.match(reason(carrier(audit, name)), sentence);
        assert.match(reason(audit.lengthSweep), sentence);
        for (const name of ['last_value', 'noise', 'other_side', 'zero'])
          assert.ok(!('unavailable' in carrier(audit, name)), name);
      });
    }

    it('an activation behind the pooling: no exact split, and why', async () => {
      const model = save(
        'mlp',
        [
          conv,
          ['GlobalAveragePool', 'c', 'g'],
          ['Flatten', 'g', 'f'],
          ['Relu', 'f', 'v'],
          ['Gemm', 'v w2 b', 'y', { transB: int(1) }],
        ],
        { w2: weights([2, 4], 5) },
      );
      const audit = await engine.audit(ask(put('bare.csv', csv()), { model, instances: [0, 1] }));
      assert.match(reason(audit.logitSplit), /not pooled-linear: Relu ".*" stands between/);
    });
  });

  describe('refused by sentence', () => {
    const refused = async (request: AuditRequest, code: string, sentence: RegExp) =>
      assert.rejects(engine.audit(request), (error) => {
        assert.ok(error instanceof Refusal, String(error));
        assert.equal(error.code, code);
        assert.match(error.message, sentence);
        return true;
      });

    it('an instance that is not there, or none', async () => {
      const data = put('bare.csv', csv());
      await refused(ask(data, { instances: [99] }), 'no-such-instance', /no instance 99: the file has 14/);
      await refused(ask(data, { instances: [] }), 'no-such-instance', /nothing to audit/);
    });

    it('an unknown layer', () =>
      refused(ask(put('bare.csv', csv()), { layer: 'nix' }), 'unknown-layer', /"nix"/));

    describe('with a free time axis', () => {
      it('instances that are not padded to one length', async () => {
        const { mean, std } = modelCard('xcm_content_w26').standardization;
        const path = put('unpadded.json', JSON.stringify({ preprocess: [{ standardize: { mean, std } }] }));
        const request = {
          model: referenceFile('xcm_content_w26.dynT.onnx'),
          data: referenceFile('padded30/padded30_content.csv'),
          project: path,
        };
        await refused(request, 'lengths-differ', /not padded to one length.*"pad": \{ "to"/);
      });
    });
  });

  it('stops when it is cancelled, at any point, and can be asked again', async () => {
    const data = put('bare.csv', csv());
    const shares: number[] = [];
    await engine.audit(ask(data), { report: (share) => shares.push(share) });
    assert.deepEqual(
      shares,
      shares.toSorted((a, b) => a - b),
      'progress never goes back',
    );
    assert.equal(shares.at(-1), 1);
    for (const stopAt of [0, 0.3, 0.7]) {
      const abort = new AbortController();
      const cancelled = new Refusal('cancelled', 'Cancelled.');
      const last: number[] = [];
      const running = engine.audit(ask(data), {
        signal: abort.signal,
        report: (share) => {
          last.push(share);
          if (share >= stopAt) abort.abort(cancelled);
        },
      });
      await assert.rejects(running, (error) => error === cancelled);
      assert.ok(last.at(-1)! < 1, `stopped at ${last.at(-1)} of ${stopAt}`);
    }
    assert.equal((await engine.audit(ask(data))).instances.length, 14);
  });

  describe('of reference models', () => {
    for (const name of ['fcn_content', 'resnet_content', 'inceptiontime_content']) {
      it(`${name}: the logit splits exactly at its last convolution`, async () => {
        const audit = await engine.audit({
          model: referenceFile(`${name}.onnx`),
          data: referenceFile('padded30/padded30_content.csv'),
          project: writeProject(folder, modelCard(name)),
          instances: [0, 1, 2],
        });
        assert.ok(!('unavailable' in audit.logitSplit), JSON.stringify(audit.logitSplit));
        assert.ok(audit.logitSplit.maxGap < 1e-4, String(audit.logitSplit.maxGap));
        assert.ok(audit.logitSplit.padding.some((part) => Math.abs(part) > 0.01));
      });
    }

    it('lstmfcn_content: no split, and why; its LSTM is masked', async () => {
      const audit = await engine.audit({
        model: referenceFile('lstmfcn_content.onnx'),
        data: referenceFile('padded30/padded30_content.csv'),
        project: writeProject(folder, modelCard('lstmfcn_content')),
        instances: [0, 1],
      });
      assert.match(reason(audit.logitSplit), /Concat/);
      assert.ok(!('unavailable' in audit.masked));
    });
  });
});
