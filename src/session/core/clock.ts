/** Time, as far as the session needs it. */
export interface Clock {
  /** Calls `action` in so many milliseconds, unless what it gives back is called before. */
  after(ms: number, action: () => void): () => void;
}

/** Milliseconds of the machine. */
export const realClock: Clock = {
  after(ms, action) {
    const timer = setTimeout(action, ms);
    return () => clearTimeout(timer);
  },
};
