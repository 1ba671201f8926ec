import type { Engine } from '../../src/engine/contract.ts';
import { serve } from '../../src/engine/serve.ts';
import type { Overview } from '../../src/overview/overview.ts';

/** A child process that answers as the engine does of files with very many instances; see hostCalls.ts. */
const SENTENCE = 'Labelled stairs, predicted walk (p 0.61).';

function listOf(count: number) {
  const instances = Array.from({ length: count }, (_, index) => ({
    ...{ id: `case ${index}`, index, length: 100, label: index % 2 ? 'walk' : 'stairs' },
    lines: [100 * index + 2, 100 * index + 101] as const,
  }));
  return { facts: [], path: 'x.csv', instances };
}

/** Every fourth stands out. */
function overviewOf(count: number): Overview {
  const instances = Array.from({ length: count }, (_, index) => ({
    ...{ id: `case ${index}`, index, length: 100, label: index % 2 ? 'walk' : 'stairs' },
    ...{ predicted: index % 3, probability: 1 / (1 + (index % 7)), correct: index % 4 > 0 },
    ...{ zones: { REAL: 0.8, MIXED: 0.1, EMPTY: 0.1 }, paddedPositions: 0.2, level: index / count },
  }));
  const outliers = Array.from({ length: count / 4 }, (_, at) => ({
    instance: 4 * at,
    reasons: [{ kind: 'misclassified' as const, sentence: SENTENCE }],
  }));
  const bytes = new Uint8Array(32 * count);
  const thumbnails = { rows: 1, columns: 32, values: bytes, real: bytes.slice() };
  const groups = [0, 1, 2, 3].map(() => ({ members: Int32Array.from({ length: count / 2 }, (_, i) => i) }));
  const importance = new Float32Array(30 * count);
  return { instances, outliers, thumbnails, groups, importance } as unknown as Overview;
}

const engine = {
  data: async ({ data }: { readonly data: string }) => listOf(Number(data)),
  overview: async ({ data }: { readonly data: string }) => overviewOf(Number(data)),
};
serve(engine as unknown as Engine, process as never);
