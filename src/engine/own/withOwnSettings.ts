import { basename, dirname, join } from 'node:path';
import type { Finding } from '../../finding.ts';
import { listed } from '../../format.ts';
import type { Graph } from '../../graph/graph.ts';
import type { ReadyStep } from '../../preprocess/step.ts';
import { namedFeatures } from '../../project/namedFeatures.ts';
import { type OwnSettings, ownSettings } from '../../project/ownSettings.ts';
import { parseProject } from '../../project/parseProject.ts';
import { projectFileName } from '../../project/project.ts';
import type { Project } from '../../project/projectShape.ts';
import { joinedSteps } from './ownSteps.ts';

/** The settings that apply to a model and a file, and what was noticed about them. */
export interface Applied {
  readonly project: Project | undefined;
  readonly findings: readonly Finding[];
}

interface Asked {
  readonly model: string;
  /** The model's names of features hold, whatever attribution.json calls them. */
  readonly ownNames?: boolean;
  readonly data?: string;
}

/**
 * What a model says of itself goes before attribution.json, wherever that lies: it is what the model was trained with.
 * Both are said where they differ, and where attribution.json leaves something out, that it came from the model.
 * @param resolved gives the steps of attribution.json with statistics of training files in place
 */
export async function withOwnSettings(
  { metadata }: Pick<Graph, 'metadata'>,
  { model, data = model, ownNames = false }: Asked,
  project: Project | undefined,
  resolved: () => Promise<readonly ReadyStep[]>,
): Promise<Applied> {
  const own = ownSettings(metadata);
  if (!own) return { project, findings: [] };
  const known = project ?? parseProject('{}', join(dirname(data), projectFileName));
  const { steps, conflicts, added } =
    known.script === undefined
      ? joinedSteps(own.preprocess, known.preprocess, await resolved(), own.features)
      : { steps: known.preprocess, conflicts: [], added: false };
  const theirs = known.data.features;
  const renamed = !ownNames && isRenaming(theirs, own.features);
  const mine = own.features ?? (ownNames ? own.numbered : undefined);
  const features = renamed || known.data.layout === 'columns' ? theirs : (mine ?? theirs);
  const name = basename(model);
  const filled = own.missing !== undefined && known.data.missing === undefined;
  const all = [
    ...conflicts,
    ...differ('takes the input for', known.input && [known.input], [own.input]),
    ...differ('names the classes', known.classes, own.classes),
    ...(renamed ? [] : differ('lists the features', namedFeatures(known), own.features)),
    ...differ('sets "missing" to', one(known.data.missing), one(own.missing)),
  ];
  const applied: Project = {
    ...known,
    input: own.input,
    classes: own.classes,
    data: { ...known.data, ...(features && { features }), ...(own.missing && { missing: own.missing }) },
    preprocess: steps,
  };
  return {
    project: applied,
    findings: [
      ...all.map(([theirs, mine]) => conflict(name, theirs, mine)),
      ...(renamed ? [otherNames(name, theirs!, own.features!)] : []),
      ...(added || filled || !known.classes ? [fromModel(name, own, added)] : []),
    ],
  };
}

/** As many other names are what the columns of this file are called; some of the same, and it is about another model. */
function isRenaming(theirs: readonly string[] | undefined, mine: readonly string[] | undefined): boolean {
  return (
    theirs !== undefined && theirs.length === mine?.length && !theirs?.some((name) => mine?.includes(name))
  );
}

function differ(
  what: string,
  theirs: readonly string[] | undefined,
  mine: readonly string[] | undefined,
): (readonly [string, string])[] {
  if (!theirs || !mine || theirs.join('\n') === mine.join('\n')) return [];
  return [[`${what} ${listed(theirs, 12)}`, listed(mine, 12)]];
}

function conflict(model: string, theirs: string, mine: string): Finding {
  const sentence = `attribution.json ${theirs}, and ${model} was trained with ${mine}: what it was trained with is used.`;
  return { code: 'own-settings', severity: 'warning', sentence };
}

function otherNames(model: string, theirs: readonly string[], mine: readonly string[]): Finding {
  const sentence = `attribution.json lists the features ${listed(theirs, 12)}, and ${model} was trained with ${listed(mine, 12)}: they are taken for those in this order.`;
  return { code: 'own-settings', severity: 'warning', sentence };
}

function one(word: string | undefined): readonly string[] | undefined {
  return word === undefined ? undefined : [word];
}

function fromModel(model: string, { classes, preprocess, missing }: OwnSettings, steps: boolean): Finding {
  const how = preprocess.map(({ kind }) => kind).join(' and ');
  const parts = [
    ...(steps ? [how] : []),
    `classes ${listed(classes, 12)}`,
    ...(missing ? [`missing values: "${missing}"`] : []),
  ];
  const sentence = `How series come to ${model} (${parts.join('; ')}) is taken from the model itself, which says what it was trained with.`;
  return { code: 'own-settings', severity: 'info', sentence };
}
