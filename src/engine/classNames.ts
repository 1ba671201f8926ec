import { RUNNER_UP, type Target } from '../attribution/score.ts';
import type { Finding } from '../finding.ts';
import { Refusal } from '../refusal.ts';
import type { ExplainRequest } from './contract.ts';

/** Names of the model's classes and where they come from. */
export interface ClassNames {
  readonly names: readonly string[];
  readonly findings: readonly Finding[];
  /** False where nobody named them and they are `class 0`, `class 1`, … */
  readonly given: boolean;
}

/**
 * attribution.json names the classes, else the data file may declare them (`.ts` @classLabel).
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
    return { names: fromData, findings, given: true };
  }
  if (fromData && !fromProject) {
    findings.push(wrongCount('The data file', fromData.length, count));
  }
  return { names: Array.from({ length: count }, (_, index) => `class ${index}`), findings, given: false };
}

function wrongCount(who: string, named: number, count: number): Finding {
  return {
    code: 'class-count',
    severity: 'warning',
    sentence: `${who} names ${named} classes but the model has ${count}, so these names are not used.`,
  };
}

/** A label that is none of the names is said; where classes have no names nothing can be compared. */
export function unknownLabel(label: string | undefined, { names, given }: ClassNames): Finding[] {
  if (!given || label === undefined || names.includes(label)) {
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

/**
 * Which class is explained: an index, or -1 for the predicted one. A name goes before a number, as classes may be
 * named by numbers.
 * @throws Refusal `no-such-class`
 */
export function targetIndex(target: string | number | undefined, names: readonly string[]): number {
  if (target === undefined || target === 'predicted') {
    return -1;
  }
  const byName = names.indexOf(`${target}`);
  const index = byName >= 0 ? byName : /^\d+$/.test(`${target}`) ? Number(target) : Number.NaN;
  if (!(index < names.length)) {
    throw new Refusal(
      'no-such-class',
      `There is no class ${JSON.stringify(target)}: the model has ${listed(names)}, or by number 0 to ${names.length - 1}.`,
    );
  }
  return index;
}

/** What is explained of the classes. @throws Refusal `no-such-class` */
export function targetOf(
  { target, against, negative }: Pick<ExplainRequest, 'target' | 'against' | 'negative'>,
  names: readonly string[],
): Target {
  return {
    target: targetIndex(target, names),
    ...(against !== undefined && {
      against: against === 'runner-up' ? RUNNER_UP : targetIndex(against, names),
    }),
    ...(negative && { negative }),
  };
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 12).join(', ');
  return names.length > 12 ? `${shown}, … (${names.length})` : shown;
}
