import assert from 'node:assert/strict';
import { adviceFor } from '../../../src/padding/advice.ts';
import type { Audit, LayerFacts, Verdict } from '../../../src/padding/audit.ts';
import { smallAudit } from '../../webview/harness/audits.ts';

const verdict = (answer: Verdict['answer'], numbers = {}): Verdict => ({ answer, reason: '', numbers });

/** An audit that found nothing: no piece of advice fits it. */
const clean: Audit = {
  ...smallAudit,
  steps: 60,
  maps: smallAudit.maps.map((facts) => ({ ...facts, degeneracy: { ...facts.degeneracy, cause: 'none' } })),
  verdicts: {
    mapArtefact: verdict('explained', { padding: 0.05 }),
    carrierDependence: verdict('robust'),
    lengthEvidence: verdict('no'),
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
const leaky = { lengthOnlyBaseline: { tree: 0.78, chance: 0.5, p: 0.005, n: 60 } };

/** Each piece of advice: what calls for it, and what looks alike and does not. */
const CASES: Readonly<
  Record<string, { fits: readonly Partial<Audit>[]; not: readonly Partial<Audit>[]; snippets: string[] }>
> = {
  'standardise-then-pad': {
    fits: [finding('padded-before-standardising'), finding('statistics-polluted')],
    not: [finding('padding-is-mean'), finding('padding-not-zero')],
    snippets: ['Python'],
  },
  'model-reads-length': {
    fits: [verdicts({ lengthEvidence: verdict('YES') })],
    not: [verdicts({ lengthEvidence: verdict('unclear') }), verdicts({ lengthEvidence: verdict('no') })],
    snippets: ['PyTorch'],
  },
  'data-leak-length': {
    fits: [leaky, { ...leaky, ...verdicts({ lengthEvidence: verdict('cannot tell') }) }],
    not: [
      { ...leaky, ...verdicts({ lengthEvidence: verdict('YES') }) },
      { lengthOnlyBaseline: { unavailable: 'No labels.' } },
      { lengthOnlyBaseline: { tree: 0.6, chance: 0.5, p: 0.06, n: 60 } },
      { lengthOnlyBaseline: { tree: 0.4, chance: 0.5, p: 0.01, n: 60 } },
    ],
    snippets: [],
  },
  'fragile-padding': {
    fits: [verdicts({ carrierDependence: verdict('FRAGILE') })],
    not: [verdicts({ carrierDependence: verdict('cannot tell') })],
    snippets: ['PyTorch', 'Keras'],
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
  const given = (over: Partial<Audit>, field: number | null = 10) => adviceFor({ ...clean, ...over }, field);

  it('is none where nothing was found', () => {
    assert.deepEqual(given({}), []);
    assert.deepEqual(given({}, null), []);
  });

  for (const [code, { fits, not, snippets }] of Object.entries(CASES)) {
    it(`${code}: for its finding and only then`, () => {
      for (const over of fits) {
        const [advice, ...others] = given(over);
        assert.equal(advice?.code, code);
        assert.deepEqual(others, []);
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

  it('comes most pressing first', () => {
    const all = given(
      {
        ...finding('statistics-polluted'),
        ...leaky,
        ...cause('structural'),
        ...verdicts({
          lengthEvidence: verdict('YES'),
          carrierDependence: verdict('FRAGILE'),
          mapArtefact: verdict('explained', { padding: 0.6 }),
        }),
      },
      60,
    );
    assert.deepEqual(
      all.map(({ code }) => code),
      [
        ...['standardise-then-pad', 'model-reads-length', 'fragile-padding', 'window-too-long'],
        ...['read-with-hirescam', 'class-degenerate-layer'],
      ],
    );
  });
});
