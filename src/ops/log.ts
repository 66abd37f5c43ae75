import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';
import { correlationNow } from '../lib/correlation.ts';

/** Members that hold secrets or act like passwords wherever they turn up; their values never reach the log. */
const SECRET = [
  'token',
  'secret',
  'password',
  'accessToken',
  'refreshToken',
  'authorization',
  'response_url',
  'trigger_id',
];

/**
 * One JSON object a line, on standard output unless it is to go elsewhere. A line written while a question is answered or a
 * cycle runs carries its id.
 */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    mixin: correlationField,
    redact: { paths: SECRET.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[secret]' },
    hooks: { streamWrite: scrub },
    serializers: { err: errorWithoutRequest },
  };
  return destination ? pino(options, destination) : pino(options);
}

function correlationField() {
  const correlation = correlationNow();
  return correlation === undefined ? {} : { correlation };
}

/** An error as its kind, message and stack: clients hang whole requests with their headers onto errors. */
function errorWithoutRequest(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: String(error) };
  const code: unknown = Reflect.get(error, 'code');
  return {
    type: error.name,
    message: error.message,
    ...(typeof code === 'string' && { code }),
    stack: error.stack,
    ...(error.cause === undefined ? {} : { cause: errorWithoutRequest(error.cause) }),
  };
}

/**
 * What a secret looks like wherever it stands: Slack's tokens, response URLs, trigger ids, the value of an Authorization
 * header. None of the patterns reaches beyond a JSON string, so that a line stays one.
 */
const SECRETS: readonly RegExp[] = [
  /xox[a-z](?:\.xox[a-z])?-[A-Za-z0-9-]+/g,
  /xapp-[A-Za-z0-9-]+/g,
  /https:\/\/hooks\.slack(?:-gov)?\.com\/[^"\\\s]+/g,
  /\b\d+\.\d{6,}\.[0-9a-f]{16,}\b/g,
  /\bBearer [^"\\\s]+/g,
];

/**
 * Takes secrets out of a finished line of the log. The redaction by member names comes first; this is the net below it, for
 * what ends up inside a message of an error or of a library.
 */
export function scrub(line: string): string {
  return SECRETS.reduce((text, pattern) => text.replace(pattern, '[secret]'), line);
}
