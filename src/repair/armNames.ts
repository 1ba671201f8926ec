/** Ways to mend a classifier that leans on padding, cheapest first. */
export const ARMS = ['masked', 'head', 'head-random-length', 'fine-tune', 'random-length'] as const;
/** One of the ways. */
export type Arm = (typeof ARMS)[number];
