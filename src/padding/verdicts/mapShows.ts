import type { LayerFacts, MapAnswer, Verdict } from '../audit.ts';
import { THRESHOLDS } from '../thresholds.ts';
import { percent } from '../wording.ts';
import { cannotTell, NONE_PADDED } from './verdict.ts';

/** What every such sentence ends with: the map is not the model. */
const NOT_USE = 'It says how the map is made, not whether the model uses padding or length.';

/**
 * What the map shows on padding, and whether the way it is made accounts for that. Information: where length is read and
 * where it is not, the shares are the same (docs/audit.md). `facts` are of the layer looked at.
 */
export function mapShows(
  facts: LayerFacts | undefined,
  instances: number,
  padded = instances,
): Verdict<MapAnswer> {
  if (padded === 0) return cannotTell(`${NONE_PADDED}, so no map lies on padding.`, { instances });
  if (!facts)
    return cannotTell(
      'Every position of this layer reads the whole series, so it cannot show where padding acts: pick an earlier layer or occlusion.',
    );
  const share = facts.zoneShare.gradcam_abs!;
  const padding = share.MIXED + share.EMPTY;
  if (!Number.isFinite(padding))
    return cannotTell('Every map is zero at this layer: pick another layer or class.', { instances });
  const numbers = { mixed: share.MIXED, empty: share.EMPTY, padding, instances, ...plateauNumbers(facts) };
  if (padding < THRESHOLDS.nothingThere)
    return {
      answer: 'nothing to explain',
      reason: `At ${facts.layer} ${percent(padding)} of the map (without ReLU) lies on padding. ${NOT_USE}`,
      numbers,
    };
  const parts = `At ${facts.layer} ${percent(padding)} of the map (without ReLU) lies on padding: ${percent(share.MIXED)} reads real steps`;
  if (facts.positions.EMPTY === 0 || share.EMPTY <= THRESHOLDS.unexplainedMass) {
    return {
      answer: 'explained',
      reason: `${parts}, ${percent(share.EMPTY)} reads padding only. ${NOT_USE}`,
      numbers,
    };
  }
  if (!facts.plateau)
    return cannotTell(`${parts}; too few positions read padding only to see whether they are flat.`, numbers);
  if (facts.plateau.stdOverMax <= THRESHOLDS.flatPlateau) {
    return {
      answer: 'explained',
      reason: `${parts}, ${percent(share.EMPTY)} is a flat plateau that bias and normalisation leave on empty input. ${NOT_USE}`,
      numbers,
    };
  }
  return {
    answer: 'not explained',
    reason: `${parts}, and ${percent(share.EMPTY)} lies where only padding is read without being flat (sd ${percent(facts.plateau.stdOverMax)} of the maximum). ${NOT_USE}`,
    numbers,
  };
}

function plateauNumbers({ plateau }: LayerFacts): Record<string, number> {
  return plateau ? { plateauStdOverMax: plateau.stdOverMax, plateauLevelOverMax: plateau.levelOverMax } : {};
}
