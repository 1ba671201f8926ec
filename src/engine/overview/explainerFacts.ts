import { basename } from 'node:path';
import type { Provenance } from '../../attribution/explanation.ts';
import type { FullHow } from '../../attribution/how.ts';
import { METHODS } from '../../attribution/methods.ts';
import { loadModel } from '../../formats/loadModel.ts';
import { Refusal } from '../../refusal.ts';

/** What an explainer.onnx says of itself, as far as its maps are looked at together. */
export interface ExplainerFacts {
  readonly how: FullHow;
  /** Its class is told in every run, so that the maps alone know whose they are. */
  readonly told: boolean;
  readonly classes: readonly string[];
  /** Names of the map's rows; null for a layer without features. */
  readonly features: readonly string[] | null;
  readonly rows: number;
  readonly steps: number;
  /** Centres of the layer's positions on the input, in steps. */
  readonly positions: readonly number[];
  /** Steps between neighbouring positions. */
  readonly jump: number;
  readonly provenance: Omit<Provenance, 'data'>;
}

/** @throws Refusal `no-explainer` where the file is none, or one that an older version wrote; those of reading it */
export async function explainerFacts(path: string): Promise<ExplainerFacts> {
  const { graph } = await loadModel(path);
  const said = (name: string) => graph.metadata?.get(`attribution.${name}`);
  const map = graph.outputs.find(({ name }) => name === 'map');
  const how = parsed(said('how'));
  const classes = parsed(said('classes'));
  const positions = parsed(said('positions'));
  const field = parsed(said('receptive_field'));
  const steps = Number(said('steps'));
  const rows = map?.dims.length === 3 ? Number(map.dims[1]) : 1;
  if (
    !(map && isHow(how) && isListOf('string', classes) && isListOf('number', positions)) ||
    !(Number.isInteger(steps) && steps > 0 && Number.isInteger(rows) && hasJump(field))
  ) {
    throw new Refusal(
      'no-explainer',
      `${basename(path)} does not say how its maps were made; write it with the command explainer of this version.`,
    );
  }
  return {
    told: /^(against )?input\b/.test(said('target') ?? '') && how.target === 'predicted',
    ...{ how, classes, rows, steps, positions, jump: field.jump },
    features: map.dims.length === 3 ? rowNames(parsed(said('features')), rows) : null,
    provenance: {
      model: said('model') ?? basename(path),
      modelHash: said('model_sha256') ?? '',
      runtime: 'elsewhere',
      version: said('version') ?? '',
    },
  };
}

function rowNames(names: unknown, rows: number): string[] {
  const named = isListOf('string', names) && names.length === rows ? names : undefined;
  return Array.from({ length: rows }, (_, row) => named?.[row] ?? `row ${row}`);
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}

interface ByType {
  readonly string: string;
  readonly number: number;
}

function isListOf<T extends keyof ByType>(type: T, value: unknown): value is ByType[T][] {
  return Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === type);
}

function hasJump(value: unknown): value is { readonly jump: number } {
  return typeof value === 'object' && value !== null && 'jump' in value && typeof value.jump === 'number';
}

function isHow(value: unknown): value is FullHow {
  return (
    typeof value === 'object' &&
    value !== null &&
    METHODS.some(({ id }) => 'method' in value && value.method === id) &&
    ['layer', 'target'].every(
      (key) => typeof Object.entries(value).find(([name]) => name === key)?.[1] === 'string',
    )
  );
}
