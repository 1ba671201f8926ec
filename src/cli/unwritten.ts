import { Refusal } from '../refusal.ts';

/** What a long piece of work could not write: said once its figures are, which are not lost with the file. */
export class Unwritten {
  #refused: Refusal | undefined;

  /** @returns null where it could not be written, as all that comes after it */
  async attempt<T>(write: () => Promise<T>): Promise<T | null> {
    if (this.#refused) return null;
    try {
      return await write();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#refused = error;
      return null;
    }
  }

  /** @throws Refusal of what was not written */
  done(): void {
    if (this.#refused) throw this.#refused;
  }
}
