/** How often each class was the answer to each of many questions, which are numbered 0.. */
export class AnswerTally {
  /** [questions][classes], with room for more questions. */
  private answers: Float64Array;
  /** [questions] how often each was put. */
  private all: Float64Array;

  constructor(private readonly classes: number) {
    this.all = new Float64Array(64);
    this.answers = new Float64Array(64 * classes);
  }

  add(question: number, answer: number): void {
    if (question >= this.all.length) this.grow(question + 1);
    this.all[question]!++;
    this.answers[question * this.classes + answer]!++;
  }

  has(question: number): boolean {
    return (this.all[question] ?? 0) > 0;
  }

  /** Share of the answers to a question that were `cls`, in 0..1; 0 where it was never put. */
  share(question: number, cls: number): number {
    return this.has(question) ? this.answers[question * this.classes + cls]! / this.all[question]! : 0;
  }

  private grow(questions: number): void {
    const room = Math.max(questions, 2 * this.all.length);
    const [all, answers] = [new Float64Array(room), new Float64Array(room * this.classes)];
    all.set(this.all);
    answers.set(this.answers);
    this.all = all;
    this.answers = answers;
  }
}
