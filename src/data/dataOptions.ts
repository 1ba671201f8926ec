import type { InputLayout } from '../graph/inputLayout.ts';

/** What `layout` can say. */
export const LAYOUT_SETTINGS = [
  'single',
  'long',
  'wide',
  'flatFT',
  'flatTF',
  'transposed',
  'columns',
] as const;

/** What the files of a folder can be. */
export const FILES_ARE = ['instances', 'features', 'parts'] as const;

/** How a data file is to be read. Whatever is left out is inferred, and a finding says what was inferred. */
export interface DataOptions {
  /** flatFT: a row is an instance, feature after feature; flatTF: step after step. transposed: a row is a feature; columns: a column is an instance. */
  readonly layout?: (typeof LAYOUT_SETTINGS)[number];
  /** Column that names the instance, or those that do together; null: there is none. */
  readonly case?: string | readonly string[] | null;
  /** Column of times, checked to run forward within each instance; null: there is none. */
  readonly time?: string | null;
  /** Column of class labels; null: there is none. */
  readonly label?: string | null;
  /** Column that the file itself says to hold classes, as the head of an ARFF file does; `label` goes before it. */
  readonly declaredLabel?: string;
  /** Feature columns by name; in a file without names, the names of its features in order. */
  readonly features?: readonly string[];
  readonly delimiter?: Delimiter;
  readonly decimal?: '.' | ',';
  /** Whether the first row behind `skip` holds names. */
  readonly header?: boolean;
  /** Lines before the names, or before the data where there are none. */
  readonly skip?: number;
  /** Whether the row below the names holds units. */
  readonly units?: boolean;
  /** Steps of the windows that long series are cut into, and steps from one start to the next (as many unless given). */
  readonly window?: number;
  readonly step?: number;
  /** Recordings one under the other that no column tells apart: `time` starts again, or `blank` lines part them. */
  readonly split?: 'time' | 'blank';
  /** Of an .npz: the array of the series. */
  readonly array?: string;
  /** Of a folder: where the names of its files say the class: `folder`, `folder:1`, `file`, `file:2`; `table`: nowhere. */
  readonly labelFrom?: string;
  /** Of a folder: whether each file is an instance (or several), a feature of the same ones, or the next part of one table. */
  readonly filesAre?: (typeof FILES_ARE)[number];
  /** Class names as far as they are known: a folder's names are held against them. */
  readonly classes?: readonly string[];
  readonly missing?: MissingPolicy;
  /** Column (npz: array [N, T]) that is 1 on real steps and 0 on padding. */
  readonly maskColumn?: string;
  /** Column (npz: array [N]) with the count of real steps, and the side of the padding. */
  readonly lengthColumn?: { readonly column: string; readonly side: 'end' | 'front' };
  /** The model's input: settles ambiguous shapes and tells which arrays are already prepared. */
  readonly input?: ExpectedInput;
}

/** `' '` stands for runs of blanks. */
export type Delimiter = ',' | ';' | '\t' | '|' | ' ';

/**
 * What becomes of blank, NaN and infinite cells. refuse: the file is not read; keep: NaN; zero: 0; previous: the value
 * before (at the start: the first one that follows); interpolate: linear between neighbours (at the ends: the nearest).
 */
export type MissingPolicy = 'refuse' | 'keep' | 'zero' | 'previous' | 'interpolate';

/** `steps` is null where the time axis is dynamic. */
export interface ExpectedInput {
  readonly layout: InputLayout;
  readonly features: number;
  readonly steps: number | null;
  /** An array in just this shape is raw all the same. */
  readonly raw?: boolean;
}

/** A file on disk, or bytes to be read in its place (unsaved or virtual files; the path still gives name and type). */
export interface DataSource {
  readonly path: string;
  /** As sentences call it, where that is not the file's own name. */
  readonly name?: string;
  readonly content?: Uint8Array;
}
