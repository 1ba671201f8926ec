import { rmSync } from 'node:fs';
import { type CallOptions, EngineClient } from '../../src/engine/client.ts';
import { Refusal } from '../../src/refusal.ts';
import { terminalSentence } from '../../src/surfaces/terminal.ts';
import { bundled } from '../workbench/bundled.ts';
import { Dice } from './dice.ts';
import { folderOf, type Kind, type Question } from './kinds.ts';
import { type Used, watchProcess } from './used.ts';

/** What came of one mutant. */
export interface Outcome {
  readonly kind: string;
  readonly index: number;
  readonly how: 'answered' | 'refused' | 'crashed';
  readonly sentence: string;
  readonly seconds: number;
  readonly megabytes: number;
  /** What is wrong with that; absent: nothing. */
  readonly fault?: string;
}

const MOST_SECONDS = 5;
const MOST_MEGABYTES = 1000;
const MOST_CHARACTERS = 1400;
/** Of the wall clock: other work may share the machine. */
const PATIENCE = 120_000;

/** One child of the engine that is shown mutants, one after the other. */
export class Worker {
  readonly #client = new EngineClient({ entry: bundled('test/fuzz/child.ts'), log: () => {} });

  constructor(private readonly parent: string) {}

  /** @param keep leaves the mutant in its folder; so does a fault */
  async show(kind: Kind, seed: number, index: number, keep = false): Promise<Outcome> {
    const folder = folderOf(this.parent, index);
    const outcome = await this.ask(kind.make(folder, new Dice(seed)));
    if (!keep && outcome.fault === undefined) rmSync(folder, { recursive: true, force: true });
    return { kind: kind.name, index, ...outcome };
  }

  async ask(questions: readonly Question[]): Promise<Omit<Outcome, 'kind' | 'index'>> {
    this.#client.warm();
    const used = watchProcess(this.#client.pid);
    const told = await this.#ask(questions);
    const took = used();
    const fault = told.fault ?? faultOf(told.sentence, took);
    return { ...told, ...took, ...(fault !== undefined && { fault }) };
  }

  dispose(): void {
    this.#client.dispose();
  }

  async #ask(questions: readonly Question[]): Promise<Told> {
    for (const { method, argument } of questions) {
      try {
        await (this.#client.call.bind(this.#client) as Call)(method, argument, { timeoutMs: PATIENCE });
      } catch (error) {
        if (!(error instanceof Refusal)) {
          return { how: 'crashed', sentence: '', fault: `a defect: ${(error as Error).stack}` };
        }
        const sentence = error.message;
        if (error.code === 'engine-timeout') return { how: 'crashed', sentence, fault: 'it does not end' };
        return { how: error.code === 'engine-crashed' ? 'crashed' : 'refused', sentence };
      }
    }
    return { how: 'answered', sentence: '' };
  }
}

type Call = (method: string, argument: object, options: CallOptions) => Promise<unknown>;

type Told = Pick<Outcome, 'how' | 'sentence' | 'fault'>;

/** @param sentence is looked at as the command line prints it */
export function faultOf(sentence: string, { seconds, megabytes }: Used): string | undefined {
  if (seconds > MOST_SECONDS) return `it took ${seconds.toFixed(1)} s`;
  if (megabytes > MOST_MEGABYTES) return `it took ${Math.round(megabytes)} MB`;
  if (sentence === '') return undefined;
  const printed = terminalSentence(sentence);
  if (/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u.test(printed)) return 'control characters';
  // Longer ones are cut, and with them what is to be done.
  if (sentence.length > MOST_CHARACTERS) return `${sentence.length} characters`;
  if (!/^\S.*[.!?…)]$/u.test(printed)) return 'it is no sentence';
  return OUR_OWN.test(sentence) ? 'it speaks of our own works' : undefined;
}

const OUR_OWN =
  /\n\s+at |node:internal|\[object |\bundefined\b|(?:Type|Range|Reference)Error|Cannot read prop|is not a function|Invalid (?:array|typed array|string) length/;
