/** What keeps a command from its work: one line that names it and what to do. */
export class Obstacle extends Error {
  constructor(line: string) {
    super(line);
    this.name = 'Obstacle';
  }
}
