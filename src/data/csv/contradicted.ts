import type { Finding } from '../../finding.ts';
import { listed } from '../../format.ts';
import { Refusal } from '../../refusal.ts';
import type { DataOptions } from '../dataOptions.ts';
import type { ProjectPatch } from '../reading/readingPlan.ts';
import { ReadingQuestion } from '../reading/readingQuestion.ts';
import type { FirstTable } from './firstTable.ts';
import { isSplit, partedAs } from './partedAs.ts';
import { type Plan, planColumns } from './plan.ts';

type Setting = keyof DataOptions;

/** Settings that say where the table begins. */
const ROWS = ['skip', 'header', 'units'] as const;
const COLUMNS = ['layout', 'split', 'case', 'time', 'label'] as const;
/** Their words name no column: `column 2` neither, in a file that has no names. */
const MODES: ReadonlySet<Setting> = new Set(['layout', 'split']);

/**
 * The plan, with a warning where settings say what the file, asked alone, contradicts: an answer that was written down
 * for one file of a folder is that of all. Recordings that a column tells apart just where `split` does are told by it.
 * @param find the table by other settings @throws Refusal, ReadingQuestion as planColumns
 */
export function planAsSaid(
  table: FirstTable,
  find: (options: DataOptions) => FirstTable,
  options: DataOptions,
): Plan {
  const { sample } = table;
  const byColumn = options.split === undefined ? undefined : partedAs(sample, options);
  if (byColumn) return byColumn;
  const plan = planColumns(sample, options);
  const others = COLUMNS.filter((one) => typeof options[one] !== 'string' || !sample.named || MODES.has(one));
  const begins = beginningOf(table);
  const rows = saidOtherwise(ROWS, options, begins, (alone) => {
    const other = beginningOf(find(alone));
    return other === begins ? undefined : other;
  });
  const columns = saidOtherwise(others, options, lookOf(plan), (alone) => {
    const other = planColumns(sample, alone);
    return isSame(other, plan, table, options) ? undefined : lookOf(other);
  });
  const warnings = [rows, columns].flatMap((words): Finding[] =>
    words === undefined
      ? []
      : [
          {
            code: 'layout-contradicted',
            severity: 'warning',
            sentence: `${sample.fileName} is read ${words}`,
          },
        ],
  );
  return warnings.length > 0 ? { ...plan, findings: [...warnings, ...plan.findings] } : plan;
}

/** undefined where the file says the same without the settings, or they answer what would be asked of it. */
function saidOtherwise(
  settings: readonly Setting[],
  options: DataOptions,
  read: string,
  look: (alone: DataOptions) => string | undefined,
): string | undefined {
  const said = settings.filter((setting) => options[setting] !== undefined);
  if (said.length === 0) return undefined;
  const alone = Object.entries(options).filter(([key]) => !said.some((setting) => setting === key));
  const other = lookAlone(said, options, () => look(Object.fromEntries(alone)));
  if (other === undefined) return undefined;
  const [say, are, them] = said.length > 1 ? ['say', 'settings are', 'them'] : ['says', 'setting is', 'it'];
  const names = listed(said.map((setting) => `"${setting}"`));
  return `${read}, as ${names} under "data" ${say}; alone it ${other}: if the ${are} another file's, remove ${them} or name other settings.`;
}

function lookAlone(
  said: readonly Setting[],
  options: DataOptions,
  look: () => string | undefined,
): string | undefined {
  try {
    const other = look();
    return other && `would be read ${other}`;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const isAnswer =
      !(error instanceof ReadingQuestion) ||
      error.doubt.ways.some(({ patch }) => said.some((setting) => says(patch, setting, options)));
    return isAnswer ? undefined : 'does not look like it and would be asked about';
  }
}

function says({ data = {} }: ProjectPatch, setting: Setting, options: DataOptions): boolean {
  return setting in data && JSON.stringify(data[setting]) === JSON.stringify(options[setting]);
}

/** In words: `from line 3, with the names of line 2`. */
function beginningOf({ form }: FirstTable): string {
  const names = form.header.map(({ line }) => line).join(' and ');
  const from = `from line ${form.first!.line} on`;
  return names === '' ? `${from}, without names` : `${from}, with the names of line ${names}`;
}

/** In words: `as "long" (case id; time t; features x, y)`. */
function lookOf({ layout, names, case: cases, time, label, features, steps }: Plan): string {
  const called = (columns: readonly number[]) => columns.map((column) => names[column]!);
  const roles = [
    ...(cases.length > 0 ? [`case ${listed(called(cases))}`] : []),
    ...(time === null ? [] : [`time ${listed(called([time]))}`]),
    ...(label === null ? [] : [`label ${listed(called([label]))}`]),
    steps.length > 0 ? `${steps.length} steps` : `features ${listed(features.map(({ name }) => name))}`,
  ];
  return `as "${layout}" (${roles.join('; ')})`;
}

/** A column that is said to be missing is no contradiction, unless another takes its place or it becomes a feature. */
function isSame(other: Plan, plan: Plan, { sample }: FirstTable, { split, layout }: DataOptions): boolean {
  // How the steps of a row lie is for the setting to say.
  if (layout?.startsWith('flat') && other.layout === 'wide') return true;
  // Nothing tells series side by side from the features of one.
  if (layout === 'columns' && other.layout === 'single') return true;
  const isOne = split !== undefined && other.layout === 'single' && !isSplit(sample, split, plan.time);
  const alike = (ours: number | null, its: number | null) => ours === null || ours === its;
  const listOf = ({ features, steps }: Plan) =>
    [...features.map(({ column }) => column), -1, ...steps].join();
  return (
    (isOne || (other.layout === plan.layout && other.case.join() === plan.case.join())) &&
    alike(plan.time, other.time) &&
    alike(plan.label, other.label) &&
    listOf(other) === listOf(plan)
  );
}
