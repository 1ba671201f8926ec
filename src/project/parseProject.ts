import { basename, dirname } from 'node:path';
import { count } from '../format.ts';
import { maskForms, parseMaskChoice } from '../preprocess/maskChoice.ts';
import { Refusal } from '../refusal.ts';
import type { JsonValue } from './jsonValue.ts';
import { namedFeatures } from './namedFeatures.ts';
import { parseData } from './parseData.ts';
import { parseJson } from './parseJson.ts';
import { parsePreprocess } from './parsePreprocess.ts';
import { pathIn } from './paths.ts';
import type { Project } from './projectShape.ts';

/**
 * The text of an attribution.json, checked, with defaults filled in.
 * @param path where it lies: relative paths start at its folder
 * @param within what paths must not leave; absent: they may lead anywhere
 * @throws Refusal naming line and property, and what is allowed
 */
export function parseProject(text: string, path: string, within?: string): Project {
  const confines = { folder: dirname(path), within };
  const root = parseJson(text.replace(/^\uFEFF/, ''), basename(path));
  const found = root.properties([
    '$schema',
    'model',
    'input',
    'classes',
    'task',
    'output',
    'outputs',
    'outputAxes',
    'layer',
    'data',
    'preprocess',
    'mask',
  ]);
  found.$schema?.text();
  const data = found.data ? parseData(found.data) : {};
  const { preprocess, script } = found.preprocess
    ? parsePreprocess(found.preprocess, confines)
    : { preprocess: [] };
  checkCounts(found.preprocess, preprocess, namedFeatures({ data })?.length);
  return {
    path,
    folder: confines.folder,
    ...(found.model && { model: pathIn(found.model, confines) }),
    ...(found.input && { input: found.input.oneOf(['NFT', 'NTF', 'NFT1', 'NTF1', 'N1FT', 'N1TF']) }),
    ...(found.classes && { classes: found.classes.names(2, 'a list of at least two class names') }),
    ...(found.task && { task: found.task.oneOf(['classification', 'regression']) }),
    ...(found.output && { output: found.output.text('the name of an output of the model') }),
    ...(found.outputs && { outputs: found.outputs.names(1, 'a list of names of outputs') }),
    ...(found.outputAxes && { outputAxes: found.outputAxes.oneOf(['NTC', 'NCT']) }),
    ...(found.layer && { layer: found.layer.text('the name of a layer') }),
    data,
    preprocess,
    ...(script !== undefined && { script }),
    ...(found.preprocess && preprocess.length === 0 && script === undefined && { unprepared: true }),
    mask: found.mask ? parseMask(found.mask) : { kind: 'auto' },
  };
}

function parseMask(value: JsonValue): Project['mask'] {
  try {
    return parseMaskChoice(value.text(`one of ${maskForms}`));
  } catch (error) {
    throw error instanceof Refusal && error.code === 'mask-choice'
      ? value.refuse(`must be one of ${maskForms}`)
      : error;
  }
}

function checkCounts(
  value: JsonValue | undefined,
  steps: Project['preprocess'],
  features: number | undefined,
): void {
  for (const step of steps) {
    if (
      step.kind === 'standardize' &&
      step.by === 'given' &&
      features !== undefined &&
      step.mean.length !== features
    ) {
      throw value!.refuse(
        `has ${count(step.mean.length, 'mean')}, but "data.features" lists ${count(features, 'feature')}`,
      );
    }
  }
}
