import type { PreprocessStep } from '../preprocess/step.ts';
import { type JsonValue, MOST_NAMES } from './jsonValue.ts';
import { type Confines, pathIn } from './paths.ts';

const MOST_STEPS = 64;
const standardizeForms = 'must be "instance", { "mean": [ … ], "std": [ … ] } or { "from": "train.csv" }';

interface Preprocess {
  readonly preprocess: readonly PreprocessStep[];
  /** Absolute path of the script that does it instead. */
  readonly script?: string;
}

/** `preprocess` of attribution.json: a list of steps or a script. @throws Refusal */
export function parsePreprocess(value: JsonValue, confines: Confines): Preprocess {
  if (!value.is('object')) {
    const steps = value.elements('a list of steps or { "script": "preprocess.py" }', MOST_STEPS);
    return { preprocess: steps.map((step) => parseStep(step, confines)) };
  }
  const { script } = value.properties(['script']);
  if (!script) {
    throw value.refuse('must be a list of steps or { "script": "preprocess.py" }');
  }
  if (!/\.(py|[cm]?[jt]s)$/i.test(script.text('the path of a script'))) {
    throw script.refuse('must be a .py, .js, .mjs, .cjs or .ts file');
  }
  return { preprocess: [], script: pathIn(script, confines) };
}

function parseStep(value: JsonValue, confines: Confines): PreprocessStep {
  const { standardize, pad, resample, truncate } = value.properties([
    'standardize',
    'pad',
    'resample',
    'truncate',
  ]);
  if (value.size !== 1) {
    throw value.refuse('must have exactly one of "standardize", "pad", "resample" and "truncate"');
  }
  if (standardize) {
    return parseStandardize(standardize, confines);
  }
  if (pad) {
    const { to, value: filling, side } = pad.properties(['to', 'value', 'side']);
    return {
      kind: 'pad',
      to: parseSteps(to),
      value: filling === undefined ? 0 : parseFilling(filling),
      side: side?.oneOf(['end', 'front']) ?? 'end',
    };
  }
  if (resample) return { kind: 'resample', to: parseSteps(resample.properties(['to']).to) };
  const { to, keep } = truncate!.properties(['to', 'keep']);
  return { kind: 'truncate', to: parseSteps(to), keep: keep?.oneOf(['start', 'end']) ?? 'start' };
}

function parseFilling(value: JsonValue): number | 'edge' {
  return value.is('string') && value.text() === 'edge' ? 'edge' : value.number('a number or "edge"');
}

function parseStandardize(value: JsonValue, confines: Confines): PreprocessStep {
  if (value.is('string')) {
    if (value.text() !== 'instance') {
      throw value.refuse(standardizeForms);
    }
    return { kind: 'standardize', by: 'instance' };
  }
  const { mean, std, from } = value.properties(['mean', 'std', 'from']);
  if (from && !mean && !std) {
    return { kind: 'standardize', by: 'file', from: pathIn(from, confines) };
  }
  if (!mean || !std || from) {
    throw value.refuse(standardizeForms);
  }
  const means = mean.elements('a list of numbers', MOST_NAMES).map((element) => element.number());
  const deviations = std.elements('a list of numbers', MOST_NAMES).map((element) => {
    const deviation = element.number();
    if (deviation < 0) {
      throw element.refuse(`must not be negative (it is ${deviation})`);
    }
    return deviation;
  });
  if (means.length === 0 || means.length !== deviations.length) {
    throw value.refuse(
      `has ${means.length} means and ${deviations.length} deviations; give one of each per feature`,
    );
  }
  return { kind: 'standardize', by: 'given', mean: means, std: deviations };
}

/** Null or absent: what the model takes. */
function parseSteps(value: JsonValue | undefined): number | null {
  if (!value || value.isNull) {
    return null;
  }
  const what = 'a whole number of steps from 1 to 10000000, or null for what the model takes';
  const steps = value.number(what);
  if (!Number.isInteger(steps) || steps < 1 || steps > 10_000_000) {
    throw value.refuse(`must be ${what}, not ${steps}`);
  }
  return steps;
}
