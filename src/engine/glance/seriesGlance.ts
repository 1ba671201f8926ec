/** One instance of a file as a picture needs it, whatever its length. */
export interface SeriesGlance {
  readonly id: string;
  readonly label?: string;
  readonly measured?: string;
  /** Steps in the file, and how many of them are real. */
  readonly length: number;
  readonly real: number;
  /** Stretches of padding, `to` exclusive. */
  readonly padding: readonly { readonly from: number; readonly to: number }[];
  readonly lines: readonly GlanceLine[];
  /** Features that come before the first line, and of the whole file. */
  readonly from: number;
  readonly features: number;
}

/** One feature of it, raw. */
export interface GlanceLine {
  readonly name: string;
  /** step, value, step, value, …; of long series the lowest and highest of each stretch; NaN where there is no number. */
  readonly points: Float64Array;
  /** Of the real steps with a number; null where there is none. */
  readonly low: number | null;
  readonly high: number | null;
  readonly mean: number | null;
  /** Real steps without a number. */
  readonly missing: number;
  /** The first values, as the file has them; null where there is no number. */
  readonly first: readonly (number | null)[];
}
