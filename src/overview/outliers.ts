import { count, formatShare, listed } from '../format.ts';

import { agreements } from './farFromClass.ts';
import type { Outlier, OverviewInstance } from './overview.ts';
import { robustZ } from './robustZ.ts';
import type { SmallMaps } from './smallMaps.ts';
import { theilSen } from './theilSen.ts';

/** Beyond this robust z an instance is called an outlier (Iglewicz and Hoaglin 1993). */
const FAR = 3.5;
/** Fewer have no usual to differ from. */
const FEWEST = 10;
/** A smaller difference in the share on padding is no matter, however unusual. */
const LEAST_SHARE = 0.05;

type Reason = Outlier['reasons'][number];

/** By instance. */
class Reasons {
  readonly #of = new Map<number, Reason[]>();

  add(instance: number, reason: Reason): void {
    const known = this.#of.get(instance);
    if (known) known.push(reason);
    else this.#of.set(instance, [reason]);
  }

  /** In the order of the instances. */
  outliers(): Outlier[] {
    return [...this.#of]
      .map(([instance, reasons]): Outlier => ({ instance, reasons }))
      .sort((a, b) => a.instance - b.instance);
  }
}

/** Instances that do not fit in, each with its reasons; and what could not be told. */
export function findOutliers(
  instances: readonly OverviewInstance[],
  classes: readonly string[],
  maps: SmallMaps,
): { outliers: Outlier[]; untold: string[] } {
  // Few of very many: a list for each would take more than all that is said.
  const reasons = new Reasons();
  const untold = [
    ...zeroMaps(instances, reasons),
    ...farMaps(instances, classes, maps, reasons),
    ...paddingShares(instances, classes, reasons),
    ...misclassified(instances, classes, reasons),
  ];
  const strength = (outlier: Outlier) => Math.max(...outlier.reasons.map(({ z = 0 }) => Math.abs(z)));
  const outliers = reasons
    .outliers()
    .sort((a, b) => b.reasons.length - a.reasons.length || strength(b) - strength(a));
  return { outliers, untold };
}

function zeroMaps(instances: readonly OverviewInstance[], reasons: Reasons): string[] {
  instances.forEach(({ level, zones }, i) => {
    if (level > 0) return;
    const where = zones ? 'on all real steps: everything it has lies on padding' : 'everywhere';
    reasons.add(i, { kind: 'zero-map', sentence: `Its map is zero ${where}.` });
  });
  return [];
}

function farMaps(
  instances: readonly OverviewInstance[],
  classes: readonly string[],
  maps: SmallMaps,
  reasons: Reasons,
): string[] {
  const few: string[] = [];
  classes.forEach((name, index) => {
    const members = [...instances.keys()].filter(
      (i) => instances[i]!.predicted === index && instances[i]!.level > 0,
    );
    if (members.length === 0) return;
    if (members.length < FEWEST) {
      few.push(`${name} (${members.length})`);
      return;
    }
    const others = `the mean map of the ${members.length - 1} others predicted as ${name}`;
    for (const { instance, correlation, z, usual } of agreements(members, maps)) {
      const usually = `usual is ${usual.toFixed(2)}`;
      if (Number.isNaN(correlation)) {
        const sentence = `Its map is flat, so it has no shape to compare with ${others}.`;
        reasons.add(instance, { kind: 'flat-map', sentence });
      } else if (z < -FAR) {
        const sentence = `Its map correlates ${signed(correlation)} with ${others}; ${usually} (robust z ${signed(z, 1)}).`;
        reasons.add(instance, { kind: 'far-from-class', z, sentence });
      }
    }
  });
  return few.length
    ? [
        `Which maps are far from their class takes at least ${FEWEST} maps of it; there are fewer of ${listed(few)}.`,
      ]
    : [];
}

/** Among those predicted as the same class, and for the share of positions that is padding: a short one has more of both. */
function paddingShares(
  instances: readonly OverviewInstance[],
  classes: readonly string[],
  reasons: Reasons,
): string[] {
  const few: string[] = [];
  classes.forEach((name, index) => {
    const padded = [...instances.keys()].filter((i) => {
      const { predicted, paddedPositions, zones } = instances[i]!;
      return predicted === index && paddedPositions > 0 && zones !== null;
    });
    if (padded.length === 0) return;
    if (padded.length < FEWEST) {
      few.push(`${name} (${padded.length})`);
      return;
    }
    const shares = padded.map((i) => instances[i]!.zones!.MIXED + instances[i]!.zones!.EMPTY);
    const positions = padded.map((i) => instances[i]!.paddedPositions);
    const usual = theilSen(positions, shares).map((share) => Math.min(1, Math.max(0, share)));
    const { z } = robustZ(shares.map((share, k) => share - usual[k]!));
    padded.forEach((i, k) => {
      const difference = Math.abs(shares[k]! - usual[k]!);
      if (Math.abs(z[k]!) <= FAR || difference < LEAST_SHARE) return;
      const sentence = `${formatShare(shares[k]!)} of its map lies on padding; usual is ${formatShare(usual[k]!)} for what is predicted as ${name} and has ${formatShare(positions[k]!)} of its positions there (robust z ${signed(z[k]!, 1)}).`;
      reasons.add(i, { kind: 'padding-share', z: z[k]!, sentence });
    });
  });
  return few.length
    ? [
        `Whose share of padding is unusual takes at least ${FEWEST} padded instances of a class; there are fewer of ${listed(few)}.`,
      ]
    : [];
}

function misclassified(
  instances: readonly OverviewInstance[],
  classes: readonly string[],
  reasons: Reasons,
): string[] {
  let unknown = 0;
  instances.forEach(({ label, correct, predicted, probability }, i) => {
    if (correct === null) unknown++;
    if (correct !== false) return;
    const sentence = `Labelled ${label}, predicted ${classes[predicted]} (p ${probability.toFixed(2)}).`;
    reasons.add(i, { kind: 'misclassified', sentence });
  });
  if (unknown === 0) return [];
  return [
    unknown === instances.length
      ? 'Whether answers are right cannot be told: the file has no labels that are classes of the model.'
      : `Whether the answer is right cannot be told for ${count(unknown, 'instance')} without a label that is a class of the model.`,
  ];
}

function signed(value: number, digits = 2): string {
  return value.toFixed(digits).replace('-', '−');
}
