import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeNpz } from '../../../../src/data/numpy/writeNpz.ts';
import type { ExplainRequest } from '../../../../src/engine/requests.ts';
import { readOnnx } from '../../../../src/formats/onnx/readOnnx.ts';
import { writeOnnx } from '../../../../src/formats/onnx/writeOnnx.ts';
import type { Graph } from '../../../../src/graph/graph.ts';

export const tiny = (name: string) =>
  fileURLToPath(new URL(`../../../fixtures/tiny/${name}`, import.meta.url));

/** What a case may change of a question that works. */
export interface BadCase {
  readonly what: string;
  /** Puts the bad file into the folder and says what is asked. */
  readonly ask: (at: (name: string) => string) => Partial<ExplainRequest>;
  readonly sentence: RegExp;
}

export const goodQuestion: ExplainRequest = {
  model: tiny('tiny.onnx'),
  data: tiny('long.csv'),
  project: tiny('attribution.json'),
};

export const header = 'case,t,label,a,b,c,d\n';
export const rows = (count: number, from = 0, id = 'one') =>
  Array.from({ length: count }, (_, t) => `${id},${from + t},left,${10 + (t % 3)},-3,0.5,${200 - t}\n`).join(
    '',
  );

export const file =
  (name: string, content: string | Uint8Array, extra: Partial<ExplainRequest> = {}): BadCase['ask'] =>
  (at) => {
    writeFileSync(at(name), content);
    return { [/\.(csv|ts|npz|npy|xlsx)$/.test(name) ? 'data' : 'model']: at(name), ...extra };
  };

export const csv = (content: string | Uint8Array, extra?: Partial<ExplainRequest>) =>
  file('bad.csv', content, extra);
export const npz = (arrays: Parameters<typeof writeNpz>[0]) => file('bad.npz', writeNpz(arrays));
export const model = (change: (graph: Graph) => Graph) => (at: (name: string) => string) =>
  file('bad.onnx', writeOnnx(change(readOnnx(readFileSync(goodQuestion.model)))))(at);
export const project =
  (content: string | object): BadCase['ask'] =>
  (at) => {
    const base = JSON.parse(readFileSync(goodQuestion.project as string, 'utf8'));
    const text = typeof content === 'string' ? content : JSON.stringify({ ...base, ...content });
    writeFileSync(at('attribution.json'), text);
    return { project: at('attribution.json') };
  };
export const asked =
  (question: Partial<ExplainRequest>): BadCase['ask'] =>
  () =>
    question;

/** Files of a case lie apart from those of the others. */
export function folderFor(root: string, index: number): (name: string) => string {
  const folder = join(root, `${index}`);
  mkdirSync(folder);
  return (name) => join(folder, name);
}
