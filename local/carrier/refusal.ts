import { Fault } from './fault.ts';

/** An error response of the REST API: the HTTP status and Twilio's error code. */
export class Refusal extends Fault {
  readonly status: number;

  constructor(status: number, code: number, message: string) {
    super(code, message);
    this.status = status;
  }
}
