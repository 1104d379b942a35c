import { Fault } from './fault.ts';

/** Why the REST API refuses a request: the HTTP status and the carrier's error code. */
export class Refusal extends Fault {
  readonly status: number;

  constructor(status: number, code: number, message: string) {
    super(code, message);
    this.status = status;
  }
}
