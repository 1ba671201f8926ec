import type { Advice, Audit } from './audit.ts';
import { SNIPPETS } from './snippets.ts';
import { THRESHOLDS } from './thresholds.ts';

/** What to do, from what was found; most pressing first. Nothing found, nothing advised. */
export function adviceFor(audit: Omit<Audit, 'advice'>, receptiveField: number | null): Advice[] {
  const has = (code: string) => audit.preprocessing.some((finding) => finding.code === code);
  const { lengthEvidence, carrierDependence, mapArtefact } = audit.verdicts;
  const advice: Advice[] = [];
  if (has('padded-before-standardising') || has('statistics-polluted')) {
    advice.push({
      code: 'standardise-then-pad',
      sentence:
        'Fit mean and standard deviation on the real steps, standardise, and pad afterwards: then padding is the channel mean and pollutes nothing.',
      snippets: SNIPPETS.standardiseThenPad,
    });
  }
  if (lengthEvidence.answer === 'YES') {
    advice.push({
      code: 'model-reads-length',
      sentence:
        'The model reads the class off the length. Where length means nothing but sampling rate, scale every series to one length (uniform scaling, Tan 2019); where it is a shortcut, train with random padded lengths and sides. Masking alone does not make a model blind to length.',
      snippets: SNIPPETS.randomPadding,
    });
  } else if (leaks(audit)) {
    advice.push({
      code: 'data-leak-length',
      sentence:
        'The data leak length (length alone beats chance) but the model does not lean on it: keep watching this when you retrain.',
    });
  }
  if (carrierDependence.answer === 'FRAGILE') {
    advice.push({
      code: 'fragile-padding',
      sentence:
        'Answers flip when padding merely looks different: train with varying padding (length, side), mask input and pooling, or bucket by length, and always pad at prediction as in training.',
      snippets: SNIPPETS.maskedPooling,
    });
  }
  if (receptiveField !== null && receptiveField > 0.5 * audit.steps) {
    advice.push({
      code: 'window-too-long',
      sentence: `One position of this layer reads ${receptiveField >= audit.steps ? `all ${audit.steps}` : `${receptiveField} of ${audit.steps}`} steps, so maps spread far into the padding: a shorter window (window_perc in tsai's XCM) reads sharper.`,
      snippets: SNIPPETS.shorterWindow,
    });
  }
  if (mapArtefact.answer !== 'cannot tell' && (mapArtefact.numbers.padding ?? 0) > 0.1) {
    advice.push({
      code: 'read-with-hirescam',
      sentence:
        'For reading, prefer HiResCAM or occlusion: no channel weight is averaged over padding there. Do not crop the map to the real steps: MIXED positions hold evidence from real steps.',
    });
  }
  if (audit.maps.some((facts) => facts.degeneracy.cause === 'structural')) {
    advice.push({
      code: 'class-degenerate-layer',
      sentence:
        'At a layer before a one-channel bottleneck every class gets the same map up to one factor: it cannot say why this class rather than another. Read the layer after the bottleneck for that.',
    });
  }
  return advice;
}

function leaks({ lengthOnlyBaseline: baseline }: Omit<Audit, 'advice'>): boolean {
  return !('unavailable' in baseline) && baseline.p < THRESHOLDS.baselineP && baseline.tree > baseline.chance;
}
