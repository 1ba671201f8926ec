import type { Zone, ZoneRun } from '../../attribution/explanation.ts';
import { checkOptions } from '../../attribution/optionText.ts';
import { eachSwitch } from '../../attribution/switches.ts';
import { parseBounded } from '../../formats/boundedJson.ts';
import { RUN_ID, type Run, type RunFacts, type RunMap } from '../../runs/run.ts';
import { ofFirstForm } from './olderRun.ts';

/** Version of the form; the first one is read too, a file of another one is not. */
const version = 2;
/** Bytes: a hundred times what a run of a hundred features has. */
const LONGEST_HEADER = 2 ** 19;

interface Header {
  readonly version: number;
  readonly facts: RunFacts;
  readonly map: Omit<RunMap, 'values' | 'mask'>;
}

/** One line of JSON, then the map as little-endian float32, row by row, then a byte per column: 1 on real steps. */
export function encodeRun({ facts, map }: Run): Uint8Array {
  const { values, mask, ...rest } = map;
  const header: Header = { version, facts, map: rest };
  const line = new TextEncoder().encode(`${JSON.stringify(header)}\n`);
  const bytes = new Uint8Array(line.length + 4 * values.length + mask.length);
  bytes.set(line);
  const view = new DataView(bytes.buffer, line.length);
  for (const [i, value] of values.entries()) view.setFloat32(4 * i, value, true);
  bytes.set(mask, line.length + 4 * values.length);
  return bytes;
}

/** @throws Error saying what is wrong; the file may be anything */
export function decodeRun(bytes: Uint8Array): Run {
  const end = bytes.indexOf(10);
  if (end < 0) throw new Error('no header line');
  const header = end <= LONGEST_HEADER ? parseBounded(bytes.subarray(0, end)) : 'huge';
  if (typeof header === 'string')
    throw new Error(`its header is ${header === 'huge' ? 'too large' : 'no JSON'}`);
  const { facts, map } = checked(header.value);
  const cells = map.rows * map.columns;
  if (bytes.length !== end + 1 + 4 * cells + map.columns) {
    throw new Error(`${bytes.length - end - 1} bytes are no map of ${map.rows} × ${map.columns}`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset + end + 1, 4 * cells);
  const values = Float32Array.from({ length: cells }, (_, i) => view.getFloat32(4 * i, true));
  const mask = Uint8Array.from(bytes.subarray(end + 1 + 4 * cells));
  return { facts, map: { ...map, values, mask } };
}

type Shape = { readonly [name: string]: Kind };
type Kind = 'text' | 'number' | 'switch' | 'text or null' | Shape;

const size = { rows: 'number', columns: 'number' } as const;
const share = { map: 'number', positions: 'number' } as const;
const named = { index: 'number', name: 'text' } as const;
const answer = { name: 'text', p: 'number' } as const;
const factsShape: Shape = {
  ...{ id: 'text', at: 'number', file: 'text', content: 'text', preprocess: 'text or null', mask: 'text' },
  instance: { id: 'text', index: 'number' },
  model: { path: 'text', hash: 'text' },
  selection: { truncate: 'switch' },
  how: { layer: 'text', target: 'text', method: 'text', ...eachSwitch(() => 'switch' as const) },
  target: { index: 'number', name: 'text' },
  predicted: answer,
  shares: { REAL: share, MIXED: share, EMPTY: share },
};
const mapShape: Shape = { ...size, pooling: size, full: size };
const zoneNames: readonly string[] = ['REAL', 'MIXED', 'EMPTY'] satisfies Zone[];

function checked(header: unknown): Header {
  if (!isObject(header) || (header.version !== version && header.version !== 1)) {
    throw new Error(`not of version ${version}`);
  }
  const read = header.version === 1 ? { ...header, facts: ofFirstForm(header.facts) } : header;
  check(read.facts, factsShape, 'facts');
  check(read.map, mapShape, 'map');
  const { facts, map } = read as unknown as Header;
  if (facts.target.against !== undefined) check(facts.target.against, named, 'facts.target.against');
  const { options } = facts.how;
  if (options !== undefined) checkOptions(isObject(options) ? options : fail('facts.how.options'));
  if (!RUN_ID.test(facts.id)) throw new Error('facts.id is no run');
  if (!Array.isArray(facts.classes)) throw new Error('facts.classes is missing');
  for (const each of facts.classes) check(each, answer, 'facts.classes');
  if (!isSize(map) || !isSize(map.pooling) || !isSize(map.full)) throw new Error('map has no size');
  if (!Array.isArray(map.features) || !map.features.every((name) => typeof name === 'string')) {
    throw new Error('map.features are no names');
  }
  if (!Array.isArray(map.zones) || !map.zones.every((run) => isZone(run, map.columns))) {
    throw new Error('map.zones are no zones');
  }
  return { version, facts, map };
}

function check(value: unknown, shape: Shape, where: string): void {
  if (!isObject(value)) throw new Error(`${where} is missing`);
  for (const [name, kind] of Object.entries(shape)) {
    const found = value[name];
    if (typeof kind === 'object') check(found, kind, `${where}.${name}`);
    else if (!fits(found, kind)) throw new Error(`${where}.${name} is no ${kind}`);
  }
}

function fits(value: unknown, kind: Exclude<Kind, Shape>): boolean {
  switch (kind) {
    case 'text':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number';
    case 'switch':
      return typeof value === 'boolean';
    case 'text or null':
      return value === null || typeof value === 'string';
  }
}

function isSize({ rows, columns }: { rows: number; columns: number }): boolean {
  return Number.isSafeInteger(rows) && Number.isSafeInteger(columns) && rows > 0 && columns > 0;
}

function fail(what: string): never {
  throw new Error(`${what} is missing`);
}

function isZone(run: unknown, columns: number): run is ZoneRun {
  if (!isObject(run) || !zoneNames.includes(String(run.zone))) return false;
  const { from, to } = run as unknown as ZoneRun;
  return Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from < to && to <= columns;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
