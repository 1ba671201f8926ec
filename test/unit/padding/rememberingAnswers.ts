import type { Answers } from '../../../src/attribution/asker.ts';
import type { Ask, Asked } from '../../../src/padding/ask.ts';

interface Known {
  readonly predicted: number;
  readonly logits: Float32Array;
  readonly probabilities: Float32Array;
}

/** Makes asks of one model that share what they were answered, by the content of the series. */
export function rememberingAnswers(): (ask: Ask) => Ask {
  const known = new Map<string, Known>();
  return (ask) => async (inputs, steps) => {
    const keys: string[] = [];
    const fresh = new Map<string, Asked>();
    for (const one of inputs) {
      const key = `${steps} ${fingerprint(one.x)}`;
      keys.push(key);
      if (!known.has(key)) fresh.set(key, one);
    }
    if (fresh.size > 0) {
      const found = await ask(fresh.values(), steps);
      [...fresh.keys()].forEach((key, i) => {
        const row = (all: Float32Array) => all.slice(i * found.classes, (i + 1) * found.classes);
        const [logits, probabilities] = [row(found.logits), row(found.probabilities)];
        known.set(key, { predicted: found.predicted[i]!, logits, probabilities });
      });
    }
    const classes = known.get(keys[0]!)!.probabilities.length;
    const answers: Answers = {
      classes,
      logits: new Float32Array(keys.length * classes),
      predicted: new Int32Array(keys.length),
      probabilities: new Float32Array(keys.length * classes),
    };
    keys.forEach((key, i) => {
      const { predicted, logits, probabilities } = known.get(key)!;
      answers.predicted[i] = predicted;
      answers.logits.set(logits, i * classes);
      answers.probabilities.set(probabilities, i * classes);
    });
    return answers;
  };
}

/** 64 bits of the content (FNV-1a over the words, twice): series that differ have others, but for one chance in 10¹². */
function fingerprint(x: Float32Array): string {
  const words = new Int32Array(x.buffer, x.byteOffset, x.length);
  let [a, b] = [0x811c9dc5 | 0, 0x2545f491 | 0];
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    a = Math.imul(a ^ word, 0x01000193);
    a ^= a >>> 15;
    b = Math.imul(b ^ word, 0x5bd1e995);
    b ^= b >>> 13;
  }
  return `${a} ${b}`;
}
