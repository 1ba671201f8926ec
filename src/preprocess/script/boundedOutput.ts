import { StringDecoder } from 'node:string_decoder';

/** What one run may put into the log; a script that prints for ever must not fill it. */
const mostCharacters = 64 * 2 ** 10;
const longestLine = 2000;
/** What is kept of the end, to find the error in. */
const keptCharacters = 64 * 2 ** 10;

/** Takes all that a process writes to one stream, hands lines on up to a bound, and keeps the end. */
export class BoundedOutput {
  readonly #decoder = new StringDecoder('utf8');
  #line = '';
  #left = mostCharacters;
  #tail = '';

  constructor(private readonly log: (line: string) => void) {}

  /** The last 64 thousand characters. */
  get tail(): string {
    return this.#tail;
  }

  readonly write = (chunk: Buffer): void => {
    const text = this.#decoder.write(chunk);
    this.#tail = (this.#tail + text).slice(-keptCharacters);
    if (this.#left <= 0) return;
    const lines = (this.#line + text).split(/\r\n|\n|\r/);
    this.#line = lines.pop()!;
    lines.forEach((line) => {
      this.#say(line);
    });
    if (this.#line.length > longestLine) {
      this.#say(this.#line);
      this.#line = '';
    }
  };

  /** The last line may lack its end. */
  end(): void {
    if (this.#line !== '') this.#say(this.#line);
    this.#line = '';
  }

  #say(line: string): void {
    if (this.#left <= 0) return;
    this.#left -= line.length + 1;
    this.log(line.length > longestLine ? `${line.slice(0, longestLine)}…` : line);
    if (this.#left <= 0) this.log('… it writes more than 64 KB; the rest is not shown.');
  }
}
