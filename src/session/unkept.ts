import { createHash } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import * as path from 'node:path';
import type * as vscode from 'vscode';
import type { Answer, Argument, EngineMethod } from '../engine/protocol.ts';
import type { TrainAnswer } from '../engine/train/trainReport.ts';
import { writeAtomically } from '../files/atomicFile.ts';
import type { TrainWish } from './trainingView.ts';

/** Work of the lab that ends in a model. */
export type Making = 'repair' | 'train';

/** A model that was being made, or was made and not kept. */
interface Unkept {
  /** Path of the file it learns from. */
  readonly data: string;
  /** Path of the model that is repaired. */
  readonly model?: string;
  readonly wish?: TrainWish;
  /** SHA-256 of what was made. */
  readonly hash?: string;
}

type Stage = 'going' | 'made';

const KEY = 'attribution.unkept';

/** What was begun in the lab, and what it made until somebody keeps it: on disk, so that it outlives the window. */
export class UnkeptModels {
  /** @param folder of this workspace; a window without one keeps nothing */
  constructor(
    private readonly state: vscode.Memento,
    private readonly folder: string | undefined,
  ) {}

  of(making: Making, stage: Stage): Unkept | undefined {
    return this.#all[`${making} ${stage}`];
  }

  async begun(method: EngineMethod, argument: Argument<EngineMethod>): Promise<void> {
    if (!isMaking(method) || this.folder === undefined) return;
    const { data, model } = argument as Argument<'repair'>;
    const { architecture, padding, masked, epochs } = argument as Argument<'train'>;
    const what = method === 'repair' ? { model } : { wish: { architecture, padding, masked, epochs } };
    await this.#put(method, 'going', { data, ...what });
  }

  /** @throws Refusal where it cannot be written */
  async made(method: EngineMethod, answer: Answer<EngineMethod>): Promise<void> {
    const begun = isMaking(method) ? this.of(method, 'going') : undefined;
    if (!isMaking(method) || !begun) return;
    const { model } = answer as Answer<'repair'>;
    const { onnx, ...rest } = answer as TrainAnswer;
    const bytes = method === 'repair' ? model : rest.report.best >= 0 ? onnx : null;
    await this.ended(method);
    if (!bytes) return;
    await mkdir(this.folder!, { recursive: true });
    await writeAtomically(this.#file(method, '.onnx'), bytes);
    if (method === 'train') await writeAtomically(this.#file(method, '.json'), JSON.stringify(rest));
    await this.#put(method, 'made', { ...begun, hash: hashOf(bytes) });
  }

  /** It goes on no longer. */
  async ended(method: EngineMethod): Promise<void> {
    if (isMaking(method) && this.of(method, 'going')) await this.#put(method, 'going', undefined);
  }

  /** It has been kept. */
  async kept(making: Making, bytes: Uint8Array): Promise<void> {
    if (this.of(making, 'made')?.hash === hashOf(bytes)) await this.forget(making);
  }

  /** Nobody wants it. */
  async forget(making: Making): Promise<void> {
    if (!this.of(making, 'made')) return;
    await this.#put(making, 'made', undefined);
    for (const ending of ['.onnx', '.json']) await rm(this.#file(making, ending), { force: true });
  }

  /** @throws what reading throws */
  async bytes(making: Making): Promise<Uint8Array> {
    return readFile(this.#file(making, '.onnx'));
  }

  /** @throws what reading throws */
  async trained(): Promise<TrainAnswer> {
    const rest: Omit<TrainAnswer, 'onnx'> = JSON.parse(await readFile(this.#file('train', '.json'), 'utf8'));
    return { ...rest, onnx: await this.bytes('train') };
  }

  get #all(): Readonly<Partial<Record<`${Making} ${Stage}`, Unkept>>> {
    return this.state.get(KEY, {});
  }

  #file(making: Making, ending: string): string {
    return path.join(this.folder!, `${making}${ending}`);
  }

  async #put(making: Making, stage: Stage, unkept: Unkept | undefined): Promise<void> {
    await this.state.update(KEY, { ...this.#all, [`${making} ${stage}`]: unkept });
  }
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function isMaking(method: EngineMethod): method is Making {
  return method === 'repair' || method === 'train';
}
