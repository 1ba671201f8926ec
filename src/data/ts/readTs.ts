import type { Finding } from '../../finding.ts';
import { count } from '../../format.ts';
import type { ReportProgress } from '../../progress.ts';
import { Refusal } from '../../refusal.ts';
import type { ByteSource } from '../byteSource.ts';
import { ConstantFeatures } from '../constantFeatures.ts';
import { atLine } from '../csv/refusedLine.ts';
import type { DataOptions } from '../dataOptions.ts';
import type { Dataset, Instance } from '../dataset.ts';
import { FrontPadding } from '../frontPadding.ts';
import { refuseTooMany } from '../instanceBounds.ts';
import { LazyInstance } from '../lazyInstance.ts';
import { fillMissing, howToFill } from '../missing.ts';
import { nanEnds } from '../nanEnds.ts';
import { PackedColumn } from '../packedColumn.ts';
import { SentinelWatch } from '../sentinels.ts';
import { TextStream } from '../text/textStream.ts';
import { looksLikeTimeSeriesFile } from './looksLikeTimeSeriesFile.ts';
import { type TsHeader, TsHeaderReader } from './tsHeader.ts';
import { parseSeries } from './tsSeries.ts';

const LONGEST_LINE = 2 ** 26;

/**
 * Reads the .ts format of aeon and sktime.
 * @throws Refusal naming the line; `typescript-file` when it is TypeScript; the signal's reason when aborted
 */
export async function readTs(
  source: ByteSource,
  options: DataOptions,
  report?: ReportProgress,
  signal?: AbortSignal,
): Promise<Dataset> {
  const reading = new TsReading(source.name, options);
  let rest = '';
  let first = true;
  for await (const chunk of new TextStream(source, report, signal).chunks()) {
    if (first && !looksLikeTimeSeriesFile(chunk)) {
      throw new Refusal(
        'typescript-file',
        `${source.name} is not a time series file: its header (@problemName, @classLabel, …) is missing, so it is probably TypeScript.`,
      );
    }
    first = false;
    if (!chunk.includes('\n')) {
      rest += chunk;
      refuseLongLine(source.name, rest);
      continue;
    }
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      reading.take(line);
    }
  }
  reading.take(rest);
  return reading.finish();
}

function refuseLongLine(fileName: string, line: string): void {
  if (line.length <= LONGEST_LINE) return;
  throw new Refusal('ts-length', `${fileName}: a line of more than 64 MB is no case of a time series file.`);
}

class TsReading {
  readonly #headerReader: TsHeaderReader;
  readonly #instances: Instance[] = [];
  readonly #shape: { dimensions: number; length: number } = { dimensions: 0, length: 0 };
  #header: TsHeader | undefined;
  #constant: ConstantFeatures | undefined;
  #sentinels: SentinelWatch | undefined;
  #line = 0;
  #values = 0;
  #missing = 0;
  readonly #front = new FrontPadding();
  #ended = 0;
  #firstMissing = 0;

  constructor(
    private readonly fileName: string,
    private readonly options: DataOptions,
  ) {
    this.#headerReader = new TsHeaderReader(fileName);
  }

  take(raw: string): void {
    this.#line++;
    const text = raw.trim();
    if (text === '' || text.startsWith('#') || text.startsWith('%')) {
      return;
    }
    atLine(this.fileName, this.#line, () => {
      if (this.#header) {
        this.#addSeries(text, this.#header);
      } else {
        this.#header = this.#headerReader.take(text, this.#line);
      }
    });
  }

  finish(): Dataset {
    if (!this.#header) {
      throw new Refusal('ts-header', `${this.fileName} ends before @data: there are no series in it.`);
    }
    if (this.#instances.length === 0) {
      throw new Refusal('no-rows', `${this.fileName} has no series after @data.`);
    }
    const features = this.#featureNames();
    return {
      format: 'ts',
      layout: 'wide',
      features,
      instances: this.#instances,
      classes: this.#header.classes ?? undefined,
      maskOrigin: this.#front.origin,
      findings: [
        ...this.#findings(),
        ...(this.#constant?.finding(this.fileName, features) ?? []),
        ...(this.#sentinels?.findings(this.fileName, features) ?? []),
      ],
    };
  }

  #addSeries(text: string, header: TsHeader): void {
    const where = `${this.fileName}, line ${this.#line}`;
    const series = parseSeries(text, header, where);
    const index = this.#instances.length;
    this.#values += series.values.length;
    refuseTooMany(where, index, this.#values);
    if (index === 0) {
      this.#shape.dimensions = series.dimensions;
      this.#shape.length = series.length;
      this.#constant = new ConstantFeatures(series.dimensions);
      this.#sentinels = new SentinelWatch(series.dimensions);
    } else {
      this.#compare(series, header, where);
    }
    const { values, length, from } = this.#withoutTail(series);
    this.#fill(values, length, from, where, index);
    values.forEach((value, at) => {
      if (at % length >= from) this.#constant?.see(Math.floor(at / length), value);
    });
    this.#sentinels?.see(values, length);
    const mask = this.#front.mask(from, length, this.#line);
    const packed = PackedColumn.of(values);
    const { label, measured } = series;
    const plain = {
      id: String(index),
      index,
      label,
      measured,
      length,
      line: this.#line,
      ...(mask && { mask }),
    };
    this.#instances.push(new LazyInstance(plain, () => packed.values()));
  }

  /** Steps at the ends that are missing in every dimension are padding, unless something else is asked of missing values. */
  #withoutTail({
    values,
    length,
    dimensions,
  }: {
    values: Float64Array;
    length: number;
    dimensions: number;
  }): {
    values: Float64Array;
    length: number;
    from: number;
  } {
    if ((this.options.missing ?? 'refuse') !== 'refuse') return { values, length, from: 0 };
    const { from, to: end } = nanEnds(values, dimensions, length);
    if (end === length) return { values, length, from };
    this.#ended++;
    const kept = new Float64Array(dimensions * end);
    for (let dimension = 0; dimension < dimensions; dimension++) {
      kept.set(values.subarray(dimension * length, dimension * length + end), dimension * end);
    }
    return { values: kept, length: end, from };
  }

  #compare(series: { dimensions: number; length: number }, header: TsHeader, where: string): void {
    if (series.dimensions !== this.#shape.dimensions) {
      throw new Refusal(
        'ts-dimensions',
        `${where}: ${count(this.#shape.dimensions, 'dimension')} expected as in the first case, ${series.dimensions} found.`,
      );
    }
    if (header.equalLength && series.length !== this.#shape.length) {
      throw new Refusal(
        'ts-length',
        `${where}: the header says @equalLength true, but this case has ${count(series.length, 'step')} and the first has ${this.#shape.length}.`,
      );
    }
  }

  #fill(values: Float64Array, length: number, from: number, where: string, index: number): void {
    const at = values.findIndex((value, place) => Number.isNaN(value) && place % length >= from);
    if (at < 0) {
      return;
    }
    const policy = this.options.missing ?? 'refuse';
    const dimension = Math.floor(at / length);
    if (policy === 'refuse') {
      throw new Refusal(
        'missing-value',
        `${where}, dimension ${dimension + 1}, step ${(at % length) + 1}: the value is missing; ${howToFill}.`,
      );
    }
    this.#firstMissing ||= this.#line;
    this.#missing += values.reduce((sum, value) => sum + (Number.isNaN(value) ? 1 : 0), 0);
    const unfilled = fillMissing(values, values.length / length, length, policy);
    if (unfilled >= 0) {
      throw new Refusal(
        'missing-feature-values',
        `${where}: case ${index} has no number at all in dimension ${unfilled + 1}, so there is nothing to fill it from; set "missing" to "zero" or leave the case out.`,
      );
    }
  }

  #findings(): Finding[] {
    const front = this.#front.findings(this.fileName);
    if (this.#ended === 0) return [...front, ...this.#filled()];
    const end = this.#ended === 1 ? 'one series ends' : `${this.#ended.toLocaleString('en-US')} series end`;
    const sentence = `${this.fileName}: ${end} in steps that are missing in every dimension; those steps are taken as padding.`;
    return [{ code: 'nan-padding', severity: 'info', sentence }, ...front, ...this.#filled()];
  }

  #filled(): Finding[] {
    if (this.#missing === 0) {
      return [];
    }
    const sentence = `${this.fileName}: ${count(this.#missing, 'missing value')} treated by "missing": "${this.options.missing}" (first on line ${this.#firstMissing}).`;
    return [{ code: 'missing-filled', severity: 'warning', sentence }];
  }

  /** The format has no names: those of attribution.json, else dim_0, dim_1, … */
  #featureNames(): string[] {
    const { dimensions } = this.#shape;
    const names = this.options.features;
    if (names && names.length !== dimensions) {
      throw new Refusal(
        'feature-count',
        `${this.fileName} has ${count(dimensions, 'dimension')}, but attribution.json lists ${count(names.length, 'feature')}.`,
      );
    }
    return names ? [...names] : Array.from({ length: dimensions }, (_, dimension) => `dim_${dimension}`);
  }
}
