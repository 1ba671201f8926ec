/**
 * What the Node child of a JavaScript script runs: a module that exports `preprocess` is given the instances and sends
 * its result back; any other module has done its work (IN → OUT) by being loaded. Errors stay uncaught: Node then
 * writes them with the line, syntax errors too.
 */
export const nodeRunner = `
import { pathToFileURL } from 'node:url';
const [script, input, output] = process.argv.slice(1);
process.argv = [process.argv[0], script, input, output];
const loaded = await import(pathToFileURL(script).href);
const preprocess = loaded.preprocess ?? loaded.default?.preprocess;
if (typeof preprocess === 'function') {
  const instances = await new Promise((resolve) => {
    process.once('message', resolve);
    process.send({ kind: 'instances' });
  });
  const result = await preprocess(instances);
  await new Promise((resolve, reject) =>
    process.send({ kind: 'result', result }, (error) => (error ? reject(error) : resolve())),
  );
}
if (process.connected) process.disconnect();
`;

/** What `preprocess(instances)` is given, one per instance. */
export interface ScriptInstance {
  readonly id: string;
  readonly label: string | undefined;
  /** Names, in the order of `values`. */
  readonly features: readonly string[];
  readonly length: number;
  /** One [L] per feature, in the file's units. */
  readonly values: readonly Float64Array[];
}

/** Messages of the child. */
export type NodeRunnerMessage =
  | { readonly kind: 'instances' }
  | { readonly kind: 'result'; readonly result: unknown };
