import { setImmediate as breathe } from 'node:timers/promises';
import type { DataSummary, InstanceSummary } from './dataSummary.ts';

/** Unpacked in one go: some milliseconds. */
const AT_ONCE = 5000;
/** From here on objects of their own would hold up whoever receives them. */
const MANY = 2000;

/** Instances of a file column by column: what a million of them cross a process boundary as. */
interface PackedInstances {
  /** Joined by line breaks, each escaped as in JSON. */
  readonly ids: string;
  readonly lengths: Int32Array;
  /** Place among `labelNames`, -1 for none. */
  readonly labels: Int32Array;
  readonly labelNames: readonly string[];
  /** First and last line of each, 0 for none. */
  readonly lines: Int32Array;
}

type PackedSummary = Omit<DataSummary, 'instances'> & { readonly packed: PackedInstances };

/** The same message with the instances of a large file packed, wherever it tells of a data file. */
export function withPackedInstances<M>(message: M): M {
  return changed(message, isSummary, (summary: DataSummary): unknown => {
    const { instances, ...rest } = summary;
    return instances.length < MANY ? summary : ({ ...rest, packed: pack(instances) } satisfies PackedSummary);
  });
}

/** The message as it was before it was packed: later where there is much to unpack, with the event loop free between. */
export function withInstances<M>(message: M): M | Promise<M> {
  const found = packedIn(message);
  if (!found) return message;
  return unpack(found.packed).then((instances) =>
    changed(message, isPacked, ({ packed: _, ...rest }: PackedSummary): unknown => ({ ...rest, instances })),
  );
}

function packedIn(message: unknown): PackedSummary | undefined {
  if (isPacked(message)) return message;
  const inside = typeof message === 'object' && message !== null && 'data' in message && message.data;
  return isPacked(inside) ? inside : undefined;
}

/** A summary stands in a message by itself, or as its `data`. */
function changed<M, S>(message: M, is: (value: unknown) => value is S, change: (value: S) => unknown): M {
  if (is(message)) return change(message) as M;
  if (typeof message !== 'object' || message === null || !('data' in message)) return message;
  return is(message.data) ? { ...message, data: change(message.data) } : message;
}

function isSummary(value: unknown): value is DataSummary {
  return typeof value === 'object' && value !== null && 'instances' in value && 'facts' in value;
}

function isPacked(value: unknown): value is PackedSummary {
  return typeof value === 'object' && value !== null && 'packed' in value && 'facts' in value;
}

function pack(instances: readonly InstanceSummary[]): PackedInstances {
  const places = new Map<string, number>();
  const placeOf = (label: string): number => {
    const known = places.get(label);
    if (known !== undefined) return known;
    places.set(label, places.size);
    return places.size - 1;
  };
  const labels = Int32Array.from(instances, ({ label }) => (label === undefined ? -1 : placeOf(label)));
  const lines = new Int32Array(2 * instances.length);
  for (const [at, instance] of instances.entries()) lines.set(instance.lines ?? [0, 0], 2 * at);
  return {
    ids: instances
      .map(({ id }) => id.replace(/[\\\n]/g, (sign) => (sign === '\n' ? '\\n' : '\\\\')))
      .join('\n'),
    lengths: Int32Array.from(instances, ({ length }) => length),
    labels,
    labelNames: [...places.keys()],
    lines,
  };
}

async function unpack({
  ids,
  lengths,
  labels,
  labelNames,
  lines,
}: PackedInstances): Promise<InstanceSummary[]> {
  const instances: InstanceSummary[] = [];
  for (let from = 0; instances.length < lengths.length; from = ids.indexOf('\n', from) + 1) {
    const index = instances.length;
    if (index % AT_ONCE === AT_ONCE - 1) await breathe();
    const end = ids.indexOf('\n', from);
    const id = ids.slice(from, end < 0 ? undefined : end);
    const label = labelNames[labels[index]!];
    const first = lines[2 * index]!;
    instances.push({
      id: id.includes('\\') ? id.replace(/\\(.)/g, (_, sign) => (sign === 'n' ? '\n' : '\\')) : id,
      index,
      length: lengths[index]!,
      ...(label !== undefined && { label }),
      ...(first > 0 && { lines: [first, lines[2 * index + 1]!] as const }),
    });
  }
  return instances;
}
