/** What tells files of one feature each apart: `acc_x` and `acc_y` of `body_acc_x_train.txt` and `body_acc_y_train.txt`. */
export function channelNames(files: readonly string[]): string[] {
  const stems = files.map((name) => name.slice(name.lastIndexOf('/') + 1).replace(/(\.[^.]*)?(\.gz)?$/i, ''));
  const parts = stems.map((stem) => stem.split(/([_. -]+)/));
  const isCommon = (at: (words: readonly string[]) => string | undefined) =>
    parts.every((words) => words.length > 1 && at(words) === at(parts[0]!));
  while (isCommon((words) => words[0])) for (const words of parts) words.splice(0, 2);
  while (isCommon((words) => words.at(-1))) for (const words of parts) words.splice(-2);
  const names = parts.map((words) => words.join(''));
  return new Set(names).size === names.length && !names.includes('') ? names : stems;
}

const CHANNEL =
  /^(x|y|z|acc|accel|accelerometer|gyr|gyro|gyroscope|mag|magnetometer|emg|ecg|eeg|eog|ppg|bvp|eda|hr|resp|temp|temperature|pressure|ch|channel|lead|axis|dim|dimension|sensor)\d*$/i;

/** Whether what tells the files apart are axes, sensors or channels, in each of them. */
export function areChannels(files: readonly string[]): boolean {
  const names = channelNames(files);
  return files.length > 1 && names.every((name) => name.split(/[_. -]+/).some((word) => CHANNEL.test(word)));
}
