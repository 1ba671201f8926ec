import { realSteps } from '../attribution/realSteps.ts';
import type { Case, InputShape } from '../preprocess/case.ts';
import type { Random } from '../random.ts';
import { Recent } from '../recent.ts';
import { AnswerTally } from './answerTally.ts';
import type { Ask, Asked } from './ask.ts';
import { type Carriers, laid } from './carriers.ts';
import type { Pair } from './donors.ts';
import { filled } from './move.ts';
import { type Content, carried, isFixed, WAYS, type Way } from './ways.ts';

const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** What the model said to contents in other frames, pair by pair and way by way. */
export class SwapTable {
  readonly frames: number[] = [];
  readonly contents: number[] = [];
  private readonly tallies = new Map<Way, AnswerTally>();
  private readonly directions: ('shorter' | 'longer' | 'same')[] = [];
  private readonly places = new Map<number, number>();
  private readonly cutOut = new Recent<Float32Array>();
  private place: number;

  /**
   * @param labels [n] class of each content, whose other members continue it
   * @param carriers null: padding is what it is in the frame, because length cannot be told from the rest of it
   * @param groups [n] contents are continued with contents of their own group only
   */
  constructor(
    private readonly cases: readonly Case[],
    private readonly labels: readonly number[],
    private readonly shape: InputShape,
    private readonly carriers: Carriers | null,
    private readonly random: Random,
    private readonly groups?: ArrayLike<number>,
  ) {
    this.place = random.integer(2 ** 20) / 2 ** 20;
  }

  /** Puts every pair to the model, each way there is between its two lengths. */
  async add(pairs: readonly Pair[], ask: Ask): Promise<void> {
    const runs = pairs.flatMap((pair) => {
      const at = this.placeOf(pair);
      return this.ways(at).flatMap((way) =>
        isFixed(way) && this.tallies.get(way)?.has(at) ? [] : [{ at, way }],
      );
    });
    if (runs.length === 0) return;
    const { predicted, classes } = await ask(this.series(runs), this.shape.steps);
    runs.forEach(({ at, way }, k) => {
      const tally = this.tallies.get(way) ?? new AnswerTally(classes);
      this.tallies.set(way, tally);
      tally.add(at, predicted[k]!);
    });
  }

  get size(): number {
    return this.frames.length;
  }

  /** The ways of a pair; stretching alone, which changes nothing, where both have one length. */
  ways(at: number): readonly Way[] {
    const direction = this.direction(at);
    return direction === 'same' ? ['stretch'] : WAYS[direction];
  }

  /** Whether the frame is shorter or longer than the content. */
  direction(at: number): 'shorter' | 'longer' | 'same' {
    return this.directions[at]!;
  }

  /** Share of the draws in which the answer was `cls`; 0 where this way was not gone. */
  share(at: number, way: Way, cls: number): number {
    return this.tallies.get(way)?.share(at, cls) ?? 0;
  }

  private placeOf({ content, frame }: Pair): number {
    const key = content * this.cases.length + frame;
    const known = this.places.get(key);
    if (known !== undefined) return known;
    this.places.set(key, this.size);
    this.frames.push(frame);
    this.contents.push(content);
    const change = this.cases[frame]!.length - this.cases[content]!.length;
    this.directions.push(change === 0 ? 'same' : change < 0 ? 'shorter' : 'longer');
    return this.size - 1;
  }

  private *series(runs: readonly { readonly at: number; readonly way: Way }[]): Generator<Asked> {
    for (const { at, way } of runs) {
      const [frame, content] = [this.frames[at]!, this.contents[at]!];
      const another = () => this.oneLike(content);
      const to = this.cases[frame]!.length;
      const real = carried(this.contentOf(content), to, way, this.nextPlace(), another);
      if (!this.carriers) {
        const into = this.cases[frame]!;
        yield { x: filled(into, this.shape, real), mask: into.mask, content };
      } else {
        const carrier = this.carriers.of[content] ?? this.carriers.of[frame] ?? null;
        yield { ...laid(real, to, carrier, this.shape, this.carriers.edge), content };
      }
    }
  }

  /** Of long series only the last ones are kept: together they would be all the series once more. */
  private contentOf(i: number): Content {
    const one = this.cases[i]!;
    return { real: this.cutOut.of(one, () => realSteps(one, this.shape)), length: one.length };
  }

  /** Spread evenly (the golden ratio's sequence), so that few draws do for many windows. */
  private nextPlace(): number {
    this.place = (this.place + GOLDEN) % 1;
    return this.place;
  }

  /** Of its class, perhaps itself. */
  private oneLike(content: number): Content {
    for (;;) {
      const i = this.random.integer(this.cases.length);
      const isKin = !this.groups || this.groups[i] === this.groups[content];
      if (this.labels[i] === this.labels[content] && isKin) return this.contentOf(i);
    }
  }
}
