import type { FullHow, How } from '../attribution/how.ts';
import { PREDICTED, RUNNER_UP, type Target } from '../attribution/score.ts';
import { labelIndex } from '../data/labelIndex.ts';
import type { Finding } from '../finding.ts';
import type { Classifier } from '../graph/classifier.ts';
import type { ValuesOut } from '../graph/foundLogits.ts';
import type { Project } from '../project/projectShape.ts';
import { Refusal } from '../refusal.ts';
import { nameOutputs } from './outputNames.ts';

/** Names of the model's classes and where they come from. */
export interface ClassNames {
  readonly names: readonly string[];
  readonly findings: readonly Finding[];
  /** False where nobody named them and they are `class 0`, `class 1`, … */
  readonly given: boolean;
  /** Present where they are no classes but outputs that are numbers. */
  readonly values?: ValuesOut;
}

type NamesOfTargets = Pick<ClassNames, 'names' | 'values'>;

/** Names of what a model gives: of its classes, or of its outputs where they are numbers. */
export function nameAnswers(
  { classes, values }: Pick<Classifier, 'classes' | 'values'>,
  project: Pick<Project, 'classes' | 'outputs'> | undefined,
  fromData: readonly string[] | undefined,
): ClassNames {
  return values ? nameOutputs(values, project) : nameClasses(classes, project?.classes, fromData);
}

/**
 * attribution.json names the classes, else the data file may declare them (`.ts` @classLabel): then in sorted order.
 * A list of the wrong length is not used, and that is said.
 */
export function nameClasses(
  count: number,
  fromProject: readonly string[] | undefined,
  fromData: readonly string[] | undefined,
): ClassNames {
  if (fromProject?.length === count) {
    return { names: fromProject, findings: [], given: true };
  }
  const findings: Finding[] = fromProject ? [wrongCount('attribution.json', fromProject.length, count)] : [];
  if (fromData?.length === count) {
    const sorted = fromData.toSorted();
    return { names: sorted, findings: [...findings, ...otherOrder(fromData, sorted)], given: true };
  }
  if (fromData && !fromProject) {
    findings.push(wrongCount('The data file', fromData.length, count));
  }
  return { names: Array.from({ length: count }, (_, index) => `class ${index}`), findings, given: false };
}

/** The header of a `.ts` file lists its classes, but label encoders sort them, so that is what the outputs mean. */
function otherOrder(header: readonly string[], sorted: readonly string[]): Finding[] {
  if (header.every((name, index) => name === sorted[index])) return [];
  const sentence = `The model's outputs are taken for the classes in sorted order (${listed(sorted)}), as label encoders number them; the data file's header lists them in another order (${listed(header)}), which is a convention of nobody. Set "classes" in attribution.json if the order is another.`;
  return [{ code: 'class-order', severity: 'info', sentence }];
}

function wrongCount(who: string, named: number, count: number): Finding {
  return {
    code: 'class-count',
    severity: 'warning',
    sentence: `${who} names ${named === 1 ? '1 class' : `${named} classes`} but the model has ${count}, so these names are not used.`,
  };
}

/** What is said of labels as classes, which those of numbers are not. */
const OF_CLASSES = new Set(['labels-no-classes', 'labels-alike']);

/** Of what reading a file found, what holds for what its model gives. */
export function ofOutputs(
  findings: readonly Finding[],
  { values }: Pick<ClassNames, 'values'>,
): readonly Finding[] {
  return values ? findings.filter(({ code }) => !OF_CLASSES.has(code)) : findings;
}

/** A label that is none of the names is said; where classes have no names nothing can be compared. */
export function unknownLabel(label: string | undefined, { names, given, values }: ClassNames): Finding[] {
  if (values) return [];
  if (!given && label !== undefined && isReal(label)) {
    const sentence = `The label ${label} is a real number, and the model's ${names.length} outputs are taken for classes; "task": "regression" in attribution.json says that they are numbers.`;
    return [{ code: 'labels-no-classes', severity: 'warning', sentence }];
  }
  if (!given || label === undefined || labelIndex(label, names) >= 0) {
    return [];
  }
  return [
    {
      code: 'unknown-label',
      severity: 'warning',
      sentence: `The label ${JSON.stringify(label)} is none of the model's classes (${listed(names)}).`,
    },
  ];
}

function isReal(label: string): boolean {
  return label.trim() !== '' && Number.isFinite(Number(label)) && !Number.isInteger(Number(label));
}

/**
 * Which class is explained: an index, or -1 for the predicted one. Of a text a name goes before an index, as classes
 * may be named by numbers; a number is an index.
 * @throws Refusal `no-such-class`
 */
function targetIndex(target: string | number | undefined, { names, values }: NamesOfTargets): number {
  if (target === undefined || target === 'predicted') {
    return -1;
  }
  const byName = typeof target === 'string' ? names.indexOf(target) : -1;
  const index = byName >= 0 ? byName : /^\d+$/.test(`${target}`) ? Number(target) : Number.NaN;
  if (!(index < names.length)) {
    const noun = values ? 'output' : 'class';
    throw new Refusal(
      `no-such-${noun}`,
      `There is no ${noun} ${JSON.stringify(target)}: the model has ${names.length === 1 ? `one, ${names[0]} (number 0)` : `${listed(names)}, or by number 0 to ${names.length - 1}`}.`,
    );
  }
  return index;
}

/** What is explained of the classes. @throws Refusal `no-such-class` */
export function targetOf({ target, against, negative }: How, names: NamesOfTargets): Target {
  return {
    target: targetIndex(target, names),
    ...(against !== undefined && {
      against: against === 'runner-up' ? RUNNER_UP : targetIndex(against, names),
    }),
    ...(negative && { negative }),
  };
}

/** The same in words: `predicted` and `runner-up`, else the names of classes. @throws Refusal `no-such-class` */
export function targetWords(
  how: How,
  named: NamesOfTargets,
): Pick<FullHow, 'target' | 'against' | 'negative'> {
  const { target, against } = targetOf(how, named);
  const name = (index: number) => named.names[index] ?? `class ${index}`;
  return {
    target: target === PREDICTED ? 'predicted' : name(target),
    ...(against !== undefined && { against: against === RUNNER_UP ? 'runner-up' : name(against) }),
    negative: how.negative ?? false,
  };
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 12).join(', ');
  return names.length > 12 ? `${shown}, … (${names.length})` : shown;
}
