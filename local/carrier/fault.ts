/** An error of a call, with Twilio's error code (https://www.twilio.com/docs/api/errors). */
export class Fault extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.name = 'Fault';
    this.code = code;
  }
}
