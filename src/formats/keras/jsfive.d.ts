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
    /** With holes where nothing was ever written. */
    readonly value: ArrayLike<number | bigint | undefined>;
    /** Its own parts; which of them there are may change with its version. */
    readonly _dataobjects?: {
      find_msg_type?(type: number): ReadonlyMap<string, number>[];
      _get_data_message_properties?(
        offset: number,
      ): [version: number, dims: number, layout: number, at: number];
    };
  }
  export class File extends Group {
    constructor(bytes: ArrayBuffer, name: string);
  }
}
