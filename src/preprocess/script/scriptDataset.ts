import type { DataOptions } from '../../data/dataOptions.ts';
import type { Dataset, Instance } from '../../data/dataset.ts';
import { LazyInstance } from '../../data/lazyInstance.ts';
import { readArrays } from '../../data/numpy/readArrays.ts';
import type { Finding } from '../../finding.ts';
import { Refusal } from '../../refusal.ts';

interface ScriptOutput {
  /** Of the script, for sentences. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly options: DataOptions;
  /** The data file as it is; undefined where only the script can read it. */
  readonly source: Dataset | undefined;
  /** Names of the classes, which whole numbers in `y` point into. */
  readonly classes: readonly string[] | undefined;
}

/**
 * What a script wrote, as a dataset of prepared instances. Each real step leads back to its row where the instance in
 * the file has as many rows as the script says it has real steps.
 * @throws Refusal `script-shape`, `script-dtype`, and `script-output` with what the reader of .npz files says
 */
export function scriptDataset({ name, bytes, options, source, classes }: ScriptOutput): Dataset {
  const read = readOutput(bytes, name, options);
  refuseUnprepared(read, name, options);
  const origins = originsOf(read, source);
  const instances = read.instances.map((instance, index) => {
    const origin = origins?.[index];
    const plain = {
      id: read.named ? instance.id : (origin?.id ?? instance.id),
      ...{ index, length: instance.length, mask: instance.mask, line: origin?.line, prepared: true },
      label: origin?.label ?? className(instance.label, classes),
    };
    return new LazyInstance(plain, () => instance.values, origin && linesOf(instance, origin));
  });
  const findings = source && !origins ? [...read.findings, rowsUnknown(name)] : read.findings;
  const maskOrigin = read.maskOrigin?.replace(/ in the file$/, ` in the output of ${name}`);
  return { ...read, maskOrigin, instances, classes: source?.classes, columns: source?.columns, findings };
}

function readOutput(bytes: Uint8Array, name: string, options: DataOptions): Dataset & { named: boolean } {
  try {
    // A column of the data file; a script writes y.
    const { label, ...rest } = options;
    const dataset = readArrays(bytes, `The output of ${name}`, { ...rest, ...(label === null && { label }) });
    const named = dataset.instances.some(({ id, index }) => id !== String(index));
    return { ...dataset, named };
  } catch (error) {
    throw error instanceof Refusal ? new Refusal('script-output', error.message) : error;
  }
}

function refuseUnprepared(
  { instances, features, findings }: Dataset,
  name: string,
  { input }: DataOptions,
): void {
  const [first] = instances;
  if (!input || !first || first.prepared) return;
  if (findings.some(({ code }) => code === 'array-not-float32')) {
    throw new Refusal(
      'script-dtype',
      `${name} writes x in another type than float32; write x.astype("float32") when it is standardised and padded.`,
    );
  }
  throw new Refusal(
    'script-shape',
    `${name} writes ${instances.length} instances of ${features.length} features × ${first.length} steps; the model takes ${input.features} features × ${input.steps ?? 'any number of'} steps, as float32.`,
  );
}

/** The instance of the file behind each one of the script: by id where the ids are the file's, else by position. */
function originsOf(
  { instances, named }: Dataset & { named: boolean },
  source: Dataset | undefined,
): Instance[] | undefined {
  if (!source) return undefined;
  const byId = new Map(source.instances.map((instance) => [instance.id, instance]));
  const found =
    named && instances.every(({ id }) => byId.has(id))
      ? instances.map(({ id }) => byId.get(id)!)
      : instances.length === source.instances.length
        ? source.instances
        : undefined;
  return found?.every((origin, index) => realSteps(instances[index]!) === origin.length)
    ? [...found]
    : undefined;
}

function realSteps({ mask, length }: Instance): number {
  return mask ? mask.reduce((sum, real) => sum + real, 0) : length;
}

/** [T] line of each real step, 0 on padding. */
function linesOf({ mask, length }: Instance, origin: Instance): (() => Int32Array) | undefined {
  if (origin.line !== undefined) return undefined;
  return () => {
    const rows = origin.lines ?? new Int32Array();
    let row = 0;
    return Int32Array.from({ length }, (_, step) => (mask && !mask[step] ? 0 : (rows[row++] ?? 0)));
  };
}

/** `y` often holds the index of a class. */
function className(label: string | undefined, classes: readonly string[] | undefined): string | undefined {
  return label === undefined || classes?.includes(label) ? label : (classes?.[Number(label)] ?? label);
}

function rowsUnknown(name: string): Finding {
  return {
    code: 'script-rows-unknown',
    severity: 'info',
    sentence: `The map cannot be shown in the rows of the file: instances or real steps that ${name} writes ("lengths" or "mask") are not those of the file.`,
  };
}
