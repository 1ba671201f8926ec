import assert from 'node:assert/strict';
import { adviceFor } from '../../../src/padding/advice.ts';
import type { GraphFacts } from '../../../src/padding/adviceOnLength.ts';
import type { Audit } from '../../../src/padding/audit.ts';
import { repairCommand, tryWords } from '../../../src/padding/repairCommand.ts';
import { ARMS } from '../../../src/repair/armNames.ts';
import { smallAudit } from '../../webview/harness/audits.ts';
import {
  CASES,
  cause,
  clean,
  type Found,
  finding,
  leaky,
  NO_FACTS,
  ofGraph,
  verdict,
  verdicts,
} from './adviceCases.ts';

describe('advice', () => {
  const given = ({ graph, ...over }: Found, field: number | null = 10) =>
    adviceFor({ ...clean, ...over }, { ...NO_FACTS, ...graph, receptiveField: field });

  it('is none where nothing was found', () => {
    assert.deepEqual(given({}), []);
    assert.deepEqual(given({}, null), []);
  });

  for (const [code, { fits, not, snippets, travels }] of Object.entries(CASES)) {
    it(`${code}: for its finding and only then`, () => {
      for (const over of fits) {
        const [advice, ...others] = given(over);
        assert.equal(advice?.code, code);
        assert.deepEqual(
          others.map((one) => one.code),
          travels ? ['mask-must-travel'] : [],
        );
        assert.ok(advice!.basis.length > 20);
        assert.ok(advice!.tryIt === null || ARMS.includes(advice!.tryIt));
        assert.deepEqual((advice?.snippets ?? []).map(({ language }) => language).toSorted(), [
          ...snippets.toSorted(),
        ]);
      }
      for (const over of not) assert.ok(!given(over).some((advice) => advice.code === code));
    });
  }

  it('window-too-long: where one position reads more than half of the steps', () => {
    assert.deepEqual(given({}, 30), []);
    const [advice] = given({}, 31);
    assert.equal(advice?.code, 'window-too-long');
    assert.match(advice!.sentence, /reads 31 of 60 steps, so/);
    assert.match(advice!.snippets![0]!.code, /window_perc/);
  });

  it('a model that reads length: what was measured to help, with its ban, and what was measured not to', () => {
    const reads = verdicts({ lengthEvidence: verdict('YES') });
    const [advice, scaling, mask] = given(reads);
    assert.deepEqual([advice!.code, advice!.tryIt], ['model-reads-length', 'head-random-length']);
    assert.match(
      advice!.sentence,
      /Never reflect where order or direction.*Random position and a mask channel/,
    );
    assert.deepEqual([scaling!.code, mask!.code], ['do-not-scale', 'mask-must-travel']);
    const { lengthEvidence: found } = smallAudit;
    assert.ok(!('unavailable' in found));
    const ways = found.ways.map((one) => (one.way === 'reflect' ? { ...one, deficit: -0.22 } : one));
    const [banned] = given({ ...reads, lengthEvidence: { ...found, ways } });
    assert.match(banned!.sentence, /Do not reflect here: reflected contents lose 22 %/);
    assert.equal(banned!.tryIt, 'head', 'the other repair reflects');
    const [, , , window] = given(reads, 60);
    assert.match(window!.sentence, /is itself a length/);
  });

  it('offers a mask as an input where the look alone is fragile, which a drop-in finds its mask by', () => {
    const asked = (over: Parameters<typeof verdicts>[0]) => given(verdicts(over))[0]?.maskInput;
    assert.equal(asked({ look: verdict('FRAGILE') }), true);
    assert.equal(asked({ look: verdict('FRAGILE'), layout: verdict('FRAGILE') }), undefined);
    const edge = { ...finding('padding-not-constant'), ...verdicts({ layout: verdict('FRAGILE') }) };
    assert.equal(given(edge)[0]?.maskInput, true, 'no value to find a mask by');
  });

  it('claims nothing about the model where the length could not be told', () => {
    const [unsure] = given({ ...leaky, ...verdicts({ lengthEvidence: verdict('cannot tell') }) });
    assert.match(unsure!.sentence, /could not be told/);
    assert.doesNotMatch(unsure!.sentence, /does not/);
    const said = (answer: Audit['verdicts']['lengthEvidence']['answer']) =>
      given({ ...leaky, ...verdicts({ lengthEvidence: verdict(answer) }) })[0]!.sentence;
    assert.match(said('unclear'), /reads a little of it/);
    assert.match(
      said('responds, worth nothing on this data'),
      /although the data leak length \(length alone: balanced accuracy 0\.78 \[0\.66, 0\.87\], chance 0\.50\)/,
    );
  });

  it('advises no mask where none can be laid, but what is left', () => {
    const reads = { ...verdicts({ lengthEvidence: verdict('YES'), look: verdict('FRAGILE') }) };
    const all = given({ ...reads, ...ofGraph({ unmaskable: 'It attends.' }) });
    assert.deepEqual(
      all.map(({ code, tryIt }) => [code, tryIt]),
      [
        ['model-reads-length', 'head-random-length'],
        ['do-not-scale', null],
        ['fragile-unmaskable', null],
      ],
    );
    assert.match(all[0]!.sentence, /masks cannot be laid over its layers: It attends\. What is left/);
    assert.match(all[2]!.sentence, /It attends\. Pad at prediction exactly as in training/);
    assert.doesNotMatch(JSON.stringify(all), /[Mm]ask (the input|every layer)/);
  });

  it('takes flips by look away beside a side that has to be kept', () => {
    const both = verdicts({ layout: verdict('FRAGILE'), look: verdict('FRAGILE') });
    const of = (graph: Partial<GraphFacts>) =>
      given({ ...both, ...ofGraph({ stepWeights: ['fc'], ...graph }) }).map(
        ({ code, tryIt, maskInput }) => `${code} ${tryIt} ${maskInput}`,
      );
    const side = 'fragile-place null undefined';
    const travels = 'mask-must-travel null undefined';
    assert.deepEqual(of({}), [side, 'fragile-look head true', travels]);
    assert.deepEqual(of({ layersMasked: 'finds its mask' }), [side, 'fragile-look masked true', travels]);
    assert.deepEqual(of({ layersMasked: 'takes its mask' }), [side]);
  });

  it('sends a model that was repaired with these instances back to the one it was made from', () => {
    const fragile = verdicts({ look: verdict('FRAGILE') });
    const repaired = given({ ...fragile, ...ofGraph({ learnt: { by: 'head', model: 'was.onnx' } }) });
    assert.deepEqual(
      repaired.map(({ code, tryIt }) => [code, tryIt]),
      [
        ['fragile-padding', null],
        ['repaired-with-these', null],
      ],
    );
    assert.match(repaired[1]!.sentence, /repair was\.onnx, with --mask-input/);
    const most = given({
      ...fragile,
      ...ofGraph({ learnt: { by: 'head', model: 'was.onnx', n: 100, of: 110 } }),
    });
    assert.match(most[1]!.sentence, /100 of these 110 instances .* judged on the few that are left/);
    const files = { model: 'models/now.onnx', data: 'a b.csv' };
    assert.equal(repairCommand(repaired[1]!, files), null, 'it may lie anywhere');
    const beside = given({
      ...fragile,
      ...ofGraph({ learnt: { by: 'head', model: 'was.onnx', isBeside: true } }),
    });
    assert.deepEqual(
      beside.map((one) => repairCommand(one, files)),
      [null, "attribution-lens repair models/was.onnx 'a b.csv' --mask-input"],
    );
    assert.match(tryWords(beside[1]!), /the model it was made from/);
    assert.deepEqual(
      given({ ...fragile, ...ofGraph({ learnt: { by: 'train' } }) }),
      given(fragile),
      'training is no repair',
    );
    assert.deepEqual(given(ofGraph({ learnt: { by: 'head' } })), [], 'nothing found');
  });

  it('comes most pressing first', () => {
    const all = given(
      {
        ...finding('statistics-polluted'),
        ...leaky,
        ...cause('structural'),
        ...verdicts({
          lengthEvidence: verdict('YES'),
          look: verdict('FRAGILE'),
          mapArtefact: verdict('explained', { padding: 0.6 }),
        }),
      },
      60,
    );
    assert.deepEqual(
      all.map(({ code }) => code),
      [
        ...['standardise-then-pad', 'model-reads-length', 'do-not-scale', 'fragile-padding'],
        ...['mask-must-travel', 'window-too-long', 'read-with-hirescam', 'class-degenerate-layer'],
      ],
    );
  });
});
