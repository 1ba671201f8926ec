/** Shares of the cells that count as named by the map (Ismail et al. 2020). */
const TOP_SHARES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/**
 * AUP and AUR of Ismail et al. 2020, "Benchmarking Deep Learning Interpretability in Time Series Predictions": saliency s
 * is scaled to 0..1; of the top d of the cells, precision is Σ s over true ones / Σ s over all named ones, recall is
 * Σ s over true ones / (that + Σ s over true ones that are not named); the areas are over d = 10 … 90 %, divided by
 * that range. Cells that tie at the border are named in equal parts.
 * @param scores [n] @param truth [n] 1 on salient cells
 * @returns null for a flat map, which ranks nothing
 */
export function precisionRecallAreas(
  scores: Float64Array,
  truth: Uint8Array,
): { readonly aup: number; readonly aur: number } | null {
  const groups = tiedGroups(scores, truth);
  if (groups.length < 2) return null;
  const [highest, lowest] = [groups[0]!.score, groups.at(-1)!.score];
  const weight = (score: number) => (score - lowest) / (highest - lowest);
  const allTrue = groups.reduce((sum, { score, salient }) => sum + weight(score) * salient, 0);
  const curves = TOP_SHARES.map((share) => {
    let left = share * scores.length;
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
export function averagePrecision(scores: Float64Array, truth: Uint8Array): number {
  const groups = tiedGroups(scores, truth);
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
export function pointing(scores: Float64Array, truth: Uint8Array): number {
  const [top] = tiedGroups(scores, truth);
  return top ? top.salient / top.cells : 0;
}

interface TiedGroup {
  readonly score: number;
  cells: number;
  salient: number;
}

/** Cells of equal score, highest first. */
function tiedGroups(scores: Float64Array, truth: Uint8Array): TiedGroup[] {
  const order = Uint32Array.from({ length: scores.length }, (_, i) => i).sort(
    (i, j) => scores[j]! - scores[i]!,
  );
  const groups: TiedGroup[] = [];
  for (const cell of order) {
    const last = groups.at(-1);
    if (last?.score === scores[cell]) {
      last!.cells++;
      last!.salient += truth[cell]!;
    } else {
      groups.push({ score: scores[cell]!, cells: 1, salient: truth[cell]! });
    }
  }
  return groups;
}
