import type { Prepared } from './prepared.ts';

/** A change of some steps and features of a series, in the model's units: what if they were otherwise? */
export type SeriesEdit = EditedRange &
  (
    | /** 0, which is the channel's mean where the data are standardised. */ { readonly what: 'mask' }
    | /** A straight line between the values beside the range. */ { readonly what: 'refill' }
    | /** Away from the range's own mean, by a factor. */ { readonly what: 'scale'; readonly by: number }
    | /** Later by so many steps; what moves in holds the value at the edge. */ {
        readonly what: 'shift';
        readonly by: number;
      }
  );

interface EditedRange {
  /** Steps from..to, `to` exclusive. */
  readonly from: number;
  readonly to: number;
  /** Null: all. */
  readonly features: readonly number[] | null;
}

/** The series with the edits carried out, one after the other. What lies outside the series is left aside. */
export function edited(prepared: Prepared, edits: readonly SeriesEdit[]): Prepared {
  if (edits.length === 0) return prepared;
  const x = prepared.x.slice();
  const { features, steps } = prepared;
  for (const edit of edits) {
    const [from, to] = [Math.max(0, edit.from), Math.min(steps, edit.to)];
    if (to <= from) continue;
    for (const feature of edit.features ?? Array.from({ length: features }, (_, i) => i)) {
      if (feature >= features) continue;
      change(x.subarray(feature * steps, (feature + 1) * steps), from, to, edit);
    }
  }
  return { ...prepared, x };
}

/** @param row [steps] of one feature, changed in place */
function change(row: Float32Array, from: number, to: number, edit: SeriesEdit): void {
  const part = row.subarray(from, to);
  const old = part.slice();
  switch (edit.what) {
    case 'mask':
      part.fill(0);
      break;
    case 'refill': {
      const before = from > 0 ? row[from - 1]! : (row[to] ?? 0);
      const after = to < row.length ? row[to]! : before;
      for (let i = 0; i < part.length; i++) {
        part[i] = before + ((after - before) * (i + 1)) / (part.length + 1);
      }
      break;
    }
    case 'scale': {
      const mean = old.reduce((sum, value) => sum + value, 0) / old.length;
      for (let i = 0; i < part.length; i++) part[i] = mean + edit.by * (old[i]! - mean);
      break;
    }
    case 'shift':
      for (let i = 0; i < part.length; i++) {
        part[i] = old[Math.max(0, Math.min(old.length - 1, i - Math.round(edit.by)))]!;
      }
  }
}
