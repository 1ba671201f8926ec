import type { Finding } from '../../finding.ts';
import { listed } from '../../format.ts';
import { ReadingQuestion } from '../reading/readingQuestion.ts';
import { mostClassesByLook } from './classNumbers.ts';
import { continuousQuestion } from './continuous.ts';
import { holdsDates } from './dates.ts';
import { askWhose } from './labelDoubt.ts';
import { lastNumber } from './lastNumber.ts';
import type { Layout } from './layout.ts';
import { isLabelCode, isWeakLabel, namedFor, namesFlag, namesNoClass, timeName } from './nameWords.ts';
import type { Planning } from './planning.ts';
import { classWays } from './recordingsQuestion.ts';
import type { Sample } from './sample.ts';
import { shorten } from './shorten.ts';

const SPLIT = /^(|train(ing)?|test(ing)?|val(id|idation)?|dev|eval(uation)?|hold-?out)$/i;

/**
 * The column of class labels: by its usual name, else the only text column that stays the same within each instance.
 * A part of the case key may be the label, too.
 */
export function labelColumn(planning: Planning, layout: Layout): number | null {
  const { sample, used, findings } = planning;
  const free = (column: number): boolean =>
    (!used.has(column) || (layout.case.length > 1 && layout.case.includes(column))) &&
    sample.profiles[column]?.kind !== 'blank' &&
    !planning.listed(column);
  const byName = namedFor('label', sample.names).find(
    (column) =>
      free(column) &&
      (!isWeakLabel(sample.names[column]!) ||
        looksLikeClasses(sample, column, isConstant(planning, layout, column)) ||
        looksMeasured(planning, layout, column)),
  );
  if (byName !== undefined) return byName;
  const declared = declaredLabel(planning, layout);
  if (declared !== undefined && free(declared)) return declared;
  const byCode = layout.case.filter((column) => free(column) && isKeyOfClasses(planning, column));
  if (byCode.length === 1) {
    findings.push(labelInferred(sample, byCode[0]!));
    return byCode[0]!;
  }
  askChanging(planning, layout, free);
  const texts = sample.names
    .map((_, column) => column)
    .filter(
      (column) =>
        free(column) &&
        !used.has(column) &&
        sample.profiles[column]?.kind === 'text' &&
        !isSplit(sample, column) &&
        !holdsDates(sample, column) &&
        !isPerson(planning, column) &&
        isConstant(planning, layout, column) &&
        (planning.options.window === undefined || sample.profiles[column]!.distinct <= mostClassesByLook),
    );
  const repeating = texts.filter(
    (column) => sample.profiles[column]!.distinct < sample.profiles[column]!.filled,
  );
  // Beside words that are all different, as names of the series are.
  const various = repeating.filter((column) => sample.profiles[column]!.distinct > 1);
  // A unit or a device beside them tells nothing apart.
  const telling =
    various.length > 0 ? texts.filter((column) => sample.profiles[column]!.distinct > 1) : texts;
  const looked = layout.layout === 'wide' && telling.length > 1 ? repeating : telling;
  const byLook = looked.length === 1 ? looked[0]! : null;
  if (byLook === null) {
    if (looked.length === 0) askClass(planning, layout.case);
    sayOpen(planning, looked.length > 1 ? looked : layout.case.length > 1 ? layout.case : []);
    return null;
  }
  if (!isKindOfClass(planning, layout, byLook)) return null;
  // Beside steps without names there may be another one, of numbers.
  if (sample.named || layout.layout !== 'wide') askWhose(planning, layout, byLook);
  findings.push(labelInferred(sample, byLook));
  return byLook;
}

/** Few whole numbers that change on the way under a label's name are no feature where that is said to be no label, either. */
export function leaveUnlabelled(planning: Planning): void {
  const { sample, options } = planning;
  const numeric = planning.free.filter((column) => sample.profiles[column]!.kind === 'numeric');
  const spare = numeric.length - (options.input?.features ?? 0);
  if (options.label !== null || !sample.named || options.features !== undefined || spare <= 0) return;
  const columns = namedFor('label', sample.names).filter(
    (column) =>
      numeric.includes(column) &&
      looksLikeClasses(sample, column, true) &&
      (!isWeakLabel(sample.names[column]!) ||
        (namesFlag(sample.names[column]!) && sample.profiles[column]!.distinct <= 2)),
  );
  if (columns.length <= spare && columns.length < numeric.length)
    planning.leave(columns, 'called a label, where "label" says that there is none');
}

/** `faultNumber` beside the run: the classes come again with the other parts of the key. */
function isKeyOfClasses({ sample }: Planning, column: number): boolean {
  const { distinct } = sample.profiles[column]!;
  return distinct > 1 && isLabelCode(sample.names[column]!) && looksLikeClasses(sample, column, true);
}

/** The column that the file says to hold classes; none where the model takes as many features with it. */
function declaredLabel({ sample, options, used }: Planning, { layout }: Layout): number | undefined {
  const { declaredLabel: name, input, features } = options;
  if (name === undefined || features !== undefined) return undefined;
  const isFeature = layout !== 'wide' && sample.numeric(used).length <= (input?.features ?? 0);
  return isFeature ? undefined : sample.names.indexOf(name);
}

/** A person or a recording, unless its words are the classes that are known. */
function isPerson({ sample, options }: Planning, column: number): boolean {
  const isClass = sample.rows.every((row) => options.classes?.includes((row[column] ?? '').trim()));
  return sample.named && namesNoClass(sample.names[column]!) && !isClass;
}

/** Words for parts of a data set say no class. */
function isSplit({ rows }: Sample, column: number): boolean {
  return rows.every((row) => SPLIT.test(row[column]?.trim() ?? ''));
}

/** What is said of a column that is taken for the label by its look. */
export function labelInferred({ fileName, names }: Sample, column: number): Finding {
  return {
    code: 'label-inferred',
    severity: 'info',
    sentence: `Column "${names[column]}" of ${fileName} is taken as the class label; set "label" under "data" in attribution.json if it is not.`,
  };
}

/** Words under a label's name that change within the instances: a label per row. @throws ReadingQuestion `continuous-recording` */
function askChanging({ sample, options }: Planning, layout: Layout, free: (column: number) => boolean): void {
  if (layout.layout !== 'long' || options.window !== undefined || options.features !== undefined) return;
  const column = namedFor('label', sample.names).find((one) => free(one) && isWordPerRow(sample, one));
  if (column === undefined) return;
  const cases = layout.case.map((one) => sample.names[one]!);
  const what = `column ${sample.names[column]} changes on the way`;
  throw continuousQuestion(sample.fileName, sample.names[column]!, options.input, what, undefined, cases);
}

/** Few words, each for some rows. */
function isWordPerRow({ profiles }: Sample, column: number): boolean {
  const { kind, distinct, filled, runs } = profiles[column]!;
  return kind === 'text' && distinct <= mostClassesByLook && runs * 3 <= filled;
}

/** More than one column could be the label: none is taken. */
function sayOpen({ sample, findings, options }: Planning, columns: readonly number[]): void {
  if (columns.length < 2 || options.label !== undefined) return;
  findings.push({
    code: 'label-open',
    severity: 'info',
    sentence: `${sample.fileName}: no label is taken, as ${listed(columns.map((column) => sample.names[column]!))} could each be the class; set "label" under "data" in attribution.json.`,
  });
}

/** Columns without names that tell the instances apart, of which one holds words. @throws ReadingQuestion `label-open` */
function askClass({ sample, options }: Planning, columns: readonly number[]): void {
  const [way] = options.case === undefined && options.label === undefined ? classWays(sample, columns) : [];
  if (!way) return;
  const names = columns.map((column) => sample.names[column]!);
  throw new ReadingQuestion({
    id: 'label-open',
    sentence: `${sample.fileName}: ${listed(names)} together tell the recordings apart, and without a row of names nothing says whether one of them is the class`,
    ways: [way, { label: 'none of them is the class', patch: { data: { case: names, label: null } } }],
  });
}

/** One word throughout may be a unit, a device, a status or a file: it is the label where it names a class. */
function isKindOfClass({ sample, options, findings }: Planning, found: Layout, column: number): boolean {
  const { layout, case: cases } = found;
  const word = sample.rows[0]?.[column]?.trim() ?? '';
  const { distinct, filled } = sample.profiles[column]!;
  if (layout === 'wide' && filled > 1 && distinct === filled)
    return !areNumbered(sample, column) && timeName(sample.names[column]!) !== 'sure';
  const isOne =
    layout === 'single' || (layout === 'long' && cases.every((one) => sample.profiles[one]!.distinct === 1));
  // Without names it may be that of a folder of recordings.
  if (distinct > 1 || filled === 1 || options.classes?.includes(word) || (isOne && !sample.named))
    return true;
  findings.push({
    code: 'label-doubtful',
    severity: 'info',
    sentence: `Column "${sample.names[column]}" of ${sample.fileName} is ${JSON.stringify(shorten(word))} throughout and is left aside; set "label" under "data" in attribution.json if it is the class.`,
  });
  return false;
}

/** Where series are cut into windows a label may change on the way. */
function isConstant({ sample, options }: Planning, { layout, case: cases }: Layout, column: number): boolean {
  return (
    options.window !== undefined ||
    layout === 'wide' ||
    sample.constantWithin(cases, column) ||
    sample.headsEach(cases, column)
  );
}

/** s1, s2, s3, …: names of the rows. */
function areNumbered({ rows }: Sample, column: number): boolean {
  const words = rows.map((row) => lastNumber((row[column] ?? '').trim()));
  return words.every((word) => word !== undefined && word.before === words[0]?.before);
}

/** Real numbers under a target's name that stay the same within each of several series: what a regression learns. */
function looksMeasured({ sample }: Planning, { layout, case: cases }: Layout, column: number): boolean {
  const { kind, distinct } = sample.profiles[column]!;
  const named = /^(target|y|y_?true|ground_?truth|gt)$/i.test(sample.names[column]!.trim());
  const coordinate = sample.names.some((name) => /^[xz]$/i.test(name.trim()));
  if (kind !== 'numeric' || distinct < 2 || !named || coordinate) return false;
  return layout === 'long' && sample.constantWithin(cases, column);
}

function looksLikeClasses(sample: Sample, column: number, constant: boolean): boolean {
  const { kind, whole, distinct } = sample.profiles[column]!;
  // x, y, z are coordinates.
  const coordinate = sample.names.some((name) => /^[xz]$/i.test(name.trim()));
  return (kind === 'text' || (whole && !coordinate)) && distinct <= mostClassesByLook && constant;
}
