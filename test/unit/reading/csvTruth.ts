import fc from 'fast-check';
import type { DataOptions } from '../../../src/data/dataOptions.ts';

/** A data set, and how it is written down. */
export interface Written {
  readonly layout: 'single' | 'long' | 'wide' | 'flat';
  readonly features: number;
  readonly steps: number;
  readonly instances: number;
  readonly delimiter: ',' | ';' | '\t' | '|' | ' ';
  readonly decimalComma: boolean;
  readonly header: boolean;
  readonly preamble: readonly string[];
  readonly units: boolean;
  readonly time: string | null;
  readonly caseName: string;
  readonly label: 'none' | 'first' | 'last';
  readonly labelText: boolean;
  readonly shorter: boolean;
  /** How steps that are missing in every feature are written behind the series. */
  readonly padding: 'none' | 'blank' | 'NaN' | 'NA';
  /** quotes: around every cell; rule: a line of dashes under the names; clock: times since 1970; firstRow: labels. */
  readonly style: 'plain' | 'quotes' | 'rule' | 'clock' | 'firstRow' | 'crlf';
  readonly model: boolean;
  readonly freeSteps: boolean;
  readonly seed: number;
}

/** Every way of writing one. */
export const written: fc.Arbitrary<Written> = fc.record({
  layout: fc.constantFrom('single', 'long', 'wide', 'flat'),
  features: fc.integer({ min: 1, max: 4 }),
  steps: fc.integer({ min: 12, max: 40 }),
  instances: fc.integer({ min: 3, max: 6 }),
  delimiter: fc.constantFrom(',', ';', '\t', '|', ' '),
  decimalComma: fc.boolean(),
  header: fc.boolean(),
  preamble: fc.constantFrom([], ['# made 2020'], ['% a', '% b'], ['Recorder X'], ['UTF-8', 'run 3']),
  units: fc.boolean(),
  time: fc.constantFrom(
    null,
    'time',
    'Time (s)',
    'timestamp_ms',
    'Zeit',
    'seconds_elapsed',
    'tiempo',
    'Unnamed: 0',
  ),
  caseName: fc.constantFrom('case', 'id', 'window_id', 'file', 'trial'),
  label: fc.constantFrom('none', 'first', 'last'),
  labelText: fc.boolean(),
  shorter: fc.boolean(),
  padding: fc.constantFrom('none', 'none', 'blank', 'NaN', 'NA'),
  style: fc.constantFrom('plain', 'plain', 'plain', 'quotes', 'rule', 'clock', 'firstRow', 'crlf'),
  model: fc.boolean(),
  freeSteps: fc.boolean(),
  seed: fc.integer({ min: 1, max: 1e6 }),
});

interface Truth {
  readonly text: string;
  readonly options: DataOptions;
  /** [N][F][L] */
  readonly values: readonly (readonly (readonly number[])[])[];
  /** As written; undefined where the file has none. */
  readonly labels: readonly string[] | undefined;
}

/** The file, and what is in it. */
export function write(how: Written): Truth {
  const next = random(how.seed);
  const { layout } = how;
  const features = layout === 'wide' ? 1 : layout === 'flat' ? Math.max(2, how.features) : how.features;
  const count = layout === 'single' ? 1 : how.instances;
  const comma = how.decimalComma && how.delimiter !== ',';
  const labels = Array.from({ length: count }, (_, index) =>
    how.labelText ? `c${index % 2}` : `${index % 2}`,
  );
  const values = Array.from({ length: count }, (_, index) => {
    const length = how.shorter && layout === 'long' && index > 0 ? how.steps - 3 : how.steps;
    return Array.from({ length: features }, () =>
      Array.from({ length }, () => Math.round(next() * 1e4) / 1e4 + 0.00005),
    );
  });
  const number = (value: number) => value.toFixed(5).replace('.', comma ? ',' : '.');
  const hasLabel = how.label !== 'none';
  const labelled = (cells: string[], label: string) =>
    how.label === 'first' ? [label, ...cells] : how.label === 'last' ? [...cells, label] : cells;
  const names = Array.from({ length: features }, (_, feature) => ['ax', 'gy', 'emg', 'rh'][feature]!);
  // Blanks that part the cells leave no cell blank.
  const gap = how.padding === 'blank' ? (how.delimiter === ' ' ? 'nan' : '') : how.padding;
  const padded = (length: number) =>
    how.padding === 'none' ? 0 : layout === 'wide' ? 4 : how.steps + 2 - length;
  const steps = Array.from({ length: how.steps + (layout === 'wide' ? padded(0) : 0) }, (_, step) => step);
  const written = (one: readonly number[]) => [
    ...one.map(number),
    ...Array.from({ length: layout === 'flat' ? 0 : padded(one.length) }, () => gap),
  ];
  let rows: string[][];
  let head: string[];
  if (layout === 'wide' || layout === 'flat') {
    head =
      layout === 'wide'
        ? steps.map((step) => `t${step}`)
        : names.flatMap((name) => steps.map((step) => `${name}_${step}`));
    rows = values.map((one) => one.flatMap(written));
  } else {
    head = names;
    rows = values.flatMap((one) => {
      const columns = one.map(written);
      return columns[0]!.map((_, step) => columns.map((column) => column[step]!));
    });
    const own = values.flatMap((one, index) =>
      written(one[0]!).map((_, step) =>
        how.style === 'clock' ? `${1711843190123 + index * 1e6 + step * 20}` : number(step * 0.02),
      ),
    );
    if (how.time !== null) {
      head = [how.time, ...head];
      rows = rows.map((row, at) => [own[at]!, ...row]);
    }
    if (layout === 'long') {
      head = [how.caseName, ...head];
      const ids = values.flatMap((one, index) =>
        written(one[0]!).map(() => `${how.caseName === 'file' ? 'rec' : ''}${index + 1}`),
      );
      rows = rows.map((row, at) => [ids[at]!, ...row]);
    }
  }
  const owner =
    layout === 'wide' || layout === 'flat'
      ? labels
      : values.flatMap((one, index) =>
          written(one[0]!).map((_, step) =>
            how.style === 'firstRow' && step > 0 && how.delimiter !== ' ' ? '' : labels[index]!,
          ),
        );
  rows = rows.map((row, at) => labelled(row, owner[at]!));
  head = labelled(head, 'label');
  const blankParted = how.delimiter === ' ';
  const quoted = (cells: readonly string[]) =>
    cells.map((cell) => (how.style === 'quotes' ? `"${cell}"` : cell)).join(how.delimiter);
  const lines = [
    ...how.preamble,
    ...(how.header ? [quoted(head.map((name) => (blankParted ? name.replaceAll(' ', '_') : name)))] : []),
    ...(how.header && how.style === 'rule' ? [head.map(() => '---').join(how.delimiter)] : []),
    ...(how.header && how.units && layout !== 'wide' && layout !== 'flat'
      ? [head.map(() => 'm/s').join(how.delimiter)]
      : []),
    ...rows.map(quoted),
  ];
  const width = how.steps + (how.padding === 'none' || layout === 'flat' ? 0 : 4);
  const input = { layout: 'NFT', features, steps: how.freeSteps ? null : width } as const;
  return {
    text: lines.map((line) => `${line}${how.style === 'crlf' ? '\r' : ''}\n`).join(''),
    // Without names and without a model there is nothing to go by.
    options: how.model || !how.header ? { input } : {},
    values,
    labels: hasLabel ? labels : undefined,
  };
}

/** Numbers in (−2, 2), the same for the same seed (Park and Miller). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return (state / 2147483647) * 4 - 2;
  };
}
