import type { GraphFacts } from '../../../src/padding/adviceOnLength.ts';
import type { Audit, LayerFacts, Verdict } from '../../../src/padding/audit.ts';
import { smallAudit } from '../../webview/harness/audits.ts';

export const verdict = <A extends Verdict['answer']>(answer: A, numbers = {}): Verdict<A> => ({
  answer,
  reason: '',
  numbers,
});

const alone = (value: number, p: number) => ({
  tree: { value, interval: [value - 0.12, value + 0.09] as const, n: 60 },
  chance: 0.5,
  p,
});

/** An audit that found nothing: no piece of advice fits it. */
export const clean: Audit = {
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
  lengthOnlyBaseline: alone(0.51, 0.4),
};
export const finding = (code: string) => ({
  preprocessing: [{ code, severity: 'warning' as const, sentence: '' }],
});
export const verdicts = (over: Partial<Audit['verdicts']>) => ({ verdicts: { ...clean.verdicts, ...over } });
export const cause = (of: LayerFacts['degeneracy']['cause']) => ({
  maps: clean.maps.map((facts) => ({ ...facts, degeneracy: { ...facts.degeneracy, cause: of } })),
});
/** Neither truncated nor doubled: the graph takes one length, which is no weight for every step. */
const tied = (['truncate', 'double_T'] as const).map((intervention) => ({ intervention, unavailable: '' }));
export const NO_FACTS: GraphFacts = { receptiveField: 10, stepWeights: [], layersMasked: 'no' };
export const ofGraph = (graph: Partial<GraphFacts>) => ({ graph: { ...NO_FACTS, ...graph } });
export const leaky = { lengthOnlyBaseline: alone(0.78, 0.005) };

export type Found = Partial<Audit> & { readonly graph?: GraphFacts };

/** Each piece of advice: what calls for it, and what looks alike and does not. */
export const CASES: Readonly<
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
      { lengthOnlyBaseline: alone(0.6, 0.06) },
      { lengthOnlyBaseline: alone(0.4, 0.01) },
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
