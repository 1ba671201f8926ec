/** Longest time that may be asked for; timers of 25 days and more fire at once. */
export const MOST_SECONDS = 1_000_000;
