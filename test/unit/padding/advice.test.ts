import assert from 'node:assert/strict';
import { adviceFor } from '../../../src/padding/advice.ts';
import type { GraphFacts } from '../../../src/padding/adviceOnLength.ts';
import type { Audit, LayerFacts, Verdict } from '../../../src/padding/audit.ts';
import { ARMS } from '../../../src/repair/armNames.ts';
import { smallAudit } from '../../webview/harness/audits.ts';

const verdict = <A extends Verdict['answer']>(answer: A, numbers = {}): Verdict<A> => ({
  answer,
  reason: '',
  numbers,
});

/** An audit that found nothing: no piece of advice fits it. */
const clean: Audit = {
  ...smallAudit,
  steps: 60,
  maps: smallAudit.maps.map((facts) => ({ ...facts, degeneracy: { ...facts.degeneracy, cause: 'none' } })),
  verdicts: {
    lengthEvidence: verdict('no'),
    layout: verdict('robust'),
    look: verdict('robust'),
    mapArtefact: verdict('explained', { padding: 0.05 }),
    carrierDependence: verdict('robust'),
  },
  preprocessing: [],
  lengthOnlyBaseline: { tree: 0.51, chance: 0.5, p: 0.4, n: 60 },
};
const finding = (code: string) => ({
  preprocessing: [{ code, severity: 'warning' as const, sentence: '' }],
});
const verdicts = (over: Partial<Audit['verdicts']>) => ({ verdicts: { ...clean.verdicts, ...over } });
const cause = (of: LayerFacts['degeneracy']['cause']) => ({
  maps: clean.maps.map((facts) => ({ ...facts, degeneracy: { ...facts.degeneracy, cause: of } })),
});
/** Neither truncated nor doubled: the graph takes one length, which is no weight for every step. */
const tied = (['truncate', 'double_T'] as const).map((intervention) => ({ intervention, unavailable: '' }));
const NO_FACTS: GraphFacts = { receptiveField: 10, stepWeights: [], layersMasked: 'no' };
const ofGraph = (graph: Partial<GraphFacts>) => ({ graph: { ...NO_FACTS, ...graph } });
const leaky = { lengthOnlyBaseline: { tree: 0.78, chance: 0.5, p: 0.005, n: 60 } };

type Found = Partial<Audit> & { readonly graph?: GraphFacts };

/** Each piece of advice: what calls for it, and what looks alike and does not. */
const CASES: Readonly<
  Record<
    string,
    {
      readonly fits: readonly Found[];
      readonly not: readonly Found[];
      readonly snippets: readonly string[];
      /** It makes a model with a mask, which must then come along. */
      readonly travels?: boolean;
    }
  >
> = {
  'standardise-then-pad': {
    fits: [finding('padded-before-standardising'), finding('statistics-polluted')],
    not: [finding('padding-is-mean'), finding('padding-not-zero')],
    snippets: ['Python'],
  },
  'model-responds-to-length': {
    fits: [verdicts({ lengthEvidence: verdict('responds, worth nothing on this data') })],
    not: [verdicts({ lengthEvidence: verdict('unclear') }), verdicts({ lengthEvidence: verdict('no') })],
    snippets: ['PyTorch', 'Keras'],
    travels: true,
  },
  'data-leak-length': {
    fits: [leaky, { ...leaky, ...verdicts({ lengthEvidence: verdict('cannot tell') }) }],
    not: [
      { ...leaky, ...verdicts({ lengthEvidence: verdict('YES') }) },
      { ...leaky, ...verdicts({ lengthEvidence: verdict('responds, worth nothing on this data') }) },
      { lengthOnlyBaseline: { unavailable: 'No labels.' } },
      { lengthOnlyBaseline: { tree: 0.6, chance: 0.5, p: 0.06, n: 60 } },
      { lengthOnlyBaseline: { tree: 0.4, chance: 0.5, p: 0.01, n: 60 } },
    ],
    snippets: [],
  },
  'padding-carries-class': {
    fits: [verdicts({ look: verdict('carries the class') })],
    not: [verdicts({ look: verdict('robust') })],
    snippets: [],
  },
  'fragile-padding': {
    fits: [
      verdicts({ look: verdict('FRAGILE') }),
      verdicts({ layout: verdict('FRAGILE') }),
      { ...verdicts({ layout: verdict('FRAGILE') }), carrier: tied },
    ],
    not: [
      verdicts({ look: verdict('cannot tell') }),
      verdicts({ layout: verdict('cannot tell'), carrierDependence: verdict('FRAGILE') }),
      { ...verdicts({ layout: verdict('FRAGILE') }), ...ofGraph({ stepWeights: ['fc'] }) },
      { ...verdicts({ layout: verdict('FRAGILE') }), ...ofGraph({ layersMasked: 'finds its mask' }) },
      { ...verdicts({ layout: verdict('FRAGILE') }), ...ofGraph({ unmaskable: 'It attends.' }) },
    ],
    snippets: ['PyTorch', 'Keras'],
    travels: true,
  },
  'fragile-place': {
    fits: [
      { ...verdicts({ layout: verdict('FRAGILE') }), ...ofGraph({ stepWeights: ['fc', 'lstm'] }) },
      {
        ...verdicts({ layout: verdict('FRAGILE') }),
        ...ofGraph({ stepWeights: ['fc'], layersMasked: 'finds its mask' }),
      },
    ],
    not: [
      verdicts({ layout: verdict('FRAGILE') }),
      { ...verdicts({ look: verdict('FRAGILE') }), ...ofGraph({ stepWeights: ['fc'] }) },
    ],
    snippets: [],
  },
  'fragile-unmaskable': {
    fits: (['look', 'layout'] as const).map((what) => ({
      ...verdicts({ [what]: verdict('FRAGILE') }),
      ...ofGraph({ unmaskable: 'It attends', stepWeights: ['fc'] }),
    })),
    not: [verdicts({ look: verdict('FRAGILE') })],
    snippets: [],
  },
  'fragile-found-mask': {
    fits: (['look', 'layout'] as const).map((what) => ({
      ...verdicts({ [what]: verdict('FRAGILE') }),
      ...ofGraph({ layersMasked: 'finds its mask' }),
    })),
    not: [verdicts({ look: verdict('FRAGILE') })],
    snippets: [],
    travels: true,
  },
  'fragile-masked': {
    fits: [{ ...verdicts({ layout: verdict('FRAGILE') }), ...ofGraph({ layersMasked: 'takes its mask' }) }],
    not: [verdicts({ layout: verdict('FRAGILE') })],
    snippets: [],
    travels: true,
  },
  'read-with-hirescam': {
    fits: [
      verdicts({ mapArtefact: verdict('explained', { padding: 0.6 }) }),
      verdicts({ mapArtefact: verdict('not explained', { padding: 0.6 }) }),
    ],
    not: [
      verdicts({ mapArtefact: verdict('cannot tell', { padding: 0.6 }) }),
      verdicts({ mapArtefact: verdict('explained', { padding: 0.1 }) }),
      verdicts({ mapArtefact: verdict('explained') }),
    ],
    snippets: [],
  },
  'class-degenerate-layer': {
    fits: [cause('structural')],
    not: [cause('two-class')],
    snippets: [],
  },
};

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
      /although the data leak length \(length alone/,
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
