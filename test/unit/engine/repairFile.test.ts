import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newNetwork } from '../../../src/architectures/architectures.ts';
import { repairAgain } from '../../../src/cli/repairAgain.ts';
import type { RepairRequest } from '../../../src/engine/requests.ts';
import { repairJson } from '../../../src/export/repairJson.ts';
import { repairReport } from '../../../src/export/report/repairReport.ts';
import { repairText } from '../../../src/export/text/repairText.ts';
import { readOnnx } from '../../../src/formats/onnx/readOnnx.ts';
import { writeOnnx } from '../../../src/formats/onnx/writeOnnx.ts';
import { MASK_INPUT } from '../../../src/graph/masking/positionMask.ts';
import { withParameters } from '../../../src/graph/parameters.ts';
import { float32 } from '../../../src/graph/tensor.ts';
import type { Candidate } from '../../../src/repair/standing.ts';
import { noiseCsv } from '../../fixtures/noiseCsv.ts';
import { refusal } from '../refusal.ts';
import { engineIn } from './engineIn.ts';

const tiny = (name: string) => fileURLToPath(new URL(`../../fixtures/tiny/${name}`, import.meta.url));
const truth = fileURLToPath(new URL('../../fixtures/truth/037_C_mixed_RES_freq', import.meta.url));

/** What a repair counts or sets, and its p, have no interval. */
const ALONE = /seconds|epochs|gained|lost|\.p$|\.changes|padding\.|curve/;

/** Every object or bare number below something that holds figures. */
function figuresOf(of: unknown, path = ''): { readonly path: string; readonly keys: readonly string[] }[] {
  if (typeof of === 'number') return ALONE.test(path) ? [] : [{ path, keys: [] }];
  if (typeof of !== 'object' || of === null) return [];
  if ('value' in of && !path.endsWith('padding'))
    return [{ path, keys: ['interval', 'n', 'value'].filter((key) => key in of) }];
  return Object.entries(of).flatMap(([key, one]) => figuresOf(one, `${path}.${key}`));
}

describe('repair of a model', function () {
  this.timeout(60_000);
  const { engine, put } = engineIn('repair');
  const ofTruth: RepairRequest = {
    model: join(truth, 'model.onnx'),
    data: join(truth, 'test_30.npz'),
    project: join(truth, 'attribution.json'),
    keep: true,
  };
  const ofNoise = (csv: string, over: Partial<RepairRequest> = {}): RepairRequest => ({
    ...{ model: tiny('tiny.onnx'), data: put('noise.csv', csv), project: tiny('attribution.json') },
    ...over,
  });

  it('judges by folds, chooses by rule, and writes a drop-in that opens again and answers alike', async () => {
    const seen: Candidate[] = [];
    const told: [number, string][] = [];
    const { found, model } = await engine.repair(
      { ...ofTruth, arm: 'head' },
      {
        saw: (sighting) => 'candidate' in sighting && seen.push(sighting.candidate),
        report: (share, what) => told.push([share, what]),
      },
    );
    const shares = told.map(([share]) => share);
    assert.deepEqual(
      shares,
      shares.toSorted((a, b) => a - b),
      'it never goes back',
    );
    assert.ok(told.some(([, what]) => /^head: .*\(fold 5 of 5\)$/.test(what)));
    const judging = told.filter(([, what]) => what.startsWith('head: Judging'));
    assert.ok(judging.at(-1)![0] - judging[0]![0] > 0.2, 'a judging moves the bar');
    assert.deepEqual(found.judgedOn, { instances: 30, folds: 5 });
    assert.deepEqual(
      seen.map(({ name }) => name),
      ['head'],
    );
    assert.ok(found.after && found.paired && model && found.written);
    const { layout, look } = found.after;
    assert.ok(!('unavailable' in layout) && !('unavailable' in look));
    // Truncation, the other side and the doubled length: masked, they are one series.
    assert.deepEqual([layout.value, layout.changes], [0, 3]);
    // A drop-in takes padding that holds something else for series; told its mask, the same repair reads none of it.
    assert.ok(!('unavailable' in found.before.look) && found.before.look.value > 0.1);
    assert.ok(look.value > 0.1);
    const [head] = found.candidates;
    assert.ok(head && !('cannot' in head) && head.otherForm && !('unavailable' in head.otherForm.look));
    assert.deepEqual(
      [found.form, head.otherForm.form, head.otherForm.look.value],
      ['drop-in', 'mask-input', 0],
    );
    assert.equal(found.otherForm, null);
    assert.match(
      found.notes.join(' '),
      /look stays FRAGILE\. As a model that takes its mask .* \(--mask-input\)/,
    );
    const { metadata } = readOnnx(model);
    assert.deepEqual(JSON.parse(metadata!.get('attribution.repair_figures')!).after.look, look);
    assert.deepEqual(JSON.parse(metadata!.get('attribution.learnt_from')!), [
      { by: 'head', data: 'test_30.npz', sha256: found.provenance.dataHash, model: 'model.onnx' },
    ]);
    const gained = (found.after.accuracy.value - found.before.accuracy.value) * 30;
    const { mcnemar } = found.paired;
    assert.ok(Math.abs(mcnemar.gained - mcnemar.lost - gained) < 1e-9);
    const { turned } = found;
    assert.deepEqual([turned?.gained.length, turned?.lost.length], [mcnemar.gained, mcnemar.lost]);
    const lies = 'unavailable' in found.zones ? found.zones : found.zones.after;
    assert.ok(!('unavailable' in lies) && lies.REAL.value > 1 - 1e-6);
    // Of instances in the order of the file, masked: nothing is left on padding.
    assert.equal(found.maps.length, 4);
    for (const { mask, before, after } of found.maps) {
      const onPadding = (map: typeof after) =>
        map.values.reduce((sum, value, i) => sum + (mask[i % map.columns] ? 0 : Math.abs(value)), 0);
      assert.ok(onPadding(before) > 0);
      assert.equal(onPadding(after), 0);
    }
    const page = repairReport(found, null);
    assert.equal(page.match(/aria-label="Map (before|after)/g)?.length, 8);
    assert.equal('maps' in repairJson(found, null), false);
    // Every number that says how good or how far something is has its interval beside it.
    const { before: was, after: is, candidates, zones, latency, paired, written } = found;
    for (const one of figuresOf([was, is, candidates, zones, latency, paired, written]))
      assert.deepEqual(one.keys, ['interval', 'n', 'value'], one.path);
    assert.deepEqual([found.written.form, found.written.agreement.value], ['drop-in', 1]);
    const graph = readOnnx(model);
    assert.deepEqual(
      graph.inputs.map(({ dims }) => dims.slice(1)),
      [[6, 64]],
    );
    const path = put('repaired.onnx', model);
    const { instances } = await engine.data(ofTruth);
    const again = await engine.explainSome({
      ...ofTruth,
      model: path,
      instances: instances.map((_, i) => i),
    });
    const own = again.filter(({ prediction, instance }) => `${prediction.predicted}` === instance.label);
    // Made from these instances, so no proof: but hardly worse than what was measured on others.
    assert.ok(own.length / 30 > found.after.accuracy.value - 0.1, `${own.length}`);
    // Told its mask, the look no longer says what is series.
    const asMasked = { ...ofTruth, arm: 'masked', maskInput: true } as const;
    await assert.rejects(engine.repair({ ...asMasked, model: path }), refusal('cannot-repair', /these very/));
    const silent = put('silent.onnx', writeOnnx(graph, new Map()));
    const anew = (await engine.repair({ ...asMasked, model: silent })).found;
    assert.match(anew.notes.join(' '), /finds its mask itself/);
    assert.ok(!('unavailable' in anew.after!.look) && anew.after!.look.value === 0);
  });

  it('says when nothing helps, as to a model that is anew its mask already, and writes nothing', async () => {
    const anew = put('anew.onnx', (await engine.masked({ model: tiny('tiny.onnx') })).bytes);
    const asked = ofNoise(noiseCsv({ instances: 24, labelled: true }), { model: anew, keep: true });
    const { found, model } = await engine.repair(asked);
    assert.equal(found.candidates.length, 5);
    const cannot = found.candidates.flatMap((one) => ('cannot' in one ? [one.cannot] : []));
    assert.match(cannot.join(' '), /24 instances to learn from; training needs at least 60/);
    assert.deepEqual([found.chosen, model, found.after], [null, null, null]);
    assert.match(found.reason, /^Nothing helped: of 3 repairs tried/);
  });

  it('chooses nothing for a drop-in where the look alone would be better, and says in which form it would', async () => {
    const asked = ofNoise(noiseCsv({ instances: 24, labelled: true }), { keep: true });
    const { found, model } = await engine.repair(asked);
    assert.deepEqual([found.chosen, found.after, model, found.form], [null, null, null, 'drop-in']);
    assert.equal(found.otherForm?.form, 'mask-input');
    assert.match(
      found.reason,
      /^Nothing helped.* As a model that takes its mask as a second input there is one that helps: \w+: /,
    );
    const files = { model: asked.model, data: asked.data, truncate: false, arm: 'auto', seed: 1 };
    const again = repairAgain(found, files, undefined);
    assert.match(
      again!,
      /^attribution-lens repair .*tiny\.onnx .*noise\.csv --mask-input --out repaired\.onnx$/,
    );
    put('b_mask.onnx', '');
    assert.match(repairAgain(found, files, put('b.onnx', ''))!, / --out \S*b_mask2\.onnx$/);
    assert.match(
      repairText(found, null, again),
      /second input there is one that helps.*\nTry it: attribution-lens/s,
    );
    const [first] = repairJson(found, null).candidates as { look: object; otherForm: { look: object } }[];
    assert.deepEqual(first!.otherForm.look, { ...first!.otherForm.look, value: 0, answer: 'robust' });
    assert.notDeepEqual(first!.look, first!.otherForm.look);
  });

  it('names the layers of a quantised model that are not masked, wherever the repair is told', async () => {
    const project = put(
      'quantised.json',
      readFileSync(tiny('attribution.json'), 'utf8').replace('{', '{ "input": "NFT",'),
    );
    const csv = noiseCsv({ instances: 24, labelled: true });
    const asked = ofNoise(csv, { model: tiny('quantised.onnx'), project, arm: 'masked', keep: true });
    const { found, model } = await engine.repair(asked);
    const { notMasked } = found;
    assert.deepEqual([notMasked.length, notMasked[0]], [6, 'conv1dblock.0']);
    assert.deepEqual(repairJson(found, null).notMasked, notMasked);
    assert.match(repairText(found, null), /Masked at its input and not in conv1dblock\.0, /);
    assert.match(repairReport(found, null), /not in conv1dblock\.0, /);
    assert.equal(readOnnx(model!).metadata!.get('attribution.not_masked'), JSON.stringify(notMasked));
    const alone = await engine.masked({ model: asked.model, project });
    assert.deepEqual(alone.notMasked, notMasked);
    assert.equal(readOnnx(alone.bytes).metadata!.get('attribution.not_masked'), JSON.stringify(notMasked));
    const { findings } = await engine.explain({ ...asked, instance: 0, maskedModel: true });
    const said = findings.find(({ code }) => code === 'masked-model')!.sentence;
    assert.match(said, /padding kept out of its input .* Masked at its input and not in conv1dblock\.0, /);
  });

  it('keeps the best so far where somebody has enough', async () => {
    const enough = new AbortController();
    const asked = { ...ofTruth, maskInput: true };
    const { found, model } = await engine.repair(asked, {
      enough: enough.signal,
      saw: (sighting) => 'candidate' in sighting && sighting.candidate.name === 'head' && enough.abort(),
    });
    assert.equal(found.stopped, true);
    assert.equal(found.candidates.length, 2);
    assert.equal(found.chosen, 'head');
    assert.match(found.notes.join(' '), /the one of the first fold, which learnt from 24 of 30/);
    const { metadata } = readOnnx(model!);
    assert.match(metadata!.get('attribution.repair_stopped')!, /^Stopped by somebody: the best so far/);
    assert.deepEqual(JSON.parse(metadata!.get('attribution.repair_notes')!), found.notes);
    assert.equal(metadata!.has('attribution.repair_epochs'), false);
    assert.deepEqual(
      readOnnx(model!).inputs.map(({ name }) => name),
      ['x', MASK_INPUT],
    );
  });

  it('masked has learnt from nobody, so that a fold’s is the one from all wherever somebody has enough', async () => {
    const enough = new AbortController();
    const saw = () => enough.abort();
    const { found } = await engine.repair(
      { ...ofTruth, arm: 'masked' },
      { enough: enough.signal, saw: (s) => 'candidate' in s && saw() },
    );
    assert.equal(found.chosen, 'masked');
    assert.doesNotMatch(found.notes.join(' '), /first fold|learnt from/);
    assert.equal(found.written?.agreement.value, 1);
  });

  it('keeps the weights where training gives no numbers, and says at which step and rate', async () => {
    const whole = newNetwork('fcn', { features: 4, steps: 24, classes: 2 }, 1, 4);
    const kernel = 'convblock1.0.weight';
    // It answers as before, but the squares of a batch are more than a float32 holds.
    const scales = { [kernel]: 3e18, 'convblock1.1.running_mean': 3e18, 'convblock1.1.running_var': 9e36 };
    const scaled = Object.entries(scales).map(([name, by]) => {
      const { dims, data } = whole.constants.get(name)!;
      return [
        name,
        float32(
          [...dims],
          (data as Float32Array).map((value) => value * by),
        ),
      ] as const;
    });
    const ill = put('ill.onnx', writeOnnx(withParameters(whole, scaled)));
    const data = noiseCsv({ instances: 60, labelled: true });
    const { found, model } = await engine.repair({
      ...ofNoise(data, { model: ill, keep: true }),
      arm: 'fine-tune',
    });
    const [tried] = found.candidates;
    assert.ok(tried && !('cannot' in tried));
    assert.match(
      tried.notes.join(' '),
      /^In 5 of 5 repairs the loss became no number, first at step 1 with learning rate 0\.0010: the last good weights were kept\.$/,
    );
    assert.deepEqual(readOnnx(model!).constants.get(kernel)!.data, scaled[0]![1].data);
  });

  it('refuses in one sentence what cannot be repaired or judged', async () => {
    const rejects = (asked: RepairRequest, code: string, words: RegExp) =>
      assert.rejects(engine.repair(asked), refusal(code, words));
    const bare = put(
      'bare.json',
      readFileSync(tiny('attribution.json'), 'utf8').replace('"label": "label",', ''),
    );
    await rejects(
      ofNoise(noiseCsv({ instances: 30 }), { project: bare }),
      'no-labels',
      /30 of 30 .*first is instance "i0" \(line 2\)\)/,
    );
    await rejects(ofNoise(noiseCsv({ labelled: true })), 'too-few-instances', /14 instances, 7 of class/);
    const one = noiseCsv({ instances: 30, labelled: true }).replaceAll(',left,', ',right,');
    await rejects(ofNoise(one), 'one-class', /is of class "right"/);
    const full = noiseCsv({ instances: 30, labelled: true, length: () => 24 });
    await rejects(ofNoise(full), 'no-padding', /nothing to repair/);
    const unknown = noiseCsv({ instances: 30, labelled: true }).replaceAll(',left,', ',sideways,');
    const strange = /15 of 30 .* model knows \(the first is instance "i\d+" \(line \d+\), "\w+"\)/;
    await rejects(ofNoise(unknown), 'no-labels', strange);
    const same = noiseCsv({ instances: 30, labelled: true });
    await rejects(
      ofNoise(same, { train: put('same.csv', same) }),
      'train-is-data',
      /same\.csv and .* hold the same: a repair is not judged on what it has learnt from/,
    );
    const other = put('other.csv', noiseCsv({ instances: 10, labelled: true }));
    await rejects(
      ofNoise(noiseCsv({ instances: 30, labelled: true }), { train: other }),
      'too-few-instances',
      /other\.csv has 10 instances/,
    );
  });
});
