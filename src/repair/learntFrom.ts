import { type LearntSeries, learntSeriesEntry } from './learntSeries.ts';

/** Key of `metadata_props`: from which data a model has learnt here, as JSON; whatever is made of the model keeps it. */
const LEARNT_FROM = 'attribution.learnt_from';
/** As training writes it. */
const TRAINED = 'attribution.provenance';
const MOST_CHARACTERS = 2 ** 20;
const LONGEST_NAME = 200;

/** Data that a model has learnt from, as its file says. */
export interface LearntFrom {
  /** `train`, or the repair. */
  readonly by: string;
  /** Name of the data. */
  readonly data: string;
  readonly sha256: string;
  /** Name of the model that was repaired. */
  readonly model?: string;
  /** Some series of the data only, as a list of them says. */
  readonly some?: true;
}

/** All that a model says it has learnt from; nothing of what cannot be read. */
export function learntFrom(metadata: ReadonlyMap<string, string> | undefined): LearntFrom[] {
  if (metadata === undefined) return [];
  const listed = parsed(metadata.get(LEARNT_FROM));
  const trained = parsed(metadata.get(TRAINED));
  const { data, data_sha256: sha256 } = isRecord(trained) ? trained : {};
  return [
    ...(Array.isArray(listed) ? listed : []).flatMap(entry),
    ...entry({ by: 'train', data, sha256 }),
    ...(listed === undefined ? ofRepair(metadata) : []),
  ];
}

/** What a model that is made of another one, and learns from `more`, says. */
export function keptLearnt(
  metadata: ReadonlyMap<string, string> | undefined,
  more: readonly LearntFrom[] = [],
  series: readonly LearntSeries[] = [],
): [string, string][] {
  const all = [...learntFrom(metadata), ...more];
  if (all.length === 0) return [];
  return [[LEARNT_FROM, JSON.stringify(all)], ...learntSeriesEntry(metadata, series)];
}

/** Files of before the list was written. */
function ofRepair(metadata: ReadonlyMap<string, string>): LearntFrom[] {
  const by = metadata.get('attribution.repair');
  // Masking alone learns from no instance.
  if (by === undefined || by === 'masked') return [];
  const role = metadata.has('attribution.train_sha256') ? 'train' : 'data';
  return entry({
    by,
    data: metadata.get(`attribution.${role}`),
    sha256: metadata.get(`attribution.${role}_sha256`),
    model: metadata.get('attribution.model'),
  });
}

/** A model may say anything. */
function entry(found: unknown): LearntFrom[] {
  if (!isRecord(found)) return [];
  const { by, data, sha256, model, some } = found;
  if (!isName(by) || !isName(data) || typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256)) return [];
  return [{ by, data, sha256, ...(isName(model) && { model }), ...(some === true && { some }) }];
}

function parsed(text: string | undefined): unknown {
  if (text === undefined || text.length > MOST_CHARACTERS) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= LONGEST_NAME;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
