/** Shares of the cells that count as named by the map (Ismail et al. 2020). */
const TOP_SHARES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/** Cells from the highest score to the lowest, with 1 where they are salient. */
interface RankedCells {
  /** [n] descending. */
  readonly scores: Float64Array;
  /** [n] */
  readonly truth: Uint8Array;
}

/**
 * Strongest first.
 * @param scores [cells]
 * @param truth [cells] 1 where the cell makes the class
 */
export function rankedCells(scores: Float64Array, truth: Uint8Array): RankedCells {
  const order = Uint32Array.from({ length: scores.length }, (_, i) => i).sort(
    (i, j) => scores[j]! - scores[i]!,
  );
  return {
    scores: Float64Array.from(order, (cell) => scores[cell]!),
    truth: Uint8Array.from(order, (cell) => truth[cell]!),
  };
}

/**
 * AUP and AUR of Ismail et al. 2020, "Benchmarking Deep Learning Interpretability in Time Series Predictions": saliency s
 * is scaled to 0..1; of the top d of the cells, precision is Σ s over true ones / Σ s over all named ones, recall is
 * Σ s over true ones / (that + Σ s over true ones that are not named); the areas are over d = 10 … 90 %, divided by
 * that range. Cells that tie at the border are named in equal parts.
 * @returns null for a flat map, which ranks nothing
 */
export function precisionRecallAreas(
  ranked: RankedCells,
): { readonly aup: number; readonly aur: number } | null {
  const groups = tiedGroups(ranked);
  if (groups.length < 2) return null;
  const [highest, lowest] = [groups[0]!.score, groups.at(-1)!.score];
  const weight = (score: number) => (score - lowest) / (highest - lowest);
  const allTrue = groups.reduce((sum, { score, salient }) => sum + weight(score) * salient, 0);
  const curves = TOP_SHARES.map((share) => {
    let left = share * ranked.scores.length;
    let [named, right] = [0, 0];
    for (const { score, cells, salient } of groups) {
      const part = Math.min(1, left / cells);
      if (part <= 0) break;
      named += part * cells * weight(score);
      right += part * salient * weight(score);
      left -= cells;
    }
    return { precision: named > 0 ? right / named : 0, recall: allTrue > 0 ? right / allTrue : 0 };
  });
  const area = (of: (point: (typeof curves)[number]) => number) => {
    let sum = 0;
    for (let i = 1; i < curves.length; i++) sum += (of(curves[i]!) + of(curves[i - 1]!)) / 2;
    return sum / (curves.length - 1);
  };
  return { aup: area((point) => point.precision), aur: area((point) => point.recall) };
}

/** Σ (R_k − R_{k−1}) P_k over the distinct scores, the area under the precision–recall curve; 0 without salient cells. */
export function averagePrecision(ranked: RankedCells): number {
  const groups = tiedGroups(ranked);
  const all = groups.reduce((sum, { salient }) => sum + salient, 0);
  let [named, right, sum] = [0, 0, 0];
  for (const { cells, salient } of groups) {
    named += cells;
    right += salient;
    sum += (salient * right) / named;
  }
  return all === 0 ? 0 : sum / all;
}

/** Zhang et al. 2018: 1 where the highest cell is salient; cells that tie for it count as one drawn among them. */
export function pointing(ranked: RankedCells): number {
  const [top] = tiedGroups(ranked);
  return top ? top.salient / top.cells : 0;
}

interface TiedGroup {
  readonly score: number;
  cells: number;
  salient: number;
}

/** Cells of equal score, highest first. */
function tiedGroups({ scores, truth }: RankedCells): TiedGroup[] {
  const groups: TiedGroup[] = [];
  let last: TiedGroup | undefined;
  for (let i = 0; i < scores.length; i++) {
    if (last?.score !== scores[i]) {
      last = { score: scores[i]!, cells: 0, salient: 0 };
      groups.push(last);
    }
    last!.cells++;
    last!.salient += truth[i]!;
  }
  return groups;
}
