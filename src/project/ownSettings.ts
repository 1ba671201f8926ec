import type { InputLayout } from '../graph/inputLayout.ts';
import type { ReadyStep } from '../preprocess/step.ts';
import { Refusal } from '../refusal.ts';
import { parseProject } from './parseProject.ts';
import { projectFileName } from './project.ts';
import type { Project } from './projectShape.ts';

/** Key of `metadata_props` under which a model that was trained here holds what feeds it. */
export const OWN_SETTINGS = 'attribution.settings';

/** How series have to come to a model, as it was trained: what of an attribution.json is the model's and not the file's. */
export interface OwnSettings {
  readonly input: InputLayout;
  readonly classes: readonly string[];
  /** In the model's order; absent where the file it was trained with may have named none. */
  readonly features?: readonly string[];
  /** f0, f1 … as readers call features without a name, or as that file called them: a file with the same in another order does. */
  readonly numbered?: readonly string[];
  readonly preprocess: readonly ReadyStep[];
  /** How missing values were filled, where that was set. */
  readonly missing?: Project['data']['missing'];
}

const KEYS = ['input', 'classes', 'data', 'preprocess'];
const MOST_CHARACTERS = 2 ** 22;
/** Names that readers give to features without any. */
const UNNAMED = /^(f|dim_)\d+$/;

/** What a model that is made of another one keeps of its metadata. */
export function keptSettings(metadata: ReadonlyMap<string, string> | undefined): [string, string][] {
  const text = metadata?.get(OWN_SETTINGS);
  return text === undefined ? [] : [[OWN_SETTINGS, text]];
}

/** To be written into a model. @param settings as attribution.json has them */
export function ownSettingsText(
  settings: Readonly<Record<string, unknown>>,
  features: readonly string[],
): string {
  const { input, classes, preprocess, data } = settings;
  const { missing } = (data ?? {}) as { readonly missing?: unknown };
  return JSON.stringify({ input, classes, data: { features, missing }, preprocess });
}

/** Whether a file may have named none of them: readers call them so. */
export function areUnnamed(features: readonly string[]): boolean {
  return features.every((name) => UNNAMED.test(name));
}

const known = new WeakMap<ReadonlyMap<string, string>, OwnSettings | null>();

/** What a model says feeds it; undefined where it says nothing that can be read. A model may say anything: paths are not followed. */
export function ownSettings(metadata: ReadonlyMap<string, string> | undefined): OwnSettings | undefined {
  const text = metadata?.get(OWN_SETTINGS);
  if (metadata === undefined || text === undefined || text.length > MOST_CHARACTERS) return undefined;
  if (!known.has(metadata)) known.set(metadata, read(text) ?? null);
  return known.get(metadata) ?? undefined;
}

function read(text: string): OwnSettings | undefined {
  try {
    const { input, classes, data, preprocess } = parseProject(text, projectFileName);
    const said = Object.keys(JSON.parse(text)).every((key) => KEYS.includes(key));
    const ready = preprocess.filter(
      (step): step is ReadyStep => step.kind !== 'standardize' || step.by !== 'file',
    );
    if (!said || !input || !classes || ready.length === 0 || ready.length < preprocess.length)
      return undefined;
    const { features, missing } = data;
    const isNumbered = features && areUnnamed(features);
    return {
      ...{ input, classes, preprocess: ready },
      ...(missing && { missing }),
      ...(features && (isNumbered ? { numbered: features } : { features })),
    };
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
