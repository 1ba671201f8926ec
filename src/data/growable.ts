/** Numbers appended one by one, 4 bytes each. */
export class GrowableInt32 {
  #data = new Int32Array(16);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#data.length) {
      const larger = new Int32Array(this.#data.length * 2);
      larger.set(this.#data);
      this.#data = larger;
    }
    this.#data[this.#length++] = value;
  }

  /** The numbers so far; the same memory, valid until the next push. */
  get values(): Int32Array {
    return this.#data.subarray(0, this.#length);
  }
}
