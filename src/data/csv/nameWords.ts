/**
 * Names as evidence only: what a column is rests on its values; a name decides between readings that fit. Words are
 * compared in lower case, cut at spaces, punctuation and capitals, units in brackets left off.
 */
const times =
  'time timestamp timestamps datetime date zeit zeitstempel zeitpunkt messzeit messzeitpunkt uhrzeit datum temps horodatage tiempo fecha tempo tid tidspunkt tijd tijdstip czas charttime время дата час aika idő zaman vreme čas 时间 時間 时刻 時刻 시간 समय الوقت';
const steps =
  't ts index idx step steps timestep frame frames tick ticks elapsed epoch counter sample samples row rows packet seq sequence second seconds sec secs minute minutes hour hours';
const units =
  's ms us µs μs ns sec secs seconds second msec millis milliseconds micros microseconds nanos nanoseconds min minute minutes h hour hours day days utc gmt local unix epoch iso elapsed relative rel abs since start begin of the number no nr num id count index 0 1 2 code system device stamp point points rec recorded sensor gps ecg acc imu mess sub';
const rowNumbers =
  'index idx row rows rownum rownumber rowid rownames id no nr num number # unnamed sample packet counter';
const cases =
  'case caseid casenumber instance instanceid series seriesid sample sampleid sequence sequenceid trial trialid episode recording recordingid id uid subject subjectid';
const caseWords =
  'case instance series sample sequence trial episode recording recordings id uid subject session window win segment seg rep repetition run file filename user participant patient person block visit fall aufnahme messung versuch proband probe essai sujet ensayo sujeto sesion prova soggetto';
const moreCases = 'pid sid record chunk fold split channel channels dim dimension sensor lead';
const kinds = 'group type kind state status condition class category diagnosis outcome label';
const classWords =
  'species stage grade severity quality result motion movement behavior behaviour disease treatment';
const mereNumbers = 'id ids uid no nr index idx';
const devices =
  'device unit machine engine motor pump bearing cell battery vehicle car driver station stations site location node logger gateway animal dog cow horse rat mouse plant turbine gerät maschine anlage';
const flags =
  'anomaly isanomaly anomalous outlier isoutlier isattack seizure apnea changepoint occupancy freeze stress';
const labels = `label labels class classname classlabel target category activity y klasse classe clase etikett etikette étiquette etichetta etiqueta 标签 标记 类别 類別 osztály clasa clasă ラベル метка класс labelname ytrue groundtruth gt annotation diagnosis diagnose diagnostic act exercise posture emotion outcome gesture condition fault cls lbl ${flags}`;
const weakLabels = `y target activity category labelname ytrue groundtruth gt annotation diagnosis diagnose diagnostic act exercise posture emotion outcome gesture condition fault cls lbl ${flags}`;

const setOf = (words: string): ReadonlySet<string> => new Set(words.split(' '));
const labelWords = setOf(labels);
/** Devices put their own name around it: `Shimmer_A1_Timestamp_Unix_CAL`. */
const stamps = setOf('timestamp timestamps zeitstempel horodatage tijdstip');
const sets = {
  times: setOf(times),
  steps: setOf(steps),
  units: setOf(units),
  rowNumbers: setOf(rowNumbers),
  caseWords: setOf(caseWords),
  moreCases: setOf(moreCases),
  kinds: setOf(kinds),
  classWords: setOf(classWords),
  mereNumbers: setOf(mereNumbers),
  devices: setOf(devices),
};

/** sure: it says time in some language. likely: it may count steps, and may be a feature (T, index). */
export function timeName(name: string): 'sure' | 'likely' | null {
  const words = wordsOf(name);
  const rest = words.filter((word) => !sets.units.has(word));
  if (
    words.some((word) => sets.times.has(word)) &&
    rest.every((word) => sets.times.has(word) || sets.steps.has(word))
  ) {
    return 'sure';
  }
  if (words.some((word) => stamps.has(word))) return 'likely';
  const likely = words.length > 0 && words.every((word) => sets.steps.has(word) || sets.units.has(word));
  return likely && words.some((word) => sets.steps.has(word) || /^(ms|us|ns|s)$/.test(word))
    ? 'likely'
    : null;
}

/** A unit of time in brackets. */
const IN_SECONDS = /[[(] ?(?:s|sec|seconds|ms|us|µs) ?[\])]$/i;

/** Whether a name is that of times, or has their unit: `Time`, `X[s]`. */
export function isTimesName(name: string): boolean {
  return timeName(name) === 'sure' || IN_SECONDS.test(name);
}

/** Whether a word of the name is one for time: `Arrival_Time`. */
export function wordsSayTime(name: string): boolean {
  return wordsOf(name).some((word) => sets.times.has(word));
}

/** A name that a table writes for its row numbers, or none. */
export function isRowNumberName(name: string): boolean {
  return (
    /^(|#|column 1|unnamed[:_ ]*([\d.][\d._]*)?|level_\d|row[ _.]?names?)$/i.test(name.trim()) ||
    (wordsOf(name).length > 0 && wordsOf(name).every((word) => sets.rowNumbers.has(word)))
  );
}

/** Whether the name speaks of recordings, persons, files, windows, and of no class: an `activity_id` comes again. */
export function isCaseName(name: string): boolean {
  return !isLabelCode(name) && wordsOf(name).some((word) => sets.caseWords.has(word));
}

/**
 * Whether the name says a person, a recording or a mere number, and so no class: `patient_id`, `window`, `no`. What
 * another word is the number of may be one (`species_id`), and so may a fall, and the group or state of a person.
 */
export function namesNoClass(name: string): boolean {
  if (isLabelCode(name) || labelWords.has(plainName(name))) return false;
  const words = wordsOf(name);
  if (words.length > 1 && words.some((word) => sets.kinds.has(word))) return false;
  const rest = words.filter((word) => !CODES.has(word));
  if (rest.length === 0) return words.some((word) => sets.mereNumbers.has(word));
  return (
    cases.split(' ').includes(plainName(name)) ||
    rest.some((word) => word !== 'fall' && (sets.caseWords.has(word) || sets.moreCases.has(word)))
  );
}

/** Whether a word of the name says a class or a kind: `activity_id`, `fault_type`, `Class 1`. */
export function saysClass(name: string): boolean {
  const isClass = (word: string): boolean =>
    labelWords.has(word) || sets.kinds.has(word) || sets.classWords.has(word);
  return (
    isClass(plainName(name)) || wordsOf(name).some(isClass) || isClass(plainName(name).replace(/\d/g, ''))
  );
}

/** Whether the name says a number of something that is no class: `stay_id`, `subjID`, `epoch_no`. */
export function namesNumberOf(name: string): boolean {
  const last = wordsOf(name).at(-1) ?? '';
  return !saysClass(name) && (NUMBERS.has(last) || /\P{L}id$|\p{Lo}id$/u.test(last));
}

/** Whether the name speaks of what is measured, or of what measures. */
export function namesDevice(name: string): boolean {
  return wordsOf(name).some((word) => sets.devices.has(word));
}

/** The columns whose whole name is usual for the role, most telling first. */
export function namedFor(role: 'case' | 'label', names: readonly string[]): number[] {
  const plain = names.map((name) => plainName(name));
  const usual = (role === 'case' ? cases : labels)
    .split(' ')
    .flatMap((word) => plain.flatMap((name, column) => (name === word ? [column] : [])));
  if (role === 'case') return usual;
  const others = names.flatMap((name, column) =>
    !usual.includes(column) && lastWord(name, LABEL_ENDS) ? [column] : [],
  );
  return [...usual, ...others];
}

/** Ends of names of classes, of which one says what is or is not. */
const LABEL_ENDS = setOf('label labels class flag');
const WEAK_ENDS = setOf('class flag');
const FLAG_ENDS = setOf('flag');
/** Of values that hold or lack, and of splits. */
const CHECKS = setOf('quality valid validity missing mask error qc qa split train test fold');
const NUMBERS = setOf('id ids uid number no nr num');
const CODES = setOf('id ids number no nr num code type index idx');

/** Words before a code or a number are usual for a label: `faultNumber`, `activity_id`. */
export function isLabelCode(name: string): boolean {
  const words = wordsOf(name);
  const rest = words.filter((word) => !CODES.has(word));
  return words.length > 1 && words.length === rest.length + 1 && labelWords.has(rest.join(''));
}

/** Names that are as often a feature: they are a label only where the values look like classes. */
export function isWeakLabel(name: string): boolean {
  return (
    weakLabels.split(' ').includes(plainName(name)) ||
    (!labelWords.has(plainName(name)) && lastWord(name, WEAK_ENDS))
  );
}

/** Names of what is or is not: a label per row where it is 0 or 1, else a count or a level. */
export function namesFlag(name: string): boolean {
  return flags.split(' ').includes(plainName(name)) || lastWord(name, FLAG_ENDS);
}

/** Behind others: `SepsisLabel`, `ATT_FLAG`. */
function lastWord(name: string, ends: ReadonlySet<string>): boolean {
  const words = wordsOf(name);
  return words.length > 1 && ends.has(words.at(-1)!) && !words.some((word) => CHECKS.has(word));
}

function plainName(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** `<DATE>` as `DATE`: brackets around a name hold no unit. */
function bare(name: string): string {
  return /^\s*[[({<](.*)[\])}>]\s*$/.exec(name)?.[1] ?? name;
}

function wordsOf(name: string): string[] {
  return bare(name)
    .split(/[[({<]/, 1)[0]!
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}\p{M}#µμ]+/u)
    .filter((word) => word !== '');
}
