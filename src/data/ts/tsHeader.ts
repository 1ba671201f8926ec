import { Refusal } from '../../refusal.ts';

/** What the lines before @data declare. */
export interface TsHeader {
  readonly dimensions: number | null;
  /** Steps of every series, where the file declares one length for all. */
  readonly seriesLength: number | null;
  readonly equalLength: boolean;
  /** Class names in the file's order; null: the series carry no label. */
  readonly classes: readonly string[] | null;
  /** A number was measured for every series, in place of a class (`@targetlabel true`). */
  readonly measured: boolean;
}

const MOST_CLASSES = 4096;

/** Takes the header line by line. */
export class TsHeaderReader {
  readonly #fileName: string;
  #dimensions: number | null = null;
  #univariate = false;
  #seriesLength: number | null = null;
  #equalLength = false;
  #classes: string[] | null = null;
  #measured = false;

  constructor(fileName: string) {
    this.#fileName = fileName;
  }

  /**
   * @returns the header once @data is reached
   * @throws Refusal `ts-header`
   */
  take(text: string, line: number): TsHeader | undefined {
    const [word = '', ...values] = text.split(/\s+/);
    const [value = ''] = values;
    switch (word.toLowerCase()) {
      case '@data':
        return this.#finish();
      case '@problemname':
      case '@missing':
        return undefined;
      case '@timestamps':
        this.#flag(value, word, line);
        return undefined;
      case '@univariate':
        this.#univariate = this.#flag(value, word, line);
        return undefined;
      case '@dimension':
      case '@dimensions':
        this.#dimensions = this.#count(value, word, line);
        return undefined;
      case '@equallength':
        this.#equalLength = this.#flag(value, word, line);
        return undefined;
      case '@serieslength':
        this.#seriesLength = this.#count(value, word, line);
        return undefined;
      case '@classlabel':
        this.#classes = this.#flag(value, word, line) ? values.slice(1) : null;
        this.#checkClasses(line);
        return undefined;
      case '@targetlabel':
        this.#measured = this.#flag(value, word, line);
        return undefined;
    }
    throw new Refusal(
      'ts-header',
      `${this.#fileName}, line ${line}: "${text.slice(0, 40)}" is not a known line of a time series header (is @data missing before the series?).`,
    );
  }

  #finish(): TsHeader {
    if (this.#univariate && this.#dimensions !== null && this.#dimensions !== 1) {
      throw new Refusal(
        'ts-header',
        `${this.#fileName} declares both @univariate true and @dimensions ${this.#dimensions}; correct one.`,
      );
    }
    return {
      dimensions: this.#univariate ? 1 : this.#dimensions,
      seriesLength: this.#seriesLength,
      equalLength: this.#equalLength || this.#seriesLength !== null,
      classes: this.#classes,
      measured: this.#measured && this.#classes === null,
    };
  }

  #checkClasses(line: number): void {
    const named = this.#classes?.length ?? 0;
    if (named > MOST_CLASSES) {
      throw new Refusal(
        'ts-header',
        `${this.#fileName}, line ${line}: @classLabel names ${named} classes; at most ${MOST_CLASSES} are read.`,
      );
    }
  }

  #flag(value: string, word: string, line: number): boolean {
    const flag = value.toLowerCase();
    if (flag !== 'true' && flag !== 'false') {
      throw new Refusal(
        'ts-header',
        `${this.#fileName}, line ${line}: ${word} must be true or false, not "${value.slice(0, 40)}".`,
      );
    }
    return flag === 'true';
  }

  #count(value: string, word: string, line: number): number {
    if (!/^[1-9]\d{0,8}$/.test(value)) {
      throw new Refusal(
        'ts-header',
        `${this.#fileName}, line ${line}: ${word} must be a whole number, not "${value.slice(0, 40)}".`,
      );
    }
    return Number(value);
  }
}
