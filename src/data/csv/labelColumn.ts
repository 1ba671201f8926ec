import type { Finding } from '../../finding.ts';
import type { DataOptions } from '../dataOptions.ts';
import type { Layout } from './layout.ts';
import { isWeakLabel, namedFor } from './roles.ts';
import type { Sample } from './sample.ts';

interface Known extends Pick<Layout, 'layout' | 'case'> {
  readonly used: ReadonlySet<number>;
  /** Added to when a column is taken for the label by its values alone. */
  readonly findings: Finding[];
}

const mostClassesByLook = 50;

/** The column of class labels: by its usual name, else the only text column that stays the same within each instance. */
export function labelColumn(sample: Sample, options: DataOptions, known: Known): number | null {
  const free = (column: number): boolean =>
    !known.used.has(column) &&
    sample.profiles[column]?.kind !== 'blank' &&
    !options.features?.includes(sample.names[column]!);
  const byName = namedFor('label', sample.names).find(
    (column) =>
      free(column) && (!isWeakLabel(sample.names[column]!) || looksLikeClasses(sample, known, column)),
  );
  if (byName !== undefined) {
    return byName;
  }
  const texts = sample.names
    .map((_, column) => column)
    .filter(
      (column) =>
        free(column) && sample.profiles[column]?.kind === 'text' && isConstant(sample, known, column),
    );
  const byLook = texts.length === 1 ? texts[0]! : headlessWideLabel(sample, options, known);
  if (byLook === null) {
    return null;
  }
  known.findings.push({
    code: 'label-inferred',
    severity: 'info',
    sentence: `Column "${sample.names[byLook]}" of ${sample.fileName} is taken as the class label; set "label" under "data" in attribution.json if it is not.`,
  });
  return byLook;
}

function isConstant(sample: Sample, { layout, case: caseColumn }: Known, column: number): boolean {
  return layout === 'wide' || sample.constantWithin(caseColumn, column);
}

function looksLikeClasses(sample: Sample, known: Known, column: number): boolean {
  const { kind, whole, distinct } = sample.profiles[column]!;
  // x, y, z are coordinates.
  const coordinate = sample.names.some((name) => /^[xz]$/i.test(name.trim()));
  return (
    (kind === 'text' || whole) &&
    distinct <= mostClassesByLook &&
    !coordinate &&
    isConstant(sample, known, column)
  );
}

/** UCR style: no names, whole numbers first, then the series. */
function headlessWideLabel(sample: Sample, { input }: DataOptions, { layout, used }: Known): number | null {
  const first = sample.profiles[0];
  if (layout !== 'wide' || sample.named || !first?.whole || used.has(0)) {
    return null;
  }
  const width = sample.names.length - used.size;
  if (input?.steps != null) {
    return width === input.steps + 1 ? 0 : null;
  }
  const restWhole = sample.profiles.slice(1).every(({ whole }) => whole);
  return !restWhole && first.distinct <= mostClassesByLook ? 0 : null;
}
