import { basename } from 'node:path';
import { dataHash } from '../../data/dataHash.ts';
import type { Runtime } from '../../graph/runtime.ts';
import type { TrainRequest } from '../requests.ts';
import { version } from '../version.ts';
import type { TrainReport } from './trainReport.ts';

/** Key of `metadata_props`: how a model was trained, as JSON. */
export const PROVENANCE = 'attribution.provenance';

/** Name and SHA-256 of every file that a training looked at. @throws Refusal where one can no longer be read */
export async function filesOf(
  { data, content, test, crossed }: Pick<TrainRequest, 'data' | 'content' | 'test' | 'crossed'>,
  signal?: AbortSignal,
): Promise<Readonly<Record<string, string>>> {
  const files = { data, test, crossed };
  const said = Object.entries(files).map(async ([role, path]) =>
    path === undefined
      ? []
      : [
          [role, basename(path)],
          [`${role}_sha256`, await dataHash(path, role === 'data' ? content : undefined, signal)],
        ],
  );
  return Object.fromEntries((await Promise.all(said)).flat());
}

/** All that made the model and what it came to: nothing that differs when it is trained again. */
export function provenanceText(
  { architecture }: Pick<TrainRequest, 'architecture'>,
  files: Readonly<Record<string, string>>,
  runtime: Pick<Runtime, 'id' | 'version'>,
  report: Omit<TrainReport, 'seconds' | 'findings'>,
  warnings: readonly string[],
): string {
  const { curve, best, validation, test, crossed, classes: _, features: __, ...rest } = report;
  return JSON.stringify({
    ...{ by: 'attribution-lens train', version, runtime: `${runtime.id} ${runtime.version}` },
    ...files,
    ...{ ...rest, architecture, epochs: curve.length, best: best + 1 },
    ...(warnings.length > 0 && { warnings }),
    figures: { validation, test, crossed },
  });
}
