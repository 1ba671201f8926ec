/** Instances whose maps are judged unless another number is asked for; of more, a sample drawn by chance. */
export const MOST_JUDGED = 60;
/** More than these are not asked for. */
export const MOST_TO_JUDGE = 100_000;
