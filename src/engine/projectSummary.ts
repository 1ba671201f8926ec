/** What the attribution.json that applies names. */
export interface ProjectSummary {
  /** Absolute path of the attribution.json. */
  readonly path: string;
  /** Absolute paths of the model it names and of the script that prepares the data. */
  readonly model?: string;
  readonly script?: string;
  /** Says step by step how the data are prepared. */
  readonly prepares: boolean;
  /** SHA-256, hex, of all it does to the data, a script's text included; null where the script cannot be read. */
  readonly hash: string | null;
}
