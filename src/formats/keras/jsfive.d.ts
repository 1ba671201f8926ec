/** The part of jsfive that is used; the package has no types of its own. It throws texts. */
declare module 'jsfive' {
  export class Group {
    readonly keys: string[];
    readonly attrs: Readonly<Record<string, unknown>>;
    get(path: string): Group | Dataset | null;
  }
  export class Dataset {
    readonly shape: number[];
    /** `<f4`, or a list for what is no number. */
    readonly dtype: string | readonly unknown[];
    readonly filters: unknown;
    readonly value: ArrayLike<number | bigint>;
  }
  export class File extends Group {
    constructor(bytes: ArrayBuffer, name: string);
  }
}
