import type { Finding } from '../finding.ts';

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
    const kinds = new Map<string, { readonly first: string; readonly of: Set<number> }>();
    for (const [sentence, { code, of }] of this.#said) {
      if (of.length === every) everywhere.push(sentence);
      else {
        const kind = kinds.get(code) ?? { first: sentence, of: new Set() };
        kinds.set(code, kind);
        for (const index of of) kind.of.add(index);
      }
    }
    const some = [...kinds.values()].map(
      ({ first, of }) => `${first} So it is with ${of.size} of ${every} series.`,
    );
    return [...everywhere, ...some];
  }
}
