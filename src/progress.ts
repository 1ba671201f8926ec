/** Called with the share of the work that is done (0..1) and what is being done, e.g. `Reading data.csv`. */
export type ReportProgress = (share: number, what: string) => void;
