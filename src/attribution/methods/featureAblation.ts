import { scoreValue } from '../score.ts';
import type { RunsMethod } from './method.ts';

export const featureAblation: RunsMethod<'feature-ablation'> = {
  kind: 'runs',
  id: 'feature-ablation',
  label: 'Feature ablation',
  formula: 'y(x) − y(x with feature f replaced at every step); one number per feature',
  paper: 'Kokhlikyan et al. 2020 (Captum)',
  caveat:
    'One number per feature, drawn along all its steps: it says nothing about where in time, so neither the shares of the zones nor the colour on padding mean anything here.',
  at: 'input',
  needsGradient: false,
  relu: false,
  realOnly: 'only real steps are replaced, and only they carry the number',
  isLinear: true,
  options: ['replacement', 'seed'],
  isQuick: true,
  async explain({ x, features, steps, mask, logits, scores, realOnly, withoutWindows }) {
    const answers = await withoutWindows(
      Array.from({ length: features }, (_, feature) => ({
        rows: [feature, feature + 1] as const,
        columns: [0, steps] as const,
      })),
    );
    return {
      maps: scores.map((score) =>
        x.map((_, i) =>
          realOnly && mask[i % steps] !== 1
            ? 0
            : scoreValue(score, logits) - scoreValue(score, answers[Math.floor(i / steps)]!),
        ),
      ),
    };
  },
};
