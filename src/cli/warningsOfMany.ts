import type { Finding } from '../finding.ts';

/** Sentences of a kind that are said one by one; of more the first, for all of them. */
const MOST_OF_A_KIND = 3;

/** Warnings of many explanations: what holds for each of them as it is, other kinds once, and of how many. */
export class WarningsOfMany {
  readonly #said = new Map<string, { readonly code: string; readonly of: number[] }>();
  #explanations = 0;

  add({ findings }: { readonly findings: readonly Finding[] }): void {
    const index = this.#explanations++;
    const warnings = findings.filter(({ severity }) => severity === 'warning');
    for (const [sentence, code] of new Map(warnings.map((one) => [one.sentence, one.code]))) {
      const known = this.#said.get(sentence) ?? { code, of: [] };
      known.of.push(index);
      this.#said.set(sentence, known);
    }
  }

  get sentences(): string[] {
    const every = this.#explanations;
    const everywhere: string[] = [];
    const kinds = new Map<string, { readonly sentence: string; readonly of: readonly number[] }[]>();
    for (const [sentence, { code, of }] of this.#said) {
      if (of.length === every) everywhere.push(sentence);
      else kinds.set(code, [...(kinds.get(code) ?? []), { sentence, of }]);
    }
    const some = [...kinds.values()].flatMap((kind) =>
      kind.length <= MOST_OF_A_KIND
        ? kind
        : [{ sentence: kind[0]!.sentence, of: kind.flatMap(({ of }) => of) }],
    );
    return [
      ...everywhere,
      ...some.map(({ sentence, of }) => `${sentence} So it is with ${new Set(of).size} of ${every} series.`),
    ];
  }
}
